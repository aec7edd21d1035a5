// One "what if?": a question, a button, and the two scores side by side. Main thread; the engine computes elsewhere.
// The project is only read. A change of the photos clears the answer, which would no longer be true.

import CGtk
import DuetEngine

@MainActor final class WhatIfCard {
  let root = Widget.column(spacing: 12).style("card", "what-if-card")
  let run: Widget
  let cancel: Widget
  private(set) var outcome: WhatIfOutcome?
  private(set) var task: Task<Void, Never>?
  let kind: WhatIfCardKind
  private let workspace: Workspace
  private let spinner = Widget(gtk_spinner_new())
  private var dropDowns: [Widget] = []
  private let choice = Widget.row(spacing: 6)
  private let before = ScoreBox(L("Now"))
  private let after = ScoreBox(L("Then"))
  private let change = Widget.label().style("heading")
  private let answer: Widget
  private var categories: [CategoryID] = []
  private var names: [String] = []
  /// The person chose categories: from then on nothing is suggested.
  private var wasChosen = false
  private var fingerprint = ""

  init(_ kind: WhatIfCardKind, workspace: Workspace) {
    self.kind = kind
    self.workspace = workspace
    run = .button(L("Try it")) {}
    cancel = .button(L("Cancel")) {}
    let boxes = Widget.row(spacing: 12, before.root, after.root)
    gtk_box_set_homogeneous(boxes.cast(), 1)
    answer = .column(spacing: 6, boxes, change)
    build()
  }

  private func build() {
    let title = Widget.label(kind.title).style("heading")
    let explanation = Widget.label(kind.explanation).style("dim-label")
    let words = Widget.column(spacing: 3, title, explanation)
    words.expand(horizontally: true)
    run.accessibleName(L("Try: {title}", ["title": kind.title]))
    cancel.accessibleName(L("Cancel: {title}", ["title": kind.title]))
    run.on("clicked") { [weak self] _ in self?.start() }
    cancel.on("clicked") { [weak self] _ in self?.stop() }
    for button in [run, cancel] { button.align(vertically: GTK_ALIGN_CENTER) }
    spinner.align(vertically: GTK_ALIGN_CENTER)
    root.append(.row(spacing: 12, words, spinner, run, cancel))
    root.append(choice)
    root.append(answer)
    showState()
  }

  // -- The choice of categories

  func show(_ snapshot: ProjectSnapshot, _ facts: ProjectFacts?) {
    if snapshot.fingerprint != fingerprint {
      fingerprint = snapshot.fingerprint
      stop()
      outcome = nil
      showState()
    }
    let usable = snapshot.categories.filter { !$0.photos.isEmpty }
    let new = usable.map { snapshot.name(of: $0.id) }
    let ids = usable.map(\.id)
    let wanted = wasChosen ? chosen : kind.suggestion(ids, facts)
    guard new != names || ids != categories || wanted != chosen else { return }
    (names, categories) = (new, ids)
    makeDropDowns(wanted)
  }

  private func makeDropDowns(_ chosen: [CategoryID]) {
    for old in dropDowns { choice.remove(old) }
    dropDowns = (0..<kind.choices).map { index in
      let dropDown = withCStrings(names) { Widget(gtk_drop_down_new_from_strings($0)) }
      let wanted = chosen.indices.contains(index) ? categories.firstIndex(of: chosen[index]) : nil
      gtk_drop_down_set_selected(dropDown.pointer, guint(wanted ?? min(index, max(0, categories.count - 1))))
      dropDown.accessibleName(L("Category {number}", ["number": index + 1]))
      dropDown.on("notify::selected") { [weak self] _ in
        self?.wasChosen = true
        self?.choiceChanged()
      }
      choice.append(dropDown)
      return dropDown
    }
    choice.isVisible = !dropDowns.isEmpty
    choiceChanged()
  }

  private func choiceChanged() {
    stop()
    outcome = nil
    showState()
  }

  var chosen: [CategoryID] {
    dropDowns.compactMap { dropDown in
      let index = Int(gtk_drop_down_get_selected(dropDown.pointer))
      return categories.indices.contains(index) ? categories[index] : nil
    }
  }

  // -- The computation

  func start() {
    guard task == nil, let question = kind.question(chosen) else { return }
    outcome = nil
    task = Task { [weak self, workspace] in
      let result: Result<WhatIfOutcome, any Error>
      do { result = .success(try await workspace.whatIf(question)) } catch { result = .failure(error) }
      if !Task.isCancelled { self?.finish(result) }
    }
    showState()
  }

  /// Ends a computation under way; the project never noticed it.
  func stop() {
    task?.cancel()
    task = nil
    showState()
  }

  private func finish(_ result: Result<WhatIfOutcome, any Error>) {
    task = nil
    switch result {
    case .success(let new): outcome = new
    case .failure(let error): workspace.tell(Workspace.sentence(for: error))
    }
    showState()
  }

  private func showState() {
    let isRunning = task != nil
    run.isVisible = !isRunning
    run.isSensitive = kind.question(chosen) != nil && categories.count >= 2
    cancel.isVisible = isRunning
    spinner.isVisible = isRunning
    gtk_spinner_set_spinning(spinner.pointer, isRunning ? 1 : 0)
    answer.isVisible = outcome != nil
    guard let outcome else { return }
    let name = workspace.snapshot.name(of:)
    before.show(outcome.before, name: name)
    after.show(outcome.after, name: name)
    change.text = WhatIfCardKind.change(outcome)
  }
}

/// A score with a word over it.
@MainActor private final class ScoreBox {
  let root: Widget
  private let number = Widget.label(wraps: false).style("title-2")
  private let sentence = Widget.label().style("caption")

  init(_ title: String) {
    let heading = Widget.label(title, wraps: false).style("caption-heading", "dim-label")
    root = .column(spacing: 3, heading, number, sentence)
    root.style("score-box")
  }

  func show(_ result: ScoreResult, name: (CategoryID) -> String) {
    number.text = ScoreSentence.short(result) ?? L("No score")
    sentence.text = result.sentence(name: name)
  }
}
