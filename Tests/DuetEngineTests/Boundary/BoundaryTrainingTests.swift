// Training: the same every time, the same with and without a pause or a file between, and it learns.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct BoundaryTrainingTests {
  private let set = PointSet.made(PointSetRecipe(.xor, count: 60, seed: 4))
  private var settings: BoundarySettings { BoundarySettings(loss: .thesisSoftplus(.medium), hidden: [12], members: 3) }
  private var marks: [Mark] { self.set.training.prefix(4).map { Mark(point: $0.id, delta: [0.8, 0.1]) } }

  @Test func aPauseChangesNothing() throws {
    var whole = BoundaryTraining(settings)
    let figures = try whole.run(40, on: set, marks: marks, settings: settings)
    var parts = BoundaryTraining(settings)
    var collected: [EpochFigures] = []
    for count in [1, 13, 6] { collected += try parts.run(count, on: set, marks: marks, settings: settings) }
    let file = try BoundaryJSON.encoder(readable: false).encode(parts)
    var resumed = try BoundaryJSON.decoder.decode(BoundaryTraining.self, from: file)
    #expect(resumed == parts)
    collected += try resumed.run(20, on: set, marks: marks, settings: settings)
    #expect(resumed == whole)
    #expect(collected == figures)
    #expect(whole.epoch == 40)
  }

  @Test func theSeedDecides() throws {
    #expect(BoundaryTraining(settings) == BoundaryTraining(settings))
    var other = settings
    other.seed = 1
    #expect(BoundaryTraining(settings) != BoundaryTraining(other))
    let networks = BoundaryTraining(settings).networks
    #expect(Set(networks.map { $0.parameters[0] }).count == 3)
  }

  @Test(arguments: PointSetKind.allCases) func learns(_ kind: PointSetKind) throws {
    let set = PointSet.made(PointSetRecipe(kind, count: 100, seed: 1))
    let settings = BoundarySettings(loss: .crossEntropy, hidden: [40])
    var training = BoundaryTraining(settings)
    let figures = try training.run(200, on: set, marks: [], settings: settings)
    let (first, last) = (try #require(figures.first), try #require(figures.last))
    #expect(last.loss < 0.5 * first.loss && last.trainAccuracy >= 0.95)
    #expect(try #require(last.testAccuracy) >= 0.85)
  }

  /// One Adam step by hand: m / (1 - b1) = g, v / (1 - b2) = g², so the step is the rate times the sign.
  @Test func adamTakesItsFirstStepByTheSign() {
    var optimiser = AdamOptimiser(count: 3)
    var parameters = [1.0, 1, 1]
    optimiser.step(&parameters, gradient: [0.5, -4, 0], learningRate: 0.1)
    #expect(abs(parameters[0] - 0.9) < 1e-7 && abs(parameters[1] - 1.1) < 1e-7 && parameters[2] == 1)
    // Second step, g = (0.5, 4, 0): m̂ = (0.5, (0.9·-4 + 4) / 1.9, 0), v̂ = (0.25, 16, 0).
    optimiser.step(&parameters, gradient: [0.5, 4, 0], learningRate: 0.1)
    #expect(abs(parameters[0] - 0.8) < 1e-7 && abs(parameters[1] - (1.1 - 0.1 * (0.4 / 1.9) / 4)) < 1e-7)
  }

  @Test func whatCannotBeTrainedOnIsSaid() {
    var training = BoundaryTraining(settings)
    #expect(throws: BoundaryError.noPoints) {
      try training.step(on: PointSet(name: ""), marks: [], settings: settings)
    }
    let one = PointSet(name: "", labelNames: ["Cat", "Dog"], points: [BoundaryPoint(id: 0, x: [0, 0], label: 1)])
    #expect(throws: BoundaryError.oneLabel(name: "Dog")) { try training.step(on: one, marks: [], settings: settings) }
  }

  @Test func runningAwayLeavesTheTrainingAsItWas() throws {
    var training = BoundaryTraining(settings)
    var settings = settings
    settings.learningRate = .infinity
    let before = training
    #expect(throws: BoundaryError.diverged) { try training.run(3, on: set, marks: [], settings: settings) }
    #expect(training == before)
  }

  @Test func theFieldIsTheNetworkOnAGrid() throws {
    var training = BoundaryTraining(settings)
    _ = try training.run(5, on: set, marks: [], settings: settings)
    let bounds = BoundaryBounds(minX: -1, maxX: 2, minY: 0, maxY: 4)
    let field = training.field(bounds, columns: 4, rows: 3, of: set)
    #expect(field.logit.count == 12 && field.spread.count == 12)
    #expect(field.logit[2 * 4 + 1] == Float(training.logits([0, 4])[0]))
    let probabilities = training.networks.map { Logistic.probability($0.logits([2, 0])[0]) }
    let mean = probabilities.reduce(0, +) / 3
    let deviation = (probabilities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
    #expect(abs(Double(field.spread[3]) - deviation) < 1e-6 && deviation > 0)
  }

  @Test func curvesKeepTheirEndsAndStayShort() {
    var curves = Curves()
    for epoch in 1...9_001 {
      curves.append(
        EpochFigures(epoch: epoch, loss: 1, trainAccuracy: 1, testLoss: nil, testAccuracy: nil, objective: 1))
    }
    #expect(curves.figures.count <= Curves.mostPoints && curves.figures.count > Curves.mostPoints / 4)
    #expect(curves.last?.epoch == 9_001)
    let epochs = curves.figures.dropLast().map(\.epoch)
    #expect(zip(epochs, epochs.dropFirst()).allSatisfy { $1 - $0 == curves.stride })
  }
}
