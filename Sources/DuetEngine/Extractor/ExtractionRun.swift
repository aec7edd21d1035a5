// The bookkeeping behind ExtractionPipeline: who works on which photo, what is ready, who waits for it.
// All state is under one lock, held for a few instructions; work happens outside of it. Workers are blocks on a
// Dispatch queue that end when there is nothing they may start, so nothing ever blocks a thread to wait.

import Foundation
import Synchronization

/// One import: `count` jobs, worked on in any order, delivered in order.
final class ExtractionRun: Sendable {
  /// Outcomes in a batch, at most.
  static let batchLimit = 16
  /// How long ready outcomes wait for company.
  static let batchDelay = DispatchTimeInterval.milliseconds(100)
  /// Jobs that may be ahead of the consumer.
  static let window = 48

  typealias Outcome = ExtractionPipeline.Outcome

  private struct State {
    var started = 0
    var delivered = 0
    var working = 0
    var ready: [Int: Outcome] = [:]
    var cancelled = false
    var consumer: CheckedContinuation<[Outcome]?, Never>?
    /// Counts batches, so that a timer knows whether its batch has gone already.
    var batch = 0
    var timerRuns = false
  }

  private let count: Int
  private let workers: Int
  private let job: @Sendable (Int) -> Outcome
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "duetml.extraction", qos: .utility, attributes: .concurrent)
  /// Its own priority gives the timer threads of its own; those of `queue` are busy for seconds.
  private let timers = DispatchQueue(label: "duetml.extraction.timers", qos: .userInitiated)

  init(count: Int, workers: Int, job: @escaping @Sendable (Int) -> Outcome) {
    self.count = count
    self.workers = max(1, workers)
    self.job = job
  }

  /// The next batch; nil when all are delivered or the run was cancelled. One caller at a time.
  func next() async -> [Outcome]? {
    await withCheckedContinuation { continuation in
      let ended: Bool = state.withLock { state in
        guard !state.cancelled, state.delivered < count, state.consumer == nil else { return true }
        state.consumer = continuation
        return false
      }
      if ended {
        continuation.resume(returning: nil)
      } else {
        startWorkers()
        deliver(evenIfSmall: false)
      }
    }
  }

  /// Stops: no new job starts, outcomes that were not delivered are dropped, a waiting consumer gets nil.
  func cancel() {
    let consumer = state.withLock { state in
      state.cancelled = true
      state.ready = [:]
      defer { state.consumer = nil }
      return state.consumer
    }
    consumer?.resume(returning: nil)
  }

  var isCancelled: Bool { state.withLock { $0.cancelled } }

  private func startWorkers() {
    let wanted = state.withLock { state in
      guard !state.cancelled else { return 0 }
      let open = min(count, state.delivered + Self.window) - state.started
      let new = max(0, min(workers - state.working, open))
      state.working += new
      return new
    }
    for _ in 0..<wanted { queue.async { self.work() } }
  }

  private func work() {
    while let index = takeJob() {
      let outcome = job(index)
      state.withLock { state in
        if !state.cancelled { state.ready[index] = outcome }
      }
      deliver(evenIfSmall: false)
    }
  }

  /// The next job within the window; nil ends the worker.
  private func takeJob() -> Int? {
    state.withLock { state in
      guard !state.cancelled, state.started < min(count, state.delivered + Self.window) else {
        state.working -= 1
        return nil
      }
      defer { state.started += 1 }
      return state.started
    }
  }

  /// Hands the ready outcomes to a waiting consumer if there are enough of them, they are the last, or time is up.
  private func deliver(evenIfSmall: Bool) {
    var batch: [Outcome] = []
    var timer: Int?
    let consumer: CheckedContinuation<[Outcome]?, Never>? = state.withLock { state in
      guard state.consumer != nil else { return nil }
      var end = state.delivered
      while end - state.delivered < Self.batchLimit, state.ready[end] != nil { end += 1 }
      let found = end - state.delivered
      guard found > 0 else { return nil }
      guard found == Self.batchLimit || end == count || evenIfSmall else {
        if !state.timerRuns {
          state.timerRuns = true
          timer = state.batch
        }
        return nil
      }
      for index in state.delivered..<end {
        if let outcome = state.ready.removeValue(forKey: index) { batch.append(outcome) }
      }
      state.delivered = end
      state.batch += 1
      state.timerRuns = false
      defer { state.consumer = nil }
      return state.consumer
    }
    if let timer {
      timers.asyncAfter(deadline: .now() + Self.batchDelay) { [weak self] in self?.timeIsUp(for: timer) }
    }
    guard let consumer else { return }
    startWorkers()  // delivering made room in the window
    consumer.resume(returning: batch)
  }

  private func timeIsUp(for batch: Int) {
    if state.withLock({ $0.batch == batch }) { deliver(evenIfSmall: true) }
  }
}
