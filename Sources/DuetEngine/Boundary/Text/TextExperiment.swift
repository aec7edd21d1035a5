// What edits are worth beside labels: n reviews with their edits against n, 2n and 4n reviews without. Pure functions;
// any thread, not the main one.

import Foundation
import Synchronization

public struct TextExperiment: Sendable {
  /// What stands in the place of a person's edits.
  public enum Edits: String, Sendable, CaseIterable {
    /// The edited copies of the file.
    case oracle
    /// Changes of the same size in directions by lot.
    case random
    case none
    /// The edits, turned by a normal angle with a standard deviation of 30 degrees in a direction by lot.
    case noisy30
  }

  public struct Outcome: Sendable, Equatable {
    /// `ce_n`, `ce_2n`, `ce_4n`, `mode`, `mode_random`, `mode_noisy30`; accuracies from 0 to 1.
    public let rows: [ComparisonRow]
    public let testCount: Int
    /// Texts whose words, without labels, shaped the features.
    public let unlabelledCount: Int
    public let terms: Int
    public let dimension: Int
  }

  public var points = TextExperiment.standardPoints
  public var mode = TextMode.standard
  public var edits = Edits.oracle
  public var seeds = TextExperiment.standardSeeds
  public var firstSeed: UInt64 = 0
  public var dimension = TextFeatures.standardDimension

  public static let standardPoints = 50
  public static let standardSeeds = 20

  public init(
    points: Int = TextExperiment.standardPoints, mode: TextMode = .standard, edits: Edits = .oracle,
    seeds: Int = TextExperiment.standardSeeds, firstSeed: UInt64 = 0, dimension: Int = TextFeatures.standardDimension
  ) {
    (self.points, self.mode, self.edits, self.seeds, self.firstSeed) = (points, mode, edits, seeds, firstSeed)
    self.dimension = dimension
  }

  /// - Parameters:
  ///   - training: reviews with edits to draw from. All its original texts, without labels, shape the features.
  ///   - test: reviews to measure on; their edits are left aside.
  ///   - progress: called after each seed with the number of seeds that are done.
  /// - Throws: `TextError`.
  public func run(
    training: TextSet, test: TextSet, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> Outcome {
    let pairs = training.reviews.filter { $0.edit != nil }
    let needed = edits == .none || mode == .originals ? 2 : max(points, 2)
    guard pairs.count >= needed || needed == 2 else {
      throw TextError.tooFewReviews(needed: needed, found: pairs.count)
    }
    guard training.reviews.count >= 4 * points else {
      throw TextError.tooFewReviews(needed: 4 * points, found: training.reviews.count)
    }
    guard training.labels == test.labels else {
      throw TextError.wrongLabelCount(name: test.name, found: Array(Set(training.labels + test.labels)).sorted())
    }
    let features = try TextFeatures(fittedOn: training.reviews.map(\.text), dimension: dimension)
    let pool = training.reviews.map { ReviewPoints($0, features) }
    let asked = test.reviews.map { ReviewPoints(label: $0.label, point: features.point($0.text), edit: nil) }
    let arms = arms
    let done = Mutex(0)
    let runs = LinearAlgebra.inParallel(seeds) { number in
      Result { () throws -> [Double] in
        let accuracies = try run(arms, seed: firstSeed &+ UInt64(number), pool, asked)
        progress(done.withLock { count in
          count += 1
          return count
        })
        return accuracies
      }
    }
    let accuracies = try runs.map { try $0.get() }
    let rows = arms.indices.map { arm in
      ComparisonRow(
        name: arms[arm].name, title: arms[arm].title, accuracies: accuracies.map { $0[arm] },
        over: accuracies.map { $0[0] })
    }
    return Outcome(
      rows: rows, testCount: asked.count, unlabelledCount: training.reviews.count, terms: features.termCount,
      dimension: features.dimension)
  }

  private struct Arm {
    let name: String
    let title: String
    let reviews: Int
    let mode: TextMode
    let edits: Edits
  }

  private var arms: [Arm] {
    func plain(_ name: String, _ count: Int) -> Arm {
      Arm(
        name: name, title: LN("{count} review without edits", "{count} reviews without edits", count), reviews: count,
        mode: .originals, edits: .none)
    }
    func edited(_ name: String, _ title: String, _ edits: Edits) -> Arm {
      Arm(name: name, title: title, reviews: points, mode: mode, edits: edits)
    }
    let without = [plain("ce_n", points), plain("ce_2n", 2 * points), plain("ce_4n", 4 * points)]
    guard edits != .none, mode != .originals else { return without }
    let values: LocalisedValues = ["count": points, "mode": mode.rawValue]
    let chosen = edits == .random ? L("{count} reviews with changes by lot ({mode})", values)
      : L("{count} reviews with their edits ({mode})", values)
    guard edits == .oracle else { return without + [edited("mode", chosen, edits)] }
    return without + [
      edited("mode", chosen, .oracle), edited("mode_random", L("the same with changes by lot"), .random),
      edited("mode_noisy30", L("the same with edits turned by 30 degrees"), .noisy30),
    ]
  }

  /// The accuracy of every arm.
  private func run(
    _ arms: [Arm], seed: UInt64, _ pool: [ReviewPoints], _ asked: [ReviewPoints]
  ) throws -> [Double] {
    var random = SplitMix64(seed: seed)
    let order = random.permutation(pool.count)
    // Those with edits come first, so that every arm begins with the same reviews.
    let needsEdits = arms.contains { $0.edits != .none }
    let chosen = order.filter { !needsEdits || pool[$0].edit != nil }.prefix(points)
    let isChosen = Set(chosen)
    let reviews = (chosen + order.filter { !isChosen.contains($0) }).prefix(4 * points).map { pool[$0] }
    return try arms.map { arm in
      let own = reviews.prefix(arm.reviews).map { Self.changed($0, arm.edits, &random) }
      let head = try TextTraining(mode: arm.mode, seed: seed).head(for: own)
      let right = asked.count { (head.score($0.point) > 0) == ($0.label == 1) }
      return Double(right) / Double(asked.count)
    }
  }

  /// A review with what stands in the place of its edit.
  static func changed(_ review: ReviewPoints, _ edits: Edits, _ random: inout SplitMix64) -> ReviewPoints {
    guard let edit = review.edit, edits != .oracle else { return review }
    guard edits != .none else { return ReviewPoints(label: review.label, point: review.point, edit: nil) }
    let change = zip(edit, review.point).map { $0 - $1 }
    let length = change.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return review }
    let along = change.map { $0 / length }
    var across = change.map { _ in random.normal() }
    let angle: Double
    if edits == .random {
      angle = .pi / 2
    } else {
      let share = zip(across, along).reduce(0) { $0 + $1.0 * $1.1 }
      across = zip(across, along).map { $0 - share * $1 }
      angle = .pi / 6 * random.normal()
    }
    let width = across.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard width > 0 else { return review }
    let turned = zip(along, across).map { length * (cos(angle) * $0 + sin(angle) * $1 / width) }
    return ReviewPoints(label: review.label, point: review.point, edit: zip(review.point, turned).map(+))
  }
}
