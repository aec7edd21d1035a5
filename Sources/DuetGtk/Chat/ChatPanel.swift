// The right of the window: the conversation with both assistants. Main thread.
// It shows `workspace.snapshot.messages` and the flags of `duet`, and calls `duet`; it decides nothing.
// The lines at the bottom say at all times where replies come from and how many photos left the computer.

import CGtk
import DuetEngine

@MainActor final class ChatPanel {
  let root: Widget
  /// Pixels; the panel does not take part in the window's growth.
  static let width: Int32 = 340

  let conversation = ConversationList()
  let composer: MessageComposer
  private let status = Widget.label().style("caption", "dim-label")
  private let photosSent = Widget.label().style("caption", "dim-label")
  let activeSwitch: ActiveSwitch
  let consent: ConsentRow
  private var refreshes: [Observe] = []

  init(workspace: Workspace, duet: Duet) {
    composer = MessageComposer { [weak duet] text in duet?.send(text) }
    activeSwitch = ActiveSwitch(workspace: workspace) { [weak duet] isOn in duet?.setActive(isOn) }
    consent = ConsentRow(duet: duet)

    let title = Widget.label(L("Assistants"), wraps: false).style("heading").expand(horizontally: true)
    let header = Widget.row(title, activeSwitch.root).margin(horizontally: 12, vertically: 8)
    let footer = Widget.column(spacing: 0, status, photosSent)
    gtk_widget_set_margin_start(footer.widget, 14)
    gtk_widget_set_margin_end(footer.widget, 14)
    gtk_widget_set_margin_bottom(footer.widget, 8)

    root = Widget.column(
      spacing: 0, header, Widget(gtk_separator_new(GTK_ORIENTATION_HORIZONTAL)), conversation.root,
      consent.root, composer.root, footer)
    root.style("chat-panel").size(width: Self.width).expand(horizontally: false)

    refreshes = [
      Observe { [weak self] in self?.conversation.show(workspace.snapshot.messages) },
      Observe { [weak self] in
        self?.conversation.showThinking(passive: duet.passiveIsThinking, active: duet.activeIsThinking)
      },
      Observe { [weak self] in self?.status.text = duet.statusLine },
      Observe { [weak self] in self?.photosSent.text = Self.sentence(photosSent: workspace.snapshot.photosSent) },
    ]
  }

  func focusEntry() { composer.focus() }

  static func sentence(photosSent count: Int) -> String {
    LN("{count} photo has left this computer", "{count} photos have left this computer", count)
  }
}
