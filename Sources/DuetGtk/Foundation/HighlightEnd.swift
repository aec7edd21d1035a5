// Ends what "show me" marked: after some seconds, or with the person's next click in a marked view. Main thread.
// Whoever keeps it keeps it going; it holds the workspace weakly and owns its timer.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class HighlightEnd {
  /// Long enough to find the mark, short enough not to stay in the way.
  static let pause = Duration.seconds(6)

  private weak var workspace: Workspace?
  private var timer: Task<Void, Never>?
  private var watch: Observe?

  /// - Parameter pause: how long a mark stays.
  init(workspace: Workspace, clicksIn root: Widget, after pause: Duration = HighlightEnd.pause) {
    self.workspace = workspace
    let click = GObjectRef(adopting: gtk_gesture_click_new())
    // Before the widgets below, and without keeping the click from them.
    gtk_event_controller_set_propagation_phase(click.pointer, GTK_PHASE_CAPTURE)
    click.on("pressed") { [weak self] _ in self?.end() }
    root.addController(click)
    watch = Observe { [weak self, weak workspace] in self?.restart(workspace?.highlight, pause) }
  }

  isolated deinit { timer?.cancel() }

  func end() {
    if workspace?.highlight != nil { workspace?.highlight = nil }
  }

  private func restart(_ highlight: Highlight?, _ pause: Duration) {
    timer?.cancel()
    guard highlight != nil else { return }
    timer = Task { [weak self] in
      // Time is what ends a mark that nobody clicked away.
      do { try await Task.sleep(for: pause) } catch { return }
      self?.end()
    }
  }
}
