// The chosen review: the words that decide, the editor in which its meaning is turned, what changed, and what the model
// says meanwhile. Main thread. It shows the session and sends what the person does to it.

import CGtk
import DuetEngine

@MainActor final class TextReviewPane {
  let root: Widget
  let editor = TextEditor()
  let chart = ProbabilityChart()
  let learn: Widget
  let startOver: Widget
  let forget: Widget
  /// The review with its deciding words, and the difference: labels with markup.
  let review = Widget.label()
  let difference = Widget.label()
  let changes = Widget.label().style("heading")
  let answer = Widget.label()
  private let unknown = Widget.label().style("caption", "dim-label")
  private let title = Widget.label().style("title-4")
  private let legend = Widget.label().style("caption", "dim-label")
  private let task = Widget.label().style("title-4")
  private let heldOut = Widget.label(
    L("This review is held out: it is there to measure with, and never learnt from. Choose another one to edit.")
  ).style("dim-label")
  private let editing = Widget.column(spacing: 9)
  private let session: TextSession
  private var refreshes: [Observe] = []

  init(session: TextSession) {
    self.session = session
    learn = .button(L("Learn from this pair")) { [weak session] in session?.learnFromPair() }
    startOver = .button(L("Start over")) { [weak session] in session?.startOver() }
    forget = .button(L("Do not learn from it")) { [weak session] in session?.forgetPair() }
    root = .column(spacing: 12).margin(horizontally: 18, vertically: 15)
    build()
    editor.onChange = { [weak session] in session?.type($0) }
    editor.onKeep = { [weak session] in session?.learnFromPair() }
    refreshes = [
      Observe { [weak self] in self?.showReview() },
      Observe { [weak self] in self?.showLive() },
    ]
  }

  private func build() {
    learn.style("suggested-action").tooltip(L("Keep this edit, and learn from it at the next training (Ctrl+Enter)"))
    startOver.tooltip(L("Bring the review back into the editor as it was"))
    forget.tooltip(L("Leave this edit out; it stays in the editor"))
    for label in [review, difference] {
      gtk_label_set_selectable(label.pointer, 1)
      label.style("text-review")
    }
    review.accessibleName(L("Review with its deciding words"))
    difference.accessibleName(L("What you changed"))
    let kept = Widget.row(spacing: 9, changes.expand(horizontally: true), forget.style("flat"))
    let buttons = Widget.row(spacing: 9, learn, startOver)
    for part in [task, editor.root, kept, difference, unknown, buttons] { editing.append(part) }
    for part in [title, review, legend, heldOut, editing, chart.root, answer] { root.append(part) }
  }

  // -- The review and its place

  private func showReview() {
    guard let set = session.set, let chosen = session.selected else {
      root.isVisible = false
      return
    }
    root.isVisible = true
    title.text = L("A review that is “{label}”", ["label": set.labelName(chosen.label)])
    task.text = L("Change as few words as you can until it is “{label}”", ["label": set.labelName(1 - chosen.label)])
    heldOut.isVisible = chosen.isHeldOut
    editing.isVisible = !chosen.isHeldOut
    editor.show(session.editorText(of: chosen))
    let kept = session.work.edits[chosen.id]
    forget.isVisible = kept != nil
    let isNew = session.editorText(of: chosen) != kept && session.editorText(of: chosen) != chosen.text
    learn.isSensitive = isNew
    startOver.isSensitive = session.editorText(of: chosen) != chosen.text
  }

  // -- What the model says

  private func showLive() {
    guard let set = session.set, let chosen = session.selected else { return }
    let live = session.live.flatMap { $0.review == chosen.id ? $0 : nil }
    show(review, TextMarkup.deciding(chosen.text, live?.original))
    review.accessibleDescription(TextSentences.deciding(live?.original, set.labels))
    legend.isVisible = live?.original != nil
    if set.labels.count == 2 {
      let signs = L("Straight line: towards “{one}”. Wavy line: towards “{zero}”.",
        ["one": set.labels[1], "zero": set.labels[0]])
      legend.text = signs + " " + L("The stronger the colour, the more the word decides.")
    }
    if let live {
      changes.text = TextSentences.changes(live.difference)
      difference.isVisible = !live.difference.isEmpty
      show(difference, TextMarkup.difference(live.difference))
      difference.accessibleDescription(TextSentences.spoken(live.difference))
      unknown.text = TextSentences.unknown(live.prediction)
    }
    unknown.isVisible = !unknown.text.isEmpty
    chart.root.isVisible = live?.prediction != nil
    answer.isVisible = live?.prediction != nil
    guard let live, let prediction = live.prediction else { return }
    let probabilities = [1 - prediction.probability, prediction.probability]
    let bars = zip(set.labels, probabilities).enumerated().map { index, bar in
      ProbabilityChart.Bar(name: bar.0, probability: bar.1, isLabel: index == prediction.label)
    }
    chart.show(bars, isCertain: true)
    answer.text = TextSentences.answer(prediction, before: live.original, set.labels)
  }

  private func show(_ label: Widget, _ markup: String) { gtk_label_set_markup(label.pointer, markup) }
}
