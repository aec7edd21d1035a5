// The middle of the window: the test photo and the model's answer. Main thread.
// It reads the workspace and sends operations; the only state of its own is the order of the bars.

import CGtk
import DuetEngine

@MainActor final class TestView {
  let root: Widget

  /// - Parameters:
  ///   - showsAskButton: false in the baseline system.
  ///   - onAsk: the person wants to hear the assistant's opinion of the answer. Capture owners weakly.
  init(
    workspace: Workspace, textures: TextureLoader? = nil, showsAskButton: Bool,
    onAsk: @escaping @MainActor () -> Void
  ) {
    root = .column()
  }
}
