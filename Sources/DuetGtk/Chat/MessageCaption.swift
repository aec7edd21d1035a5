// The small line above an assistant's words: who speaks, who really wrote it, and what is to be known about it.
// Main thread for the widget; the words are pure.

import CGtk
import DuetEngine

@MainActor enum MessageCaption {
  static func make(_ message: ChatMessage) -> Widget {
    let row = Widget.row(Widget.label(speaker(message.author), wraps: false).style("caption-heading", "speaker"))
    for mark in marks(of: message) {
      row.append(Widget.label(mark, wraps: false).style("caption", "source-badge").align(vertically: GTK_ALIGN_CENTER))
    }
    return row
  }

  static func speaker(_ author: ChatMessage.Author) -> String {
    switch author {
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

  /// The badge, and whether the person stopped the reply.
  static func marks(of message: ChatMessage) -> [String] {
    [badge(of: message), message.isStopped ? L("Stopped") : nil].compactMap { $0 }
  }

  /// The whole message in one sentence, for screen readers.
  static func spoken(_ message: ChatMessage) -> String {
    let name = speaker(message.author)
    let marks = marks(of: message)
    guard !marks.isEmpty else { return L("{name}: {text}", ["name": name, "text": message.text]) }
    let source = marks.joined(separator: ", ")
    return L("{name} ({source}): {text}", ["name": name, "source": source, "text": message.text])
  }
}
