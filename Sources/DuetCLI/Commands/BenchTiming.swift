// How `duet bench` takes times: a job is repeated for a while, and the median counts. Any thread; the caller's is busy
// until the times are taken.

import Dispatch
import DuetEngine
import Foundation
import Synchronization

/// Seconds that one run of a job took.
struct JobTimes: Encodable, Equatable {
  let median: Double
  let best: Double
  let count: Int

  /// - Precondition: at least one time.
  init(_ seconds: [Double]) {
    precondition(!seconds.isEmpty, "nothing was measured")
    let sorted = seconds.sorted()
    median = sorted[sorted.count / 2]
    best = sorted[0]
    count = sorted.count
  }

  /// Runs `job` once to warm up, then until `seconds` have passed or it has run `limit` times; at least once.
  static func measure(seconds: Double, limit: Int = .max, _ job: () throws -> Void) rethrows -> JobTimes {
    try job()
    let clock = ContinuousClock()
    let start = clock.now
    var times: [Double] = []
    repeat {
      let begun = clock.now
      try job()
      times.append((clock.now - begun) / .seconds(1))
    } while times.count < limit && (clock.now - start) / .seconds(1) < seconds
    return JobTimes(times)
  }
}

/// The same job for many items on a fixed number of threads, each taking the next item when it is free.
enum WorkerTeam {
  /// Returns when all items are done; on one thread everything happens on the caller's.
  /// - Throws: the first error of `job`; the items that are under way are finished.
  static func run(items: Int, threads: Int, _ job: @escaping @Sendable (Int) throws -> Void) throws {
    guard threads > 1 else {
      for item in 0..<items { try job(item) }
      return
    }
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while failure.withLock({ $0 == nil }) {
        let item = next.add(1, ordering: .relaxed).oldValue
        guard item < items else { return }
        do { try job(item) } catch { failure.withLock { $0 = $0 ?? error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
