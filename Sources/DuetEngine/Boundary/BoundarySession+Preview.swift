// What an arrow would do, before it is kept: two trainings on copies, and cross-validation. Pure but for the entry from
// the session, which is on the main actor and leaves it at once.

import Foundation

/// The effect of one mark.
public struct MarkPreview: Sendable, Equatable {
  /// The field with the mark and without, after the same number of epochs.
  public let with: BoundaryField
  public let without: BoundaryField
  /// Cross-validated on the training points; nil where there are too few of them.
  public let accuracyWith: Double?
  public let accuracyWithout: Double?
  /// A sentence, where the mark lowers the accuracy.
  public let warning: String?
}

extension BoundarySession {
  /// What `mark` would do: as if it were added, or put in the place of the one with its id.
  /// Nil with a notice where the set cannot be trained on or the mark is refused.
  public func preview(_ mark: Mark) async -> MarkPreview? {
    let others = marks.filter { $0.id != mark.id }
    let (training, set, settings, view) = (training, set, settings, fieldView)
    note(.previewed, mark: mark.id)
    let result = await Task.detached(priority: .userInitiated) { () -> Result<MarkPreview, BoundaryError> in
      do throws(BoundaryError) {
        return .success(
          try MarkEffect(training: training, set: set, settings: settings, view: view).of(mark, beside: others))
      } catch {
        return .failure(error)
      }
    }.value
    switch result {
    case .success(let preview): return preview
    case .failure(let error):
      tell(error)
      return nil
    }
  }
}

/// Computes previews for one state of the page.
struct MarkEffect: Sendable {
  /// Epochs that both copies train on from where the page stands.
  static let epochs = 100
  /// Epochs of each of cross-validation's trainings, from new weights.
  static let foldEpochs = 200
  static let folds = 5
  /// Below it a fold would say more about luck than about the arrow.
  static let leastPoints = 6
  /// Trainings are full-batch, so very large sets would keep the person waiting.
  static let mostPoints = 2_000

  let training: BoundaryTraining
  let set: PointSet
  let settings: BoundarySettings
  let view: FieldView

  func of(_ mark: Mark, beside others: [Mark]) throws(BoundaryError) -> MarkPreview {
    try mark.check()
    guard set.point(mark.point) != nil else { throw .unknownPoint }
    let without = try field(others)
    let with = try field(others + [mark])
    let before = try crossValidated(others, beside: mark.point)
    let after = try crossValidated(others + [mark], beside: mark.point)
    return MarkPreview(
      with: with, without: without, accuracyWith: after, accuracyWithout: before,
      warning: Self.warning(before: before, after: after))
  }

  private func field(_ marks: [Mark]) throws(BoundaryError) -> BoundaryField {
    var copy = training
    _ = try copy.run(Self.epochs, on: set, marks: marks, settings: settings)
    return copy.field(view.bounds ?? set.bounds(), columns: view.columns, rows: view.rows, of: set)
  }

  static func warning(before: Double?, after: Double?) -> String? {
    guard let before, let after, after < before else { return nil }
    func percent(_ value: Double) -> String { String(format: "%.1f", value * 100) }
    return L(
      "This arrow makes answers worse: {after} % right in cross-validation, {before} % without. Check where it points.",
      ["after": percent(after), "before": percent(before)])
  }

  /// Accuracy on training points that were held out in turn. A held-out point's marks are held out with it: they are
  /// its answer. The point of the mark in question stays in all folds, for the mark to count.
  func crossValidated(_ marks: [Mark], beside kept: BoundaryPoint.ID) throws(BoundaryError) -> Double? {
    let points = set.training.filter { $0.id != kept }
    guard (Self.leastPoints...Self.mostPoints).contains(points.count) else { return nil }
    var random = SplitMix64(seed: settings.seed)
    let order = random.permutation(points.count)
    var right = 0.0
    for fold in 0..<Self.folds {
      let held = order.enumerated().filter { $0.offset % Self.folds == fold }.map { points[$0.element] }
      let heldIDs = Swift.Set(held.map(\.id))
      var part = set
      part.points = set.training.filter { !heldIDs.contains($0.id) }
      guard Swift.Set(part.points.map(\.label)).count == 2 else { return nil }
      var copy = BoundaryTraining(settings)
      let objective = BoundaryObjective(part, marks: marks.filter { !heldIDs.contains($0.point) }, settings: settings)
      for _ in 0..<Self.foldEpochs {
        guard copy.advance(objective, learningRate: settings.learningRate).isFinite else { throw .diverged }
      }
      right += (copy.accuracy(on: held, of: set) ?? 0) * Double(held.count)
    }
    return right / Double(points.count)
  }
}
