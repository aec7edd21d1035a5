// What a person decides on the page "Texts", and undo and redo of it. Main actor. A step keeps the edits and choices
// as they were before it.

import Foundation

/// Steps that can be undone and redone.
struct TextHistory {
  static let mostSteps = 200

  struct Values {
    let edits: [Int: String]
    let drafts: [Int: String]
    let mode: TextMode
    let learnCount: Int?
    let selected: TextReview.ID?
  }

  struct Step {
    let title: String
    let values: Values
  }

  var undo: [Step] = []
  var redo: [Step] = []
}

extension TextSession {
  /// Keeps the edit in the editor: it is learnt from at the next training.
  public func learnFromPair() {
    guard let review = selected, !review.isHeldOut else { return }
    let text = editorText(of: review)
    // Mostly it has been computed already, off the main thread.
    let known = live.flatMap { $0.review == review.id && $0.text == text ? $0.difference : nil }
    let difference = known ?? WordDifference(from: review.text, to: text)
    guard !difference.isEmpty else { return tell(.sameText) }
    let hasWords = difference.pieces.contains { $0.kind != .removed && $0.wordCount > 0 }
    guard hasWords else { return tell(.emptyEdit) }
    guard text.unicodeScalars.count <= TextSet.longestText else {
      return tell(.textTooLong(name: L("the editor"), line: 1, limit: TextSet.longestText))
    }
    guard work.edits[review.id] != text else { return }
    edit(L("Learn from this pair")) {
      work.edits[review.id] = text
      work.drafts[review.id] = nil
    }
  }

  /// The chosen review is learnt from without its edit, which stays in the editor as a draft.
  public func forgetPair() {
    guard let review = selected, let kept = work.edits[review.id] else { return }
    edit(L("Do not learn from this pair")) {
      work.edits[review.id] = nil
      if work.drafts[review.id] == nil { work.drafts[review.id] = kept }
    }
  }

  public func choose(_ mode: TextMode) {
    guard mode != work.mode else { return }
    edit(L("Change what is learnt")) { work.mode = mode }
  }

  /// - Parameter count: nil for all.
  public func learn(from count: Int?) {
    let most = set?.training.count ?? 0
    let wanted = count.flatMap { $0 < most ? max($0, 2) : nil }
    guard wanted != work.learnCount else { return }
    edit(L("Change the number of reviews")) { work.learnCount = wanted }
  }

  public func undo() {
    guard let step = history.undo.popLast() else { return }
    history.redo.append(TextHistory.Step(title: step.title, values: values))
    bringBack(step.values)
  }

  public func redo() {
    guard let step = history.redo.popLast() else { return }
    history.undo.append(TextHistory.Step(title: step.title, values: values))
    bringBack(step.values)
  }

  private func edit(_ title: String, _ change: () -> Void) {
    history.undo.append(TextHistory.Step(title: title, values: values))
    if history.undo.count > TextHistory.mostSteps { history.undo.removeFirst() }
    history.redo = []
    change()
    changed()
  }

  private var values: TextHistory.Values {
    TextHistory.Values(
      edits: work.edits, drafts: work.drafts, mode: work.mode, learnCount: work.learnCount, selected: work.selected)
  }

  /// A draft that was begun since the step is not lost by going back.
  private func bringBack(_ values: TextHistory.Values) {
    work.edits = values.edits
    work.drafts.merge(values.drafts) { newer, _ in newer }
    work.mode = values.mode
    work.learnCount = values.learnCount
    work.selected = values.selected ?? work.selected
    changed()
  }

  private func changed() {
    showTitles()
    showReviews()
    refreshLive()
    keep()
  }

  func showTitles() {
    undoTitle = history.undo.last?.title
    redoTitle = history.redo.last?.title
  }
}
