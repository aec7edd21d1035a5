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
  private static let folds = 5

  let mode: TextMode
  var seed: UInt64 = 0

  /// The head that reviews lead to. The penalty is the one whose held-back answers are best once their sharpness is
  /// put right; a review and its edited copy are always held back together.
  ///
  /// - Throws: `CancellationError`; `TextError.nothingToLearn`.
  func head(for reviews: [ReviewPoints]) throws -> TextHead {
    guard let dimension = reviews.first?.point.count else { throw TextError.nothingToLearn }
    let all = examples(reviews, dimension)
    let folds = folds(reviews)
    guard folds.count > 1 else {
      // Too few to hold any back: the middle of the penalties.
      return TextObjective(examples: all, penalty: Self.penalties[Self.penalties.count / 2]).optimum()
    }
    let answers = try heldBack(reviews, folds, dimension)
    var best = (loss: Double.infinity, index: 0, sharpness: 1.0)
    for (index, scores) in answers.enumerated() {
      let (sharpness, loss) = Sharpness.best(for: scores)
      // A tie goes to the stronger penalty.
      if loss <= best.loss { best = (loss, index, sharpness) }
    }
    var head = TextObjective(examples: all, penalty: Self.penalties[best.index]).optimum()
    head.sharpness = best.sharpness
    return head
  }

  /// For each penalty the scores of held-back texts, positive where the answer was right.
  private func heldBack(_ reviews: [ReviewPoints], _ folds: [[Int]], _ dimension: Int) throws -> [[Double]] {
    var answers = [[Double]](repeating: [], count: Self.penalties.count)
    for fold in folds {
      let isHeldBack = Set(fold)
      let learnt = examples(reviews.indices.filter { !isHeldBack.contains($0) }.map { reviews[$0] }, dimension)
      let asked = fold.map { reviews[$0] }
      var head: TextHead?
      for index in Self.penalties.indices.reversed() {
        try Task.checkCancellation()
        let found = TextObjective(examples: learnt, penalty: Self.penalties[index]).optimum(from: head, tolerance: 1e-6)
        head = found
        for review in asked {
          let sign = review.label == 1 ? 1.0 : -1
          answers[index].append(sign * found.score(review.point))
          if mode.usesEdits, let edit = review.edit { answers[index].append(-sign * found.score(edit)) }
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

  func examples(_ reviews: [ReviewPoints], _ dimension: Int) -> TextExamples {
    var examples = TextExamples(dimension: dimension)
    for review in reviews {
      let sign = review.label == 1 ? 1.0 : -1
      examples.points += review.point
      examples.signs.append(sign)
      guard mode.usesEdits, let edit = review.edit else { continue }
      if mode.learnsEditedTexts {
        examples.points += edit
        examples.signs.append(-sign)
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
