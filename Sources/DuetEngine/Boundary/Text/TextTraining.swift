// From labelled reviews and their edits to a head: examples, the penalty by cross-validation, sharpness from answers
// on texts that were held back. Pure functions; any thread, not the main one; stops when its task is cancelled.

import Foundation

/// A review as points: itself, and its edited copy if it has one.
struct ReviewPoints: Sendable {
  let label: Int
  let point: [Double]
  let edit: [Double]?

  init(_ review: TextReview, _ features: TextFeatures) {
    label = review.label
    point = features.point(review.text)
    edit = review.edit.map(features.point)
  }

  /// The review with what points its edit, or nothing, leads to.
  init(label: Int, point: [Double], edit: [Double]?) {
    (self.label, self.point, self.edit) = (label, point, edit)
  }
}

struct TextTraining: Sendable {
  /// Penalties that are tried, weakest first, two a decade.
  static let penalties = (-9...2).map { pow(10, Double($0) / 2) }
  /// What an edit may count beside a review, most first. Few reviews need all of it; among many, edits in full would
  /// cost accuracy on texts that nobody edited.
  static let editShares = [1, 0.3, 0.1]
  private static let folds = 5

  let mode: TextMode
  var seed: UInt64 = 0

  /// What is chosen by cross-validation.
  private struct Choice {
    let editShare: Double
    let penalty: Double
    let sharpness: Double
    /// Of each held-back review, edits left aside.
    let losses: [Double]

    /// Whether the mean loss is lower by more than lot would explain: twice its standard error, review by review.
    func isClearlyBetter(than other: Choice) -> Bool {
      let gain = ComparisonRow.meanAndError(zip(other.losses, losses).map { $0 - $1 })
      return gain.mean > 2 * gain.error
    }
  }

  /// Scores of held-back texts, positive where the answer was right.
  private struct Answers {
    var reviews: [Double] = []
    var edits: [Double] = []
  }

  /// The head that reviews lead to. The penalty is the one with which held-back texts are answered best once the
  /// sharpness is put right; edits count less than in full only where that is clearly better for held-back reviews.
  /// A review and its edited copy are always held back together.
  ///
  /// - Throws: `CancellationError`; `TextError.nothingToLearn`.
  func head(for reviews: [ReviewPoints]) throws -> TextHead {
    guard let dimension = reviews.first?.point.count else { throw TextError.nothingToLearn }
    let folds = folds(reviews)
    guard folds.count > 1 else {
      // Too few to hold any back: the middle of the penalties.
      let examples = examples(reviews, dimension, editShare: 1)
      return TextObjective(examples: examples, penalty: Self.penalties[Self.penalties.count / 2]).optimum()
    }
    let learnsEdits = mode.usesEdits && reviews.contains { $0.edit != nil }
    var best: Choice?
    for editShare in learnsEdits ? Self.editShares : [1] {
      let choice = choice(among: try heldBack(reviews, folds, dimension, editShare), editShare)
      if best.map({ choice.isClearlyBetter(than: $0) }) ?? true { best = choice }
    }
    guard let best else { throw TextError.nothingToLearn }
    let examples = examples(reviews, dimension, editShare: best.editShare)
    var head = TextObjective(examples: examples, penalty: best.penalty, strength: best.editShare).optimum()
    head.sharpness = best.sharpness
    return head
  }

  /// The penalty with which held-back reviews and edits are answered best.
  private func choice(among answers: [Answers], _ editShare: Double) -> Choice {
    var best = (loss: Double.infinity, index: 0, sharpness: 1.0)
    for index in Self.penalties.indices {
      let (sharpness, loss) = Sharpness.best(for: answers[index].reviews + answers[index].edits)
      // A tie goes to the stronger penalty.
      if loss <= best.loss { best = (loss, index, sharpness) }
    }
    let reviews = answers[best.index].reviews
    let own = Sharpness.best(for: reviews).sharpness
    return Choice(
      editShare: editShare, penalty: Self.penalties[best.index], sharpness: best.sharpness,
      losses: reviews.map { TextHead.softplus(-own * $0) })
  }

