// One message of the conversation as a bubble. Main thread; the list owns the row.
// Words come from people and from language models: they are shown as plain text, never as markup.

import CGtk
import DuetEngine

@MainActor enum MessageRow {
  /// Characters in a line before a bubble stops growing; the panel is narrow.
  private static let widest: Int32 = 34
  /// Pixels left free on the side of the other speaker.
  private static let indent: Int32 = 28

  static func make(_ message: ChatMessage) -> Widget {
    let text = Widget.label(message.text)
    gtk_label_set_selectable(text.pointer, 1)
    gtk_label_set_max_width_chars(text.pointer, widest)
    text.style("message-text")

    let bubble = Widget.column(spacing: 2).style("bubble", style(of: message))
    if message.author != .user { bubble.append(caption(of: message)) }
    bubble.append(text)
    let isUser = message.author == .user
    bubble.align(horizontally: isUser ? GTK_ALIGN_END : GTK_ALIGN_START)
    gtk_widget_set_margin_start(bubble.widget, isUser ? indent : 0)
    gtk_widget_set_margin_end(bubble.widget, isUser ? 0 : indent)

    let row = Widget(gtk_list_box_row_new()).style("message-row")
    gtk_list_box_row_set_activatable(row.cast(), 0)
    gtk_list_box_row_set_child(row.cast(), bubble.widget)
    // The bubble's text is what the keyboard reaches; a stop at the row around it would be one too many.
    gtk_widget_set_focusable(row.widget, 0)
    row.accessibleName(spoken(message))
    return row
  }

  /// The whole message in one sentence, for screen readers.
  static func spoken(_ message: ChatMessage) -> String {
    let name = speaker(of: message)
    guard let badge = badge(of: message) else { return L("{name}: {text}", ["name": name, "text": message.text]) }
    return L("{name} ({source}): {text}", ["name": name, "source": badge, "text": message.text])
  }

  static func speaker(of message: ChatMessage) -> String {
    switch message.author {
    case .user: L("You")
    case .passive: L("Assistant")
    case .active: L("Active assistant")
    }
  }

  /// Who really wrote an assistant's message; nil for a language model over the network.
  static func badge(of message: ChatMessage) -> String? {
    switch message.source {
    case .cache: L("Saved reply")
    case .coach: L("Built-in coach")
    case .app, .network, nil: nil
    }
  }

  private static func style(of message: ChatMessage) -> String {
    switch message.author {
    case .user: "bubble-user"
    case .passive: "bubble-passive"
    case .active: "bubble-active"
    }
  }

  private static func caption(of message: ChatMessage) -> Widget {
    let row = Widget.row(Widget.label(speaker(of: message), wraps: false).style("caption-heading", "speaker"))
    if let badge = badge(of: message) {
      row.append(Widget.label(badge, wraps: false).style("caption", "source-badge").align(vertically: GTK_ALIGN_CENTER))
    }
    return row
  }
}
