// The gradients written by hand, against finite differences in double precision: every loss, of logit and probability,
// with every kind of mark, for one hidden layer and for two.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct BoundaryGradientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let loss: BoundaryLoss
    let output: BoundaryOutput
    let hidden: [Int]
    let kind: Mark.Kind
    var testDescription: String { "\(loss.identifier) of \(output) with \(kind), \(hidden)" }
  }

  static let cases: [Case] = BoundaryLoss.all.flatMap { loss in
    BoundaryOutput.allCases.flatMap { output in
      [[6], [5, 4]].flatMap { hidden in
        Mark.Kind.allCases.map { Case(loss: loss, output: output, hidden: hidden, kind: $0) }
      }
    }
  }

  private static let set = PointSet(
    name: "six", points: [
      BoundaryPoint(id: 0, x: [0.3, -0.8], label: 0), BoundaryPoint(id: 1, x: [-1.1, 0.4], label: 1),
      BoundaryPoint(id: 2, x: [0.9, 1.2], label: 1), BoundaryPoint(id: 3, x: [-0.2, -0.5], label: 0),
      BoundaryPoint(id: 4, x: [5, 5], label: 1, isTest: true),
    ], scales: [FeatureScale(centre: 0.1, unit: 1.5), FeatureScale(centre: -0.2, unit: 0.8)])

  private static func marks(_ kind: Mark.Kind) -> [Mark] {
    [
      Mark(point: 0, kind: kind, delta: [0.7, 0.9], weight: 1.3),
      Mark(point: 1, kind: kind, delta: [-0.4, 0.6]),
      Mark(point: 2, kind: kind, delta: [0.1, -1.4], weight: 0.5),
    ]
  }

  private static func value(_ objective: BoundaryObjective, _ network: BoundaryNetwork) -> Double {
    var unused = [Double](repeating: 0, count: network.parameters.count)
    return objective.evaluate(network, addingGradientTo: &unused)
  }

  /// The derivative by each parameter from five-point differences: their error is of the fourth order.
  private static func differences(_ objective: BoundaryObjective, _ network: BoundaryNetwork) -> [Double] {
    let step = 2e-5
    return network.parameters.indices.map { index in
      func at(_ shift: Double) -> Double {
        var moved = network
        moved.parameters[index] += shift * step
        return value(objective, moved)
      }
      return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
    }
  }

  /// Steep forms are flat to the last bit at ordinary weights, so the network is also tried with small ones.
  @Test(arguments: cases) func agreesWithFiniteDifferences(_ example: Case) {
    let settings = BoundarySettings(loss: example.loss, output: example.output, alpha: 0.4)
    let objective = BoundaryObjective(Self.set, marks: Self.marks(example.kind), settings: settings)
    let labels = BoundaryObjective(Self.set, marks: [], settings: settings)
    var differs = false
    for size in [1, 0.06] {
      var network = BoundaryNetwork(hidden: example.hidden, seed: 7)
      for index in network.parameters.indices { network.parameters[index] = size * (network.parameters[index] + 0.1) }
      var gradient = [Double](repeating: 0, count: network.parameters.count)
      _ = objective.evaluate(network, addingGradientTo: &gradient)
      for (own, expected) in zip(gradient, Self.differences(objective, network)) {
        #expect(abs(own - expected) <= 1e-6 * max(1, abs(expected)), "\(own) is not \(expected) at size \(size)")
      }
      var plain = [Double](repeating: 0, count: network.parameters.count)
      _ = labels.evaluate(network, addingGradientTo: &plain)
      differs = differs || zip(gradient, plain).contains { abs($0 - $1) > 1e-4 }
    }
    // The check above would also pass for marks that do nothing.
    #expect(differs == example.loss.usesArrows)
  }

  @Test func inputGradientsAgreeWithFiniteDifferences() {
    let network = BoundaryNetwork(hidden: [5, 4], seed: 3)
    let row = [0.4, -0.9]
    let gradient = network.inputGradients(row)
    for axis in 0..<2 {
      var (up, down) = (row, row)
      up[axis] += 1e-6
      down[axis] -= 1e-6
      let expected = (network.logits(up)[0] - network.logits(down)[0]) / 2e-6
      #expect(abs(gradient[axis] - expected) < 1e-8)
    }
  }

  /// z = 3 tanh(2x - y + 0.5) - 1 by hand.
  @Test func aNetworkOfOneNeuron() {
    var network = BoundaryNetwork(hidden: [1], seed: 0)
    network.parameters = [2, -1, 0.5, 3, -1]
    let t = tanh(2 * 0.25 - 0.75 + 0.5)
    #expect(abs(network.logits([0.25, 0.75])[0] - (3 * t - 1)) < 1e-14)
    let slope = 3 * (1 - t * t)
    let gradient = network.inputGradients([0.25, 0.75])
    #expect(abs(gradient[0] - 2 * slope) < 1e-14 && abs(gradient[1] + slope) < 1e-14)
  }

  @Test func manyTangentsHyperbolic() {
    var values = stride(from: -30.0, through: 30, by: 0.037).map { $0 } + [0, -0.0, 1e-300, 19.99, 700]
    let expected = values.map { tanh($0) }
    BoundaryNetwork.tanh(&values)
    for (own, right) in zip(values, expected) { #expect(abs(own - right) <= 0x1p-51) }
    var odd = [Double.nan, .infinity]
    BoundaryNetwork.tanh(&odd)
    #expect(odd[0].isNaN && odd[1].isNaN)
  }
}
