// Undo and redo of everything that a person changes on the Boundary page. Main actor. A step keeps the values as they
// were before it: sets and marks are copied on write, so a step costs little.

import Foundation

/// Steps that can be undone and redone.
struct EditHistory {
  static let mostSteps = 200

  /// What a step brings back.
  struct Values {
    let set: PointSet
    let marks: [Mark]
    let settings: BoundarySettings
    let selected: Mark.ID?
    /// Only where the step replaced the training.
    let training: (BoundaryTraining, Curves, seconds: Double)?
  }

  struct Step {
    let title: String
    let values: Values
  }

  var undo: [Step] = []
  var redo: [Step] = []
  /// What the last step was about, for a drag's changes to become one.
  var lastKey: String?
}

extension BoundarySession {
  /// Makes a change: remembers what was, applies it, keeps it.
  func edit(
    _ title: String, _ kind: BoundaryEvent.Kind, mark: Mark.ID? = nil, withTraining: Bool = false,
    continuing: Bool = false, _ change: () -> Void
  ) {
    let key = "\(kind.rawValue) \(mark?.uuidString ?? "")"
    let joins = continuing && history.lastKey == key && !withTraining
    if !joins {
      history.undo.append(EditHistory.Step(title: title, values: values(withTraining: withTraining)))
      if history.undo.count > EditHistory.mostSteps { history.undo.removeFirst() }
      note(kind, mark: mark)
    }
    history.redo = []
    history.lastKey = key
    change()
    showTitles()
    keep()
  }

  public func undo() {
    guard let step = history.undo.popLast() else { return }
    history.redo.append(
      EditHistory.Step(title: step.title, values: values(withTraining: step.values.training != nil)))
    bringBack(step.values)
    note(.undone)
  }

  public func redo() {
    guard let step = history.redo.popLast() else { return }
    history.undo.append(
      EditHistory.Step(title: step.title, values: values(withTraining: step.values.training != nil)))
    bringBack(step.values)
    note(.redone)
  }

  private func values(withTraining: Bool) -> EditHistory.Values {
    EditHistory.Values(
      set: set, marks: marks, settings: settings, selected: selected,
      training: withTraining ? (training, curves, trainingSeconds) : nil)
  }

  private func bringBack(_ values: EditHistory.Values) {
    history.lastKey = nil
    set = values.set
    marks = values.marks
    settings = values.settings
    selected = values.selected.flatMap { id in marks.contains { $0.id == id } ? id : nil }
    if let (training, curves, seconds) = values.training {
      replaceTraining(training, curves: curves, seconds: seconds)
    } else {
      refreshField()
    }
    showTitles()
    keep()
  }

  private func showTitles() {
    undoTitle = history.undo.last?.title
    redoTitle = history.redo.last?.title
  }
}
