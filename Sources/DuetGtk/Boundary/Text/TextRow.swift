// One review in the list: its label, what the model says about it, and its first words. Main thread.

import CGtk
import DuetEngine

@MainActor final class TextRow {
  let root: Widget
  private let label = Widget.label(wraps: false).style("caption-heading")
  private let notes = Widget.label(wraps: false).style("caption", "dim-label")
  private let mark = Widget(gtk_image_new())
  private let answer = Widget.label(wraps: false).style("caption")
  private let text = Widget.label()
  private(set) var review: TextReview.ID?

  init() {
    notes.expand(horizontally: true)
    let top = Widget.row(spacing: 6, label, notes, mark, answer)
    gtk_label_set_ellipsize(text.pointer, PANGO_ELLIPSIZE_END)
    gtk_label_set_lines(text.pointer, 2)
    gtk_label_set_max_width_chars(text.pointer, 36)
    root = Widget.column(spacing: 2, top, text).margin(horizontally: 9, vertically: 6)
  }

  func show(_ review: TextReview, _ session: TextSession) {
    self.review = review.id
    let labels = session.set?.labels ?? []
    label.text = session.set?.labelName(review.label) ?? ""
    var said: [String] = []
    if review.isHeldOut { said.append(L("held out")) }
    if session.work.edits[review.id] != nil { said.append(L("edited")) }
    if session.work.drafts[review.id] != nil { said.append(L("draft")) }
    notes.text = said.joined(separator: ", ")
    // A list needs the first words only; a whole book in a label is slow to lay out.
    text.text = String(review.text.prefix(160)).replacing("\n", with: " ")
    guard let found = session.answers[review.id], labels.indices.contains(found.label) else {
      mark.isVisible = false
      answer.text = ""
      return
    }
    let isRight = found.label == review.label
    mark.isVisible = true
    gtk_image_set_from_icon_name(mark.pointer, isRight ? "object-select-symbolic" : "dialog-warning-symbolic")
    let percent = TextSentences.percent(found.confidence)
    answer.text = L("says {label}, {percent}", ["label": labels[found.label], "percent": percent])
    mark.accessibleName(isRight ? L("right") : L("wrong"))
  }
}
