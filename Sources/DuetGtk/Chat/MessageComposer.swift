// Where the person writes to the assistant: one entry and a Send button. Main thread.
// Enter sends, unless an input method is still composing (then Enter is the input method's own).

import CGtk
import DuetEngine
import Foundation

@MainActor final class MessageComposer {
  let root: Widget
  /// Longer than anything one types; keeps a pasted book out of the conversation.
  static let longest: Int32 = 4_000

  let entry: Widget
  let send: Widget
  private let onSend: @MainActor (String) -> Void

  /// - Parameter onSend: gets the text without spaces around it, never an empty one. Capture owners weakly.
  init(onSend: @escaping @MainActor (String) -> Void) {
    self.onSend = onSend
    entry = Widget(gtk_entry_new()).accessibleName(L("Message")).expand(horizontally: true)
    gtk_entry_set_placeholder_text(entry.cast(), L("Write to the assistant"))
    gtk_entry_set_max_length(entry.cast(), Self.longest)
    send = Widget(gtk_button_new_from_icon_name("go-up-symbolic"))
    send.style("suggested-action", "circular").accessibleName(L("Send")).tooltip(L("Send"))
    root = Widget.row(spacing: 8, entry, send).margin(horizontally: 12, vertically: 8)
    entry.on("activate") { [weak self] _ in self?.submit() }
    entry.on("changed") { [weak self] _ in self?.refresh() }
    send.on("clicked") { [weak self] _ in self?.submit() }
    refresh()
  }

  /// Puts the cursor into the entry.
  func focus() { gtk_widget_grab_focus(entry.widget) }

  /// What is in the entry, without spaces around it.
  var typed: String {
    let text = gtk_editable_get_text(entry.pointer).map { String(cString: $0) } ?? ""
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func refresh() { send.isSensitive = !typed.isEmpty }

  private func submit() {
    let message = typed
    guard !message.isEmpty else { return }
    gtk_editable_set_text(entry.pointer, "")
    focus()
    onSend(message)
  }
}
