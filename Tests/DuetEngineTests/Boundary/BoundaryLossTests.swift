// Each loss where its value is known by hand: what the formulas in docs/boundary.md say.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct BoundaryLossTests {
  private static let log2 = log(2.0)

  /// The value of a form at d along (1, 0) for the logit, the gradient being (d, 7).
  private func value(_ form: DirectionForm, d: Double) -> Double {
    form.evaluate(logit: 0.3, gradient: [d, 7], along: [1, 0], sign: 1, output: .logit).value
  }

  @Test func formsOfTheDirectionalDerivative() {
    #expect(value(.step(gain: 20, factor: 100), d: 0) == 100)
    #expect(value(.step(gain: 20, factor: 100), d: -9) == 0)
    #expect(value(.step(gain: 200, factor: 1), d: 9) == 2)
    #expect(value(.hinge, d: 1.5) == 1.5)
    #expect(value(.hinge, d: -1.5) == 0)
    #expect(abs(value(.softplus(gain: 5, shift: 0, divisor: 5), d: 0) - Self.log2 / 5) < 1e-15)
    #expect(abs(value(.softplus(gain: 20, shift: 0, divisor: 10), d: 3) - 6) < 1e-12)
  }

  /// The own label is 1: an arrow along the gradient is disobeyed (2), against it obeyed (0), across it neither (1).
  @Test func cosineOfTheArrow() {
    func value(_ gradient: [Double], sign: Double) -> Double {
      DirectionForm.cosine.evaluate(logit: 0, gradient: gradient, along: [0, 4], sign: sign, output: .logit).value
    }
    #expect(abs(value([0, 5], sign: 1) - 2) < 1e-8)
    #expect(abs(value([0, -5], sign: 1)) < 1e-8)
    #expect(abs(value([3, 0], sign: 1) - 1) < 1e-8)
    #expect(abs(value([0, 5], sign: -1)) < 1e-8)
  }

  /// At p = 1/2 the probability rises a quarter as fast as the logit.
  @Test func probabilityIsFlatterThanTheLogit() {
    let d = DirectionalDerivative(logit: 0, gradient: [2, 1], along: [3, 0], sign: -1, output: .probability)
    #expect(abs(d.value + 1.5) < 1e-15)
  }

  private func pair(_ marks: [Mark], _ settings: BoundarySettings) -> BoundaryObjective {
    BoundaryObjective(
      PointSet(name: "two", points: [
        BoundaryPoint(id: 0, x: [0, 0], label: 0), BoundaryPoint(id: 1, x: [1, 0], label: 1),
      ]), marks: marks, settings: settings)
  }

  /// A network that answers x - y + 1/2, as nearly as makes no difference.
  private var plane: BoundaryNetwork {
    var network = BoundaryNetwork(hidden: [1], seed: 0)
    let small = 1e-5
    network.parameters = [small, -small, 0, 1 / small, 0.5]
    return network
  }

  private func value(_ objective: BoundaryObjective) -> Double {
    var unused = [Double](repeating: 0, count: plane.parameters.count)
    return objective.evaluate(plane, addingGradientTo: &unused)
  }

  private func ce(_ z: Double, _ label: Double) -> Double { log(1 + exp(z)) - label * z }

  @Test func labelsAlone() {
    let expected = (ce(0.5, 0) + ce(1.5, 1)) / 2
    #expect(abs(value(pair([], BoundarySettings(loss: .tips))) - expected) < 1e-8)
    let mark = Mark(point: 0, delta: [1, 0])
    #expect(abs(value(pair([mark], BoundarySettings(loss: .crossEntropy))) - expected) < 1e-8)
  }

  @Test func tipsByHand() {
    let settings = BoundarySettings(loss: .tips, alpha: 0.25)
    let mark = Mark(point: 0, delta: [2, 1], weight: 2)
    // x - y + 1/2 at the tip, and at 0.3 and 0.7 of the arrow.
    let tip = ce(1.5, 1) + 0.125 * ce(0.8, 0) + 0.125 * ce(1.2, 1)
    let expected = (0.75 * (ce(0.5, 0) + ce(1.5, 1)) + 0.25 * 2 * tip) / (0.75 * 2 + 0.25 * 2)
    #expect(abs(value(pair([mark], settings)) - expected) < 1e-8)
  }

  @Test func theOtherKindsOfMarkByHand() {
    let settings = BoundarySettings(loss: .tips, alpha: 0.5)
    let labels = ce(0.5, 0) + ce(1.5, 1)
    // Label 0, so the own score falls where the logit rises: by 2 - 1 = 1 along the arrow.
    let direction = value(pair([Mark(point: 0, kind: .direction, delta: [2, 1])], settings))
    #expect(abs(direction - (labels + log(1 + exp(1.0 - 1))) / 3) < 1e-8)
    let flat = value(pair([Mark(point: 1, kind: .doesNotMatter, delta: [3, 1])], settings))
    #expect(abs(flat - (labels + 4) / 3) < 1e-7)
  }

  @Test func lossesOfTheSourcesByHand() {
    let labels = (ce(0.5, 0) + ce(1.5, 1)) / 2
    // Of label 1, along (0, 1): d = -1; of label 0: d = +1.
    let marks = [Mark(point: 0, delta: [0, 5]), Mark(point: 1, delta: [0, 0.2], weight: 0.5)]
    func loss(_ loss: BoundaryLoss) -> Double { value(pair(marks, BoundarySettings(loss: loss, alpha: 0.4))) }
    #expect(abs(loss(.thesisHinge) - (0.6 * labels + 0.4 * (1 + 0) / 2)) < 1e-7)
    #expect(abs(loss(.sign) - (0.6 * labels + 0.4 * (200 + 0) / 2)) < 1e-6)
    #expect(abs(loss(.thesisTanh) - (0.6 * labels + 0.4 * (2 + 0) / 2)) < 1e-7)
    let weak = (log(1 + exp(1.0)) + 0.5 * log(1 + exp(-1.0))) / 2
    #expect(abs(loss(.thesisSoftplus(.weak)) - (0.6 * labels + 0.4 * weak / 2)) < 1e-7)
    // The logit falls by the arrow's length: wrong for label 0, right for label 1.
    let contrast = log(1 + exp(1.0 + 5)) + 0.5 * log(1 + exp(1 - 0.2))
    #expect(abs(loss(.contrast(margin: 1)) - (0.6 * labels + 0.4 * contrast / 2)) < 1e-6)
    let root = 0.5.squareRoot()
    let cosine = (1 + root) + 0.5 * (1 - root)
    #expect(abs(loss(.cosine) - (0.6 * labels + 0.4 * cosine / 2)) < 1e-7)
  }

  /// Where the logit is so flat that no form is saturated: d = 0.01 for an arrow that is disobeyed.
  @Test func gainsOfTheSources() {
    let small = 1e-5
    var gentle = BoundaryNetwork(hidden: [1], seed: 0)
    gentle.parameters = [small, -small, 0, 0.01 / small, 0]
    func arrowTerm(_ loss: BoundaryLoss, _ output: BoundaryOutput = .logit) -> Double {
      let settings = BoundarySettings(loss: loss, output: output, alpha: 1)
      var unused = [Double](repeating: 0, count: gentle.parameters.count)
      return pair([Mark(point: 0, delta: [0, 3])], settings).evaluate(gentle, addingGradientTo: &unused)
    }
    #expect(abs(arrowTerm(.sign) - 100 * (tanh(0.2) + 1)) < 1e-7)
    #expect(abs(arrowTerm(.thesisTanh) - (tanh(2) + 1)) < 1e-7)
    #expect(abs(arrowTerm(.thesisHinge) - 0.01) < 1e-9)
    #expect(abs(arrowTerm(.thesisSoftplus(.weak)) - log(1 + exp(0.01)) / 2) < 1e-9)
    #expect(abs(arrowTerm(.thesisSoftplus(.medium)) - log(1 + exp(0.05)) / 5) < 1e-9)
    #expect(abs(arrowTerm(.thesisSoftplus(.strong)) - log(1 + exp(0.2)) / 10) < 1e-9)
    // The probability is a quarter as steep at a logit of 0.
    #expect(abs(arrowTerm(.thesisHinge, .probability) - 0.0025) < 1e-9)
    #expect(abs(arrowTerm(.contrast(margin: 2), .probability) - log(1 + exp(2 + 0.5 - 1 / (1 + exp(0.03))))) < 1e-6)
  }

  @Test func marksThatSayNothing() {
    let settings = BoundarySettings(loss: .tips)
    var off = Mark(point: 0, delta: [1, 0])
    off.isOn = false
    let useless = [off, Mark(point: 0, delta: [0, 0]), Mark(point: 99, delta: [1, 0])]
    #expect(pair(useless, settings) == pair([], settings))
  }

  @Test func namesAreTheirOwn() {
    #expect(Set(BoundaryLoss.all.map(\.identifier)).count == BoundaryLoss.all.count)
    for loss in BoundaryLoss.all { #expect(BoundaryLoss.named(loss.identifier) == loss) }
  }
}
