// A reply while it streams in: a bubble below the conversation that grows word by word. Main thread.
// Words come far faster than frames, so the newest label gets its text at most once a frame. A paragraph that is
// complete keeps its label and is never laid out again, or a long reply would take longer than a frame to draw.
// Nothing of it is announced: screen readers hear the complete message.

import CGtk
import DuetEngine

@MainActor final class DraftBubble {
  let root: Widget
  private let paragraphs = Widget.column(spacing: 0)
  private var labels: [Widget] = []
  private var shown: [Substring] = []
  private var text = ""
  private var frame: OnceAFrame?

  init(_ author: ChatMessage.Author) {
    let caption = Widget.label(MessageCaption.speaker(author), wraps: false).style("caption-heading", "speaker")
    let bubble = Widget.column(spacing: 2, caption, paragraphs)
    bubble.style("bubble", author == .active ? "bubble-active" : "bubble-passive", "draft")
    bubble.align(horizontally: GTK_ALIGN_FILL)
    gtk_widget_set_margin_end(bubble.widget, MessageRow.indent)
    root = Widget.column(spacing: 0, bubble).style("draft-row")
    root.isVisible = false
    // One label is always there: GTK 4.8 goes on measuring a box that was empty as if its lines could not wrap.
    addParagraph()
    frame = OnceAFrame(root) { [weak self] in self?.refresh() }
  }

  /// What the screen shows, for tests.
  var shownText: String { root.isVisible ? labels.map(\.text).joined(separator: "\n") : "" }

  /// - Parameter draft: all the words so far; nil or empty: there is no bubble.
  func show(_ draft: String?) {
    text = draft ?? ""
    if text.isEmpty {
      frame?.flush()
      refresh()
    } else {
      frame?.request()
    }
  }

  private func refresh() {
    let wanted = text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false)
    while labels.count > max(1, wanted.count) { paragraphs.remove(labels.removeLast()) }
    while labels.count < wanted.count { addParagraph() }
    for (index, words) in wanted.enumerated() where index >= shown.count || shown[index] != words {
      labels[index].text = String(words)
    }
    shown = wanted
    root.isVisible = !wanted.isEmpty
  }

  private func addParagraph() {
    let label = Widget.label()
    label.style("message-text").expand(horizontally: true)
    paragraphs.append(label)
    labels.append(label)
  }
}
