// How good the model is: the score in words, each category, the confusion table, and the photos behind every number.
// Main thread. It shows the facts of an `InsightModel` and sends operations.

import CGtk
import DuetEngine

@MainActor final class ScorePage {
  let root: Widget
  let headline = Widget.label().style("title-1")
  let table: ConfusionTable
  /// The photos under the table: mistakes, or those of the cell that was opened.
  let photos = RowList()
  let photosTitle = Widget.label().style("title-4")
  let showAll: Widget
  private let explanation = Widget.label().style("dim-label")
  private let categories = RowList()
  private let numbers = Widget.column(spacing: 18)
  private let none = Widget.statusPage(icon: "dialog-question-symbolic")
  private let model: InsightModel
  private let actions: PhotoActions
  private var opened: Cell?
  private var refresh: Observe?

  /// Which cell is open: the same one stays open after the next check.
  private struct Cell: Equatable {
    let category: CategoryID
    let answer: CategoryID
  }

  init(model: InsightModel, actions: PhotoActions) {
    self.model = model
    self.actions = actions
    let open = Opening()
    table = ConfusionTable { open.page?.open($0) }
    showAll = .button(L("Show all mistakes")) { open.page?.open(nil) }
    showAll.style("flat")
    root = Widget.column(spacing: 0)
    open.page = self
    build()
    refresh = Observe { [weak self] in
      guard let self else { return }
      self.show(self.model.facts, self.actions.workspace.snapshot, problem: self.model.problem)
    }
  }

  private func build() {
    let frame = Widget.scroller(table.root, horizontal: GTK_POLICY_AUTOMATIC).style("card", "confusion-frame")
    // Ten columns may be wider than the window; it is the page that scrolls up and down.
    gtk_scrolled_window_set_policy(frame.pointer, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER)
    table.root.margin(12).align(horizontally: GTK_ALIGN_CENTER)
    photosTitle.expand(horizontally: true)
    numbers.append(.column(spacing: 6, headline, explanation))
    numbers.append(.section(L("Each category")))
    numbers.append(categories.root)
    numbers.append(
      .section(
        L("What is taken for what"),
        L("Rows: what the photos are. Columns: what the model said. Click a number to see its photos.")))
    numbers.append(frame)
    numbers.append(.row(spacing: 12, photosTitle, showAll))
    numbers.append(photos.root)
    let page = Widget.insightPage(numbers)
    root.append(page)
    root.append(none.expand(vertically: true))
    pageOfNumbers = page
  }

  private var pageOfNumbers: Widget?

  /// Shows the photos of a cell under the table; nil: all mistakes.
  func open(_ cell: HonestScore.Cell?) {
    opened = cell.map { Cell(category: $0.category, answer: $0.answer) }
    if let score = model.facts?.score?.score { showPhotos(score, PhotoPlaces(actions.workspace.snapshot)) }
  }

  // -- Showing

  private func show(_ facts: ProjectFacts?, _ snapshot: ProjectSnapshot, problem: String?) {
    let score = facts?.score?.score
    pageOfNumbers?.isVisible = score != nil
    none.isVisible = score == nil
    guard let score else {
      let sentence = facts?.score?.sentence(name: snapshot.name(of:)) ?? problem
      none.setStatus(
        sentence == nil ? L("Asking about every photo…") : L("No score yet"),
        sentence ?? L("This takes a moment."))
      return
    }
    let places = PhotoPlaces(snapshot)
    headline.text = score.sentence
    explanation.text = ScoreSentence.explanation(score)
    categories.show(score.perCategory.map { own in { Self.row(own, places) } })
    table.show(score.confusion, places)
    showPhotos(score, places)
  }

  private static func row(_ score: HonestScore.CategoryScore, _ places: PhotoPlaces) -> Widget {
    let row = Widget(adw_action_row_new())
    adw_preferences_row_set_title(row.cast(), plain(places.name(of: score.category)))
    adw_action_row_set_subtitle(row.cast(), plain(score.sentence))
    let bar = Widget(gtk_progress_bar_new()).style("probability").size(width: 150)
    gtk_progress_bar_set_fraction(bar.pointer, score.share)
    bar.align(vertically: GTK_ALIGN_CENTER).accessibleName(score.sentence)
    adw_action_row_add_suffix(row.cast(), bar.widget)
    let count = Widget.label(LN("{count} photo", "{count} photos", score.photoCount), wraps: false)
    gtk_label_set_width_chars(count.pointer, 9)
    gtk_label_set_xalign(count.pointer, 1)
    count.style("dim-label", "numeric")
    adw_action_row_add_suffix(row.cast(), count.widget)
    return row
  }

  private func showPhotos(_ score: HonestScore, _ places: PhotoPlaces) {
    let confirmed = actions.workspace.snapshot.confirmedPhotos
    var answers = score.mistakes.filter { !confirmed.contains($0.photo) }
    if let opened {
      answers = score.answers.filter { $0.category == opened.category && $0.answer == opened.answer }
    }
    // What was moved or removed since the check is gone at once.
    answers = answers.filter { places[$0.photo]?.category.id == $0.category }
    if let opened {
      photosTitle.text = ScoreSentence.cell(opened.category, opened.answer, count: answers.count, places)
    } else {
      photosTitle.text = answers.isEmpty
        ? L("No mistakes to look at") : LN("{count} mistake", "{count} mistakes", answers.count)
    }
    showAll.isVisible = opened != nil
    photos.show(answers.map { answer in { [actions] in Self.row(answer, places, confirmed).make(actions) } })
  }

  private static func row(_ answer: HonestScore.Answer, _ places: PhotoPlaces, _ confirmed: Set<PhotoID>) -> PhotoRow {
    PhotoRow(
      photo: answer.photo, name: places.name(of: answer.photo), sentence: ScoreSentence.answer(answer, places),
      target: answer.isRight ? nil : (answer.answer, places.name(of: answer.answer)),
      canBeConfirmed: !answer.isRight && !confirmed.contains(answer.photo))
  }
}

/// Lets parts call the page, which does not exist yet while they are made.
@MainActor private final class Opening {
  weak var page: ScorePage?
}
