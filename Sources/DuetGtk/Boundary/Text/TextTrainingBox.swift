// Below the list: what is learnt, from how many reviews, Train, and how good it got. Main thread. It shows the session
// and sends what the person does to it.

import CGtk
import DuetEngine

@MainActor final class TextTrainingBox {
  /// Trainings that are listed, newest first.
  private static let mostScores = 30
  /// Pixels.
  private static let historyHeight: Int32 = 110
  /// Letters in a line; without a limit long sentences would widen the whole side.
  private static let readableWidth: Int32 = 36

  let root: Widget
  let mode = ChoiceRow(L("Learn from"), isBelow: true)
  let count: NumberRow
  let train: Widget
  let score = Widget.label().style("heading")
  let comparison = Widget.label().style("dim-label")
  let state = Widget.label().style("caption", "dim-label")
  let history = Widget.label().style("caption", "numeric")
  private let explanation = Widget.label().style("caption", "dim-label")
  private let spinner = Widget(gtk_spinner_new())
  private let before: Widget
  private let session: TextSession
  /// A new range moves the number; that is not the person's doing.
  private var isShowing = false
  private var refreshes: [Observe] = []

  init(session: TextSession) {
    self.session = session
    count = NumberRow(
      L("How many reviews"), L("Of those that are not held out"), in: 2...Double(TextSet.mostReviews), step: 10)
    train = .button(L("Train")) { [weak session] in session?.train() }
    train.style("suggested-action").expand(horizontally: true)
    before = Widget(gtk_expander_new(L("Trainings before")))
    let lines = Widget.scroller(history).size(height: Self.historyHeight)
    gtk_expander_set_child(before.pointer, lines.widget)
    state.accessibleName(L("State of the training"))
    let buttons = Widget.row(spacing: 9, train, spinner)
    let choices = formList([mode.root, count.root])
    root = .column(spacing: 9, choices, explanation, buttons, state, score, comparison, before)
    root.margin(horizontally: 12, vertically: 12)
    for label in [explanation, state, score, comparison, history] {
      gtk_label_set_max_width_chars(label.pointer, Self.readableWidth)
    }
    mode.onChange = { [weak session] in session?.choose(TextMode.allCases[$0]) }
    count.onChange = { [weak self] in
      guard let self, !self.isShowing else { return }
      self.session.learn(from: Int($0))
    }
    refreshes = [
      Observe { [weak self] in self?.showChoices() },
      Observe { [weak self] in self?.showState() },
    ]
  }

  private func showChoices() {
    let work = session.work
    let all = session.set?.training.count ?? 0
    mode.show(TextMode.allCases.map(\.name), selected: TextMode.allCases.firstIndex(of: work.mode) ?? 0)
    explanation.text = work.mode.explanation
    isShowing = true
    defer { isShowing = false }
    gtk_spin_button_set_range(count.spin.pointer, 2, Double(max(all, 2)))
    count.show(Double(work.learnCount ?? all))
  }

  private func showState() {
    let isTraining = session.isTraining
    spinner.isVisible = isTraining
    gtk_spinner_set_spinning(spinner.pointer, isTraining ? 1 : 0)
    state.text = TextSentences.state(session.work, isStale: session.isStale, isTraining: isTraining)
    let scores = session.work.scores
    score.isVisible = !scores.isEmpty
    comparison.isVisible = !scores.isEmpty
    before.isVisible = scores.count > 1
    guard let last = scores.last else { return }
    score.text = TextSentences.score(last)
    comparison.text = TextSentences.comparison(last)
    history.text = scores.dropLast().suffix(Self.mostScores).reversed().map(TextSentences.line).joined(separator: "\n")
  }
}
