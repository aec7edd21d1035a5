// The switch of the active assistant, with its label. Main thread.
// The project holds the truth. Between the person's click and the project's word the click counts; if the
// project could not be written, the switch goes back to what the project says.

import CGtk
import DuetEngine

@MainActor final class ActiveSwitch {
  let root: Widget
  let toggle: Widget
  private var isFollowing = false
  private var wish: (isOn: Bool, noticeBefore: Notice.ID?)?
  private var refresh: Observe?

  /// - Parameter onChange: the person wants it on or off. Capture owners weakly.
  init(workspace: Workspace, onChange: @escaping @MainActor (Bool) -> Void) {
    toggle = Widget(gtk_switch_new()).align(vertically: GTK_ALIGN_CENTER)
    let label = Widget(gtk_label_new_with_mnemonic(L("_Active assistant")))
    gtk_label_set_mnemonic_widget(label.pointer, toggle.widget)
    toggle.accessibleName(L("Active assistant"))  // after the mnemonic, which names the switch too
    root = Widget.row(spacing: 8, label, toggle)
    root.tooltip(Self.explanation)
    toggle.on("notify::active") { [weak self, weak workspace] _ in
      guard let self, !self.isFollowing else { return }
      self.wish = (self.isOn, workspace?.notice?.id)
      onChange(self.isOn)
    }
    refresh = Observe { [weak self] in
      self?.follow(workspace.snapshot.activeAssistantIsOn, notice: workspace.notice?.id)
    }
  }

  /// - Parameter reason: why nobody may turn it; nil: one may.
  func lock(_ reason: String?) {
    toggle.isSensitive = reason == nil
    toggle.accessibleDescription(reason ?? "")
    root.tooltip(reason ?? Self.explanation)
  }

  private static var explanation: String {
    L("Looks at your project from time to time and speaks up when something happened")
  }

  /// What the switch shows.
  var isOn: Bool { gtk_switch_get_active(toggle.pointer) != 0 }

  private func follow(_ isOnInProject: Bool, notice: Notice.ID?) {
    if let wish, wish.isOn != isOnInProject, wish.noticeBefore == notice { return }
    wish = nil
    isFollowing = true
    gtk_switch_set_active(toggle.pointer, isOnInProject ? 1 : 0)
    isFollowing = false
  }
}
