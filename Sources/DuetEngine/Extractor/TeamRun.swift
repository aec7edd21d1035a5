// A few threads walk through steps together, with a barrier between steps that yields. Any thread may call; helpers are
// blocks on Dispatch's threads.
// Nobody waits for a thread that has not come: shares are taken, not given, so on a busy machine the caller does them
// all itself, and a helper that arrives late finds what is left, or nothing. And nobody waits long twice: after one
// long wait, as when the system stops a helper in the middle of a share, the caller goes on alone.

import CKernels
import Dispatch
import Foundation
import Synchronization

/// `steps` steps of `members` shares each. A share begins when all shares of the step before are done.
final class TeamRun: Sendable {
  /// step, share, member: which part to do, and who does it (for its own scratch memory).
  typealias Body = @Sendable (_ step: Int, _ share: Int, _ member: Int) -> Void

  private let members: Int
  private let total: Int
  private let body: Body
  private let arrived = Atomic<Int>(1)
  private let taken = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let callerIsAlone = Atomic<Bool>(false)

  /// Looks at a barrier so often before other threads are let in: some microseconds, less than a share takes.
  private static let patience = 500
  /// A wait of so many nanoseconds is a long one: ten times what two threads that run differ by.
  private static let longWait: UInt64 = 300_000
  /// The member number of the thread that called.
  private static let caller = 0
  private static let helpers = DispatchQueue(label: "duetml.team", qos: .userInitiated, attributes: .concurrent)

  private init(members: Int, steps: Int, body: @escaping Body) {
    self.members = members
    total = members * steps
    self.body = body
  }

  /// Returns when everything is done.
  static func run(members: Int, steps: Int, body: @escaping Body) {
    guard members > 1 else {
      for step in 0..<steps { body(step, 0, 0) }
      return
    }
    let run = TeamRun(members: members, steps: steps, body: body)
    for _ in 1..<members { helpers.async { run.work(as: run.arrived.add(1, ordering: .relaxed).oldValue) } }
    run.work(as: caller)
    run.wait(until: run.total)
  }

  private func work(as member: Int) {
    while member == Self.caller || !callerIsAlone.load(ordering: .relaxed) {
      let share = taken.load(ordering: .relaxed)
      guard share < total else { return }
      // Wait first, take then: who is interrupted here holds nothing that others need.
      wait(until: share / members * members)
      guard taken.compareExchange(expected: share, desired: share + 1, ordering: .relaxed).exchanged else { continue }
      body(share / members, share % members, member)
      done.add(1, ordering: .releasing)
    }
  }

  private func wait(until count: Int) {
    var looks = 0
    var start: UInt64?
    while done.load(ordering: .acquiring) < count {
      looks += 1
      guard looks >= Self.patience else {
        ck_relax()
        continue
      }
      let now = DispatchTime.now().uptimeNanoseconds
      if now - (start ?? now) > Self.longWait { callerIsAlone.store(true, ordering: .relaxed) }
      start = start ?? now
      sched_yield()
    }
  }
}
