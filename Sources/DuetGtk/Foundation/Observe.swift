// Keeps part of a view up to date with @Observable values. Main thread.
// The closure runs at once, and again after something that it read has changed: once a main-queue turn,
// however many values changed in between. Whoever keeps the Observe keeps it going; releasing it ends it.

import Observation

/// Re-runs a closure when an `@Observable` value that it read has changed.
///
///     refresh = Observe { [weak self] in self?.show(workspace.snapshot) }
@MainActor final class Observe {
  private let body: @MainActor () -> Void
  private var isCancelled = false

  /// Runs `body` once before returning. Capture the owner weakly.
  init(_ body: @escaping @MainActor () -> Void) {
    self.body = body
    run()
  }

  /// No run starts after this.
  func cancel() { isCancelled = true }

  private func run() {
    guard !isCancelled else { return }
    withObservationTracking(body) { [weak self] in
      // Called before the value changes, on the thread that changes it; the new value is there a turn later.
      Task { @MainActor [weak self] in self?.run() }
    }
  }
}
