// The left of the window: categories with their photos, and the bar with the Train button. Main thread.
// It reads the workspace and sends operations; the only state of its own is what is selected.

import CGtk
import DuetEngine

@MainActor final class TeachView {
  let root: Widget

  /// - Parameters:
  ///   - showsAskButtons: false in the baseline system.
  ///   - onAsk: the person wants to hear the assistant's opinion of a category. Capture owners weakly.
  init(
    workspace: Workspace, textures: TextureLoader? = nil, showsAskButtons: Bool,
    onAsk: @escaping @MainActor (CategoryID) -> Void
  ) {
    root = .column()
  }
}
