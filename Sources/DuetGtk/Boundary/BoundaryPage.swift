// The page beside "Teach": arrows that move a boundary, on points of the plane and on texts. Main thread.
// It is made when it is first looked at. The sessions behind it belong to the application's BoundaryRoom.

import CGtk
import DuetEngine
import Observation

/// The page's sessions, read from disk when they are first wanted. They outlive the project that is open.
@MainActor final class BoundaryRoom {
  private let store: BoundaryRunStore
  private var opening: Task<BoundarySession, Never>?

  init(store: BoundaryRunStore = BoundaryRunStore()) { self.store = store }

  func points() async -> BoundarySession {
    if let opening { return await opening.value }
    let task = Task { [store] in await BoundarySession.open(store: store) }
    opening = task
    return await task.value
  }

  /// Ends the training, and returns once everything is on disk.
  func close() async {
    guard let session = await opening?.value else { return }
    session.pause()
    await session.waitForTraining()
    await session.waitForWrites()
  }
}

@MainActor @Observable final class BoundaryPage {
  @ObservationIgnored let root = Widget(adw_bin_new())
  /// Nil until the session has been read.
  private(set) var points: PointsView?
  @ObservationIgnored private let onNotice: @MainActor (String) -> Void
  @ObservationIgnored private var opening: Task<Void, Never>?

  /// - Parameter onNotice: a sentence to show for a while. Capture owners weakly.
  init(_ room: BoundaryRoom, onNotice: @escaping @MainActor (String) -> Void) {
    self.onNotice = onNotice
    root.expand(horizontally: true, vertically: true)
    opening = Task { [weak self] in
      let session = await room.points()
      self?.show(session)
    }
  }

  isolated deinit { opening?.cancel() }

  private func show(_ session: BoundarySession) {
    guard !Task.isCancelled else { return }
    let view = PointsView(session: session, onNotice: onNotice)
    points = view
    adw_bin_set_child(root.cast(), view.root.widget)
  }

  /// The page is on the screen no more: nothing should train unseen.
  func leave() { points?.session.pause() }

  // What the window's actions do here.
  var undoTitle: String? { points?.session.undoTitle }
  var redoTitle: String? { points?.session.redoTitle }
  func undo() { points?.session.undo() }
  func redo() { points?.session.redo() }
  func train() { points?.session.togglePlaying() }
}
