// Threads that walk through steps together: every share once, no step before the one ahead of it is complete, and a
// caller that goes on alone where no helper comes.

import Foundation
import Synchronization
import Testing

@testable import DuetEngine

@Suite struct TeamRunTests {
  @Test(arguments: [1, 2, 3, 8]) func everyShareOnceAndInStep(members: Int) {
    let steps = 200
    let log = Mutex<[(step: Int, share: Int, isStart: Bool)]>([])
    TeamRun.run(members: members, steps: steps) { step, share, member in
      log.withLock { $0.append((step, share, true)) }
      #expect(member >= 0 && member < members)
      log.withLock { $0.append((step, share, false)) }
    }
    let events = log.withLock { $0 }
    #expect(events.count == 2 * steps * members)
    // In the order of time, steps never go back: a share of a step starts only when the step before has ended.
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.step <= $1.step })
    for step in [0, steps / 2, steps - 1] {
      let shares = events.filter { $0.step == step && $0.isStart }.map(\.share)
      #expect(shares.sorted() == Array(0..<members))
    }
  }

  @Test func membersHaveTheirOwnScratch() {
    // Two shares with one member number never overlap.
    let busy = Mutex<Set<Int>>([])
    TeamRun.run(members: 4, steps: 300) { _, _, member in
      let isFree = busy.withLock { $0.insert(member).inserted }
      #expect(isFree)
      _ = busy.withLock { $0.remove(member) }
    }
  }

  @Test func manyTeamsAtOnceAllFinish() {
    // More teams than threads: helpers come late or never, callers do the work.
    let total = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 24) { _ in
      TeamRun.run(members: 4, steps: 20) { _, _, _ in total.withLock { $0 += 1 } }
    }
    #expect(total.withLock { $0 } == 24 * 4 * 20)
  }
}
