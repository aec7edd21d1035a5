// The head's loss: derivatives against differences, and optima that can be checked by hand.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TextHeadTests {
  private func examples(points: Int, differences: Int, dimension: Int, seed: UInt64 = 1) -> TextExamples {
    var random = SplitMix64(seed: seed)
    func number() -> Double { Double(random.next() >> 11) * 0x1p-52 - 1 }
    return TextExamples(
      dimension: dimension, points: (0..<points * dimension).map { _ in number() },
      signs: (0..<points).map { $0 % 3 == 0 ? 1 : -1 }, shares: (0..<points).map { $0 % 2 == 0 ? 1 : 0.3 },
      differences: (0..<differences * dimension).map { _ in number() })
  }

  @Test(arguments: [(7, 4), (7, 0), (0, 4)])
  func gradientAndCurvatureAreThoseOfTheLoss(points: Int, differences: Int) {
    let objective = TextObjective(
      examples: examples(points: points, differences: differences, dimension: 3), penalty: 0.07, margin: 1.3,
      strength: 0.6)
    let at = [0.4, -0.7, 0.2, 0.3]
    let here = objective.evaluate(at, curvature: true)
    let step = 1e-5
    for index in 0..<4 {
      var (up, down) = (at, at)
      up[index] += step
      down[index] -= step
      let (high, low) = (objective.evaluate(up), objective.evaluate(down))
      #expect(abs((high.loss - low.loss) / (2 * step) - here.gradient[index]) < 1e-6)
      for other in index..<4 {
        let change = (high.gradient[other] - low.gradient[other]) / (2 * step)
        #expect(abs(change - here.curvature[index * 4 + other]) < 1e-6)
      }
    }
  }

  @Test func theLossByHand() {
    let one = TextExamples(dimension: 1, points: [2, 0], signs: [1, -1], shares: [3, 1], differences: [0.5])
    let objective = TextObjective(examples: one, penalty: 0.1, margin: 1, strength: 2)
    // w = 1, b = -1: both scores are right by 1, and the first counts three times; 1 of the margin is missing by 0.5.
    let expected = log(1 + exp(-1.0)) + 2 * log(1 + exp(0.5)) + 0.1
    let wrong = TextExamples(dimension: 1, points: [2, 0], signs: [1, 1], shares: [3, 1])
    let half = TextObjective(examples: wrong, penalty: 0).evaluate([1, -1]).loss
    #expect(abs(half - (3 * log(1 + exp(-1.0)) + log(1 + exp(1.0))) / 4) < 1e-8)
    #expect(abs(objective.evaluate([1, -1]).loss - expected) < 1e-8)
  }

  @Test func theOptimumHasNoSlopeAndDoesNotDependOnTheStart() {
    let objective = TextObjective(examples: examples(points: 30, differences: 12, dimension: 5), penalty: 0.01)
    let head = objective.optimum()
    #expect(objective.evaluate(head.weights + [head.bias]).gradient.allSatisfy { abs($0) < 1e-8 })
    let other = objective.optimum(from: TextHead(weights: [9, -9, 9, -9, 9], bias: 20))
    #expect(zip(head.weights + [head.bias], other.weights + [other.bias]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aDirectionAloneTurnsTheWeightsTowardsIt() {
    let shown = TextExamples(dimension: 2, differences: [0, 1])
    let head = TextObjective(examples: shown, penalty: 0.01).optimum()
    #expect(head.weights[1] > 1)
    #expect(abs(head.weights[0]) < 1e-9)
  }

  @Test func examplesFollowTheMode() {
    let reviews = [
      ReviewPoints(label: 0, point: [1, 0], edit: [1, 2]), ReviewPoints(label: 1, point: [0, 1], edit: nil),
      ReviewPoints(label: 1, point: [3, 3], edit: [0, 3]), ReviewPoints(label: 1, point: [4, 4], edit: [4, 4]),
    ]
    func made(_ mode: TextMode) -> TextExamples { TextTraining(mode: mode).examples(reviews, 2) }
    #expect(made(.originals).signs == [-1, 1, 1, 1])
    #expect(made(.originals).differences == [])
    #expect(made(.both).signs == [-1, 1, 1, 1, -1, 1, -1], "each edited copy right after its review")
    #expect(made(.both).differences == [])
    #expect(TextTraining(mode: .both).examples(reviews, 2, editShare: 0.3).shares == [1, 0.3, 1, 1, 0.3, 1, 0.3])
    #expect(made(.direction).signs == [-1, 1, 1, 1])
    #expect(made(.direction).differences == [0, 1, 1, 0], "towards label 1, of length one; what changes nothing is no direction")
    #expect(made(.bothAndDirection).pointCount == 7)
    #expect(made(.bothAndDirection).differenceCount == 2)
  }

  @Test func editsThatContradictTheReviewsCountLess() throws {
    var random = SplitMix64(seed: 4)
    // The label hangs on the first number; the edits change nothing and claim the other label.
    let reviews = (0..<120).map { index in
      let label = index % 2
      let point = [label == 1 ? 1 : -1, random.normal()]
      return ReviewPoints(label: label, point: point, edit: point)
    }
    let head = try TextTraining(mode: .both).head(for: reviews)
    let right = reviews.count { (head.score($0.point) > 0) == ($0.label == 1) }
    #expect(right == 120)
    #expect(head.weights[0] > 5 * abs(head.weights[1]))
  }

  @Test func sharpnessMakesScoresProbabilities() {
    // 3 of 4 are right at +-1: the best factor solves logistic(f) = (target * 3 + (1 - target)) / 4 with target 5/6.
    let (sharpness, _) = Sharpness.best(for: [1, 1, 1, -1])
    let share = (3 * 5.0 / 6 + 1.0 / 6) / 4
    #expect(abs(TextHead.logistic(sharpness) - share) < 1e-6)
    #expect(Sharpness.best(for: [1, 1, 1]).sharpness < 2, "three right answers are no certainty")
    let (twice, loss) = Sharpness.best(for: [2, 2, 2, -2])
    #expect(abs(twice * 2 - sharpness) < 1e-6)
    #expect(abs(loss - Sharpness.best(for: [1, 1, 1, -1]).loss) < 1e-9)
  }
}