  /// For each penalty.
  private func heldBack(
    _ reviews: [ReviewPoints], _ folds: [[Int]], _ dimension: Int, _ editShare: Double
  ) throws -> [Answers] {
    var answers = [Answers](repeating: Answers(), count: Self.penalties.count)
    for fold in folds {
      let isHeldBack = Set(fold)
      let learnt = examples(
        reviews.indices.filter { !isHeldBack.contains($0) }.map { reviews[$0] }, dimension, editShare: editShare)
      let asked = fold.map { reviews[$0] }
      var head: TextHead?
      for index in Self.penalties.indices.reversed() {
        try Task.checkCancellation()
        let objective = TextObjective(examples: learnt, penalty: Self.penalties[index], strength: editShare)
        let found = objective.optimum(from: head, tolerance: 1e-6)
        head = found
        for review in asked {
          let sign = review.label == 1 ? 1.0 : -1
          answers[index].reviews.append(sign * found.score(review.point))
          if mode.usesEdits, let edit = review.edit { answers[index].edits.append(-sign * found.score(edit)) }
        }
      }
    }
    return answers
  }

  /// Reviews in equal parts, each label spread over all of them; empty where a part would lack a label to learn.
  private func folds(_ reviews: [ReviewPoints]) -> [[Int]] {
    var random = SplitMix64(seed: seed)
    let byLabel = [0, 1].map { label in reviews.indices.filter { reviews[$0].label == label } }
    let hasEdits = mode.usesEdits && reviews.contains { $0.edit != nil }
    guard hasEdits ? reviews.count > 1 : byLabel.allSatisfy({ $0.count > 1 }) else { return [] }
    var folds = [[Int]](repeating: [], count: min(Self.folds, reviews.count))
    var place = 0
    for own in byLabel {
      for index in random.permutation(own.count) {
        folds[place % folds.count].append(own[index])
        place += 1
      }
    }
    return folds.filter { !$0.isEmpty }
  }

  /// - Parameter editShare: how much an edited copy counts beside its review.
  func examples(_ reviews: [ReviewPoints], _ dimension: Int, editShare: Double = 1) -> TextExamples {
    var examples = TextExamples(dimension: dimension)
    for review in reviews {
      let sign = review.label == 1 ? 1.0 : -1
      examples.points += review.point
      examples.signs.append(sign)
      examples.shares.append(1)
      guard mode.usesEdits, let edit = review.edit else { continue }
      if mode.learnsEditedTexts {
        examples.points += edit
        examples.signs.append(-sign)
        examples.shares.append(editShare)
      }
      guard mode.learnsDirections else { continue }
      let change = zip(edit, review.point).map { -sign * ($0 - $1) }
      let length = change.reduce(0) { $0 + $1 * $1 }.squareRoot()
      // Words that the features do not know change nothing: there is no direction to learn.
      if length > 1e-9 { examples.differences += change.map { $0 / length } }
    }
    return examples
  }
}

/// How steep the logistic function must be for scores to be probabilities: one number, from held-back answers.
///
/// As in temperature scaling (Guo et al., ICML 2017), with Platt's target (N + 1) / (N + 2) in place of 1, so that
/// answers that are all right do not lead to certainty.
enum Sharpness {
  /// - Parameter scores: positive where the answer was right.
  static func best(for scores: [Double]) -> (sharpness: Double, loss: Double) {
    guard !scores.isEmpty else { return (1, .infinity) }
    let target = Double(scores.count + 1) / Double(scores.count + 2)
    func loss(_ logarithm: Double) -> Double {
      let factor = exp(logarithm)
      return scores.reduce(0) {
        $0 + target * TextHead.softplus(-factor * $1) + (1 - target) * TextHead.softplus(factor * $1)
      } / Double(scores.count)
    }
    // Golden section: the loss has one valley.
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (-6.0, 8.0)
    var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
    var (lossA, lossB) = (loss(a), loss(b))
    for _ in 0..<40 {
      if lossA <= lossB {
        (high, b, lossB) = (b, a, lossA)
        a = high - ratio * (high - low)
        lossA = loss(a)
      } else {
        (low, a, lossA) = (a, b, lossB)
        b = low + ratio * (high - low)
        lossB = loss(b)
      }
    }
    return (exp((low + high) / 2), min(lossA, lossB))
  }
}
