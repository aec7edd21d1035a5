// The comparison that `duet boundary run` prints: what arrows are worth beside labels. Pure; runs on all cores; any
// thread but the main one, as it takes seconds.

import Foundation

/// One line of a comparison: a way of training, its accuracy over the repetitions, and how much that is above the first
/// line's, repetition by repetition.
public struct ComparisonRow: Sendable, Equatable, Encodable {
  /// `ce_n`, `ce_2n`, `mode`, `mode_random`, `mode_noisy30`.
  public let name: String
  /// What a person reads.
  public let title: String
  /// 0...1.
  public let accuracy: Double
  public let standardError: Double
  public let difference: Double
  public let differenceStandardError: Double
  /// One accuracy a repetition.
  public let accuracies: [Double]

  enum CodingKeys: String, CodingKey {
    case name, title, accuracy, difference, accuracies
    case standardError = "standard_error"
    case differenceStandardError = "difference_standard_error"
  }

  public init(name: String, title: String, accuracies: [Double], over first: [Double]) {
    self.name = name
    self.title = title
    self.accuracies = accuracies
    (accuracy, standardError) = Self.meanAndError(accuracies)
    (difference, differenceStandardError) = Self.meanAndError(zip(accuracies, first).map { $0 - $1 })
  }

  /// The mean and its standard error (the sample's standard deviation over the root of the count; 0 for one value).
  static func meanAndError(_ values: [Double]) -> (mean: Double, error: Double) {
    guard !values.isEmpty else { return (0, 0) }
    let mean = values.reduce(0, +) / Double(values.count)
    guard values.count > 1 else { return (mean, 0) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1) / Double(values.count)).squareRoot())
  }
}

public struct BoundaryComparison: Sendable, Equatable {
  /// Fresh points that each repetition is measured on.
  public static let testCount = ComparisonDraw.testCount

  public var kind: PointSetKind
  /// n, labelled points.
  public var points: Int
  /// The chosen mode and its arrows.
  public var settings: BoundarySettings
  public var arrows: ArrowTurn
  public var markKind: Mark.Kind
  public var seeds: Int
  public var firstSeed: UInt64
  public var epochs: Int

  public static let standardEpochs = 300

  public init(
    _ kind: PointSetKind, points: Int = 10, settings: BoundarySettings = BoundarySettings(),
    arrows: ArrowTurn = .oracle, markKind: Mark.Kind = .becomesOther, seeds: Int = 60, firstSeed: UInt64 = 0,
    epochs: Int = BoundaryComparison.standardEpochs
  ) {
    self.kind = kind
    self.points = points
    self.settings = settings.sanitised
    self.arrows = arrows
    self.markKind = markKind
    self.seeds = seeds
    self.firstSeed = firstSeed
    self.epochs = epochs
  }

  /// A way of training: how many labels, which loss, which arrows.
  private struct Way: Sendable {
    let name: String
    let title: String
    let labels: Int
    let loss: BoundaryLoss
    let arrows: ArrowTurn
  }

  private var ways: [Way] {
    let mode = settings.loss
    return [
      Way(
        name: "ce_n", title: L("{count} labels", ["count": points]), labels: points, loss: .crossEntropy,
        arrows: .none),
      Way(
        name: "ce_2n", title: L("{count} labels", ["count": 2 * points]), labels: 2 * points, loss: .crossEntropy,
        arrows: .none),
      Way(
        name: "mode", title: L("{mode}, arrows: {arrows}", ["mode": mode.title, "arrows": arrows.title]),
        labels: points, loss: mode, arrows: arrows),
      Way(
        name: "mode_random",
        title: L("{mode}, arrows: {arrows}", ["mode": mode.title, "arrows": ArrowTurn.random.title]),
        labels: points, loss: mode, arrows: .random),
      Way(
        name: "mode_noisy30",
        title: L("{mode}, arrows: {arrows}", ["mode": mode.title, "arrows": ArrowTurn.noisy30.title]),
        labels: points, loss: mode, arrows: .noisy30),
    ]
  }

  /// Accuracy on ``ComparisonDraw/testCount`` fresh points of every repetition. All ways of one repetition see the same
  /// points and start from the same weights.
  ///
  /// - Throws: ``BoundaryError/diverged``.
  public func run() throws(BoundaryError) -> [ComparisonRow] {
    let ways = ways
    let results = LinearAlgebra.inParallel(seeds) { index in
      ways.map { self.accuracy($0, seed: self.firstSeed &+ UInt64(index)) }
    }
    var rows: [ComparisonRow] = []
    for (place, way) in ways.enumerated() {
      let accuracies = results.compactMap { $0[place] }
      guard accuracies.count == results.count else { throw .diverged }
      rows.append(
        ComparisonRow(
          name: way.name, title: way.title, accuracies: accuracies, over: rows.first?.accuracies ?? accuracies))
    }
    return rows
  }

  /// Nil where the numbers became endless.
  private func accuracy(_ way: Way, seed: UInt64) -> Double? {
    let draw = ComparisonDraw(kind, n: points, seed: seed)
    let set = draw.set(labels: way.labels)
    var settings = settings
    settings.loss = way.loss
    settings.seed = seed
    let marks = draw.marks(way.arrows, kind: markKind, seed: seed)
    let objective = BoundaryObjective(set, marks: marks, settings: settings)
    var training = BoundaryTraining(settings)
    for _ in 0..<epochs {
      guard training.advance(objective, learningRate: settings.learningRate).isFinite else { return nil }
    }
    return training.accuracy(on: set.test, of: set)
  }
}

extension ArrowTurn {
  public var title: String {
    switch self {
    case .none: L("none")
    case .oracle: L("of one who knows")
    case .random: L("at random")
    case .noisy30: L("30 degrees off")
    }
  }
}
