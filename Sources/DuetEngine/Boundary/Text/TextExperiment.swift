// The comparison of issue 6 for texts: n reviews with their edits against n, 2n and 4n reviews without. Pure
// functions; any thread, not the main one; stops when its task is cancelled.

import Foundation

/// Accuracy of one way to learn over all seeds, in percent.
public struct TextResult: Sendable, Equatable, Codable {
  public let name: String
  public let accuracy: Double
  /// Of the mean: standard deviation over seeds / sqrt(seeds).
  public let standardError: Double
  public let reviews: Int
  public let edits: Int
}

public struct TextExperiment: Sendable {
  /// What stands in the place of a person's edits.
  public enum Edits: String, Sendable, CaseIterable {
    /// The edited copies of the file.
    case oracle
    /// Edits of other reviews of the same label: text that changes, but not because of the meaning of this one.
    case random
    case none
  }

  public struct Outcome: Sendable, Equatable, Codable {
    public let results: [TextResult]
    public let points: Int
    public let seeds: Int
    public let mode: TextMode
    public let testReviews: Int
    public let unlabelledTexts: Int
    public let terms: Int
    public let dimension: Int
  }

  public var points = 50
  public var mode = TextMode.standard
  public var edits = Edits.oracle
  public var seeds = 20

  public init(points: Int = 50, mode: TextMode = .standard, edits: Edits = .oracle, seeds: Int = 20) {
    (self.points, self.mode, self.edits, self.seeds) = (points, mode, edits, seeds)
  }

  /// - Parameters:
  ///   - training: reviews with edits to draw from. All its original texts, without labels, shape the features.
  ///   - test: reviews to measure on; their edits are left aside.
  ///   - progress: called after each seed with the number of seeds that are done.
  /// - Throws: `TextError`; `CancellationError`.
  public func run(
    training: TextSet, test: TextSet, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Outcome {
    let pairs = training.reviews.filter { $0.edit != nil }
    guard pairs.count >= points, points > 1 else { throw TextError.tooFewReviews(needed: max(points, 2), found: pairs.count) }
    guard training.reviews.count >= 4 * points else {
      throw TextError.tooFewReviews(needed: 4 * points, found: training.reviews.count)
    }
    guard training.labels == test.labels else {
      throw TextError.wrongLabelCount(name: test.name, found: Array(Set(training.labels + test.labels)).sorted())
    }
    let features = try TextFeatures(fittedOn: training.reviews.map(\.text))
    let pool = training.reviews.map { ReviewPoints($0, features) }
    let asked = test.reviews.map { ReviewPoints(label: $0.label, point: features.point($0.text), edit: nil) }
    let runs = LinearAlgebra.inParallel(seeds) { seed in
      Result { () throws -> [String: Double] in
        let accuracies = try run(seed: UInt64(seed), pool, asked)
        progress(seed + 1)
        return accuracies
      }
    }
    let accuracies = try runs.map { try $0.get() }
    let results = arms.map { arm in
      let values = accuracies.compactMap { $0[arm.name] }
      return TextResult(
        name: arm.name, accuracy: Self.mean(values), standardError: Self.standardError(values),
        reviews: arm.reviews, edits: arm.edits == .none || arm.mode == .originals ? 0 : arm.reviews)
    }
    return Outcome(
      results: results, points: points, seeds: seeds, mode: mode, testReviews: asked.count,
      unlabelledTexts: training.reviews.count, terms: features.termCount, dimension: features.dimension)
  }

  private struct Arm {
    let name: String
    let reviews: Int
    let mode: TextMode
    let edits: Edits
  }

  private var arms: [Arm] {
    var arms = [
      Arm(name: "CE(n)", reviews: points, mode: .originals, edits: .none),
      Arm(name: "CE(2n)", reviews: 2 * points, mode: .originals, edits: .none),
      Arm(name: "CE(4n)", reviews: 4 * points, mode: .originals, edits: .none),
    ]
    guard edits != .none, mode != .originals else { return arms }
    arms.append(Arm(name: mode.rawValue, reviews: points, mode: mode, edits: edits))
    if edits != .random { arms.append(Arm(name: "\(mode.rawValue), random edits", reviews: points, mode: mode, edits: .random)) }
    return arms
  }

  private func run(seed: UInt64, _ pool: [ReviewPoints], _ asked: [ReviewPoints]) throws -> [String: Double] {
    var random = SplitMix64(seed: seed)
    let order = random.permutation(pool.count)
    // Those with edits come first, so that every arm begins with the same reviews.
    let chosen = order.filter { pool[$0].edit != nil }.prefix(points)
    let others = order.filter { !Set(chosen).contains($0) }
    let reviews = (chosen + others).prefix(4 * points).map { pool[$0] }
    var accuracies: [String: Double] = [:]
    for arm in arms {
      let own = arm.edits == .random
        ? Self.exchangingEdits(Array(reviews.prefix(arm.reviews)), &random) : Array(reviews.prefix(arm.reviews))
      let head = try TextTraining(mode: arm.mode, seed: seed).head(for: own)
      let right = asked.filter { (head.score($0.point) > 0) == ($0.label == 1) }.count
      accuracies[arm.name] = 100 * Double(right) / Double(asked.count)
    }
    return accuracies
  }

  /// Every review gets the edit of another one of its label.
  private static func exchangingEdits(_ reviews: [ReviewPoints], _ random: inout SplitMix64) -> [ReviewPoints] {
    var result = reviews
    for label in [0, 1] {
      let own = reviews.indices.filter { reviews[$0].label == label }
      let order = random.permutation(own.count).map { own[$0] }
      for (place, index) in order.enumerated() {
        let other = order[(place + 1) % order.count]
        result[index] = ReviewPoints(label: label, point: reviews[index].point, edit: reviews[other].edit)
      }
    }
    return result
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }

  static func standardError(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = mean(values)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    return (variance / Double(values.count)).squareRoot()
  }
}
