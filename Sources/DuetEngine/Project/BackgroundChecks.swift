// Checks that run by themselves a moment after a change: several changes in a row are checked once.
// Main actor; the work itself runs on other threads.

import Foundation

@MainActor final class BackgroundChecks {
  /// In the order in which they run when several are due: what is due first makes the others cheaper.
  enum Kind: Int, CaseIterable {
    case retrain, copies, score
  }

  let chain = TaskChain()
  private var due: [Kind: @MainActor () async -> Void] = [:]
  private var timer: Task<Void, Never>?

  /// How long to wait for more of the same.
  private static let pause = Duration.milliseconds(300)

  /// Runs `body` soon; a later call of the same kind that comes before takes its place.
  func schedule(_ kind: Kind, _ body: @escaping @MainActor () async -> Void) {
    due[kind] = body
    guard timer == nil else { return }
    timer = Task {
      // Changes come in bursts: one check after the last of them, not one each.
      try? await Task.sleep(for: Self.pause)
      if !Task.isCancelled { self.start() }
    }
  }

  /// Starts what is due without waiting for the pause to end.
  func start() {
    timer?.cancel()
    timer = nil
    for kind in Kind.allCases { if let body = due[kind] { chain.add(body) } }
    due = [:]
  }

  var isIdle: Bool { due.isEmpty && chain.isIdle }

  /// Forgets what is due and asks what runs to stop.
  func cancel() {
    timer?.cancel()
    timer = nil
    due = [:]
    chain.cancel()
  }
}
