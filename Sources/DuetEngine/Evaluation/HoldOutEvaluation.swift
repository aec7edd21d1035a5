// Train on a few random photos of every category, test on photos kept apart, several times over: how good
// would a model be that somebody makes from so few photos? Pure functions; any thread.

/// The protocol of `duet evaluate --per-category`.
///
/// In each round the photos of every category are shuffled; the first `perCategory` are trained on, those
/// after the first `holdOutAfter` are tested on, so that rounds with different `perCategory` and the same
/// seed are tested on the same photos.
public struct HoldOutEvaluation: Sendable {
  /// What `holdOutAfter` is where it is left out and a category has more photos than that.
  public static let standardHoldOut = 50

  public let perCategory: Int
  public let repeats: Int
  public let seed: UInt64
  /// Nil: `standardHoldOut`, or `perCategory` in a category that would have nothing left to test.
  public let holdOutAfter: Int?

  /// - Precondition: `perCategory` and `repeats` at least 1, `holdOutAfter` at least `perCategory`.
  public init(perCategory: Int, repeats: Int = 1, seed: UInt64 = 0, holdOutAfter: Int? = nil) {
    precondition(perCategory >= 1 && repeats >= 1 && (holdOutAfter ?? perCategory) >= perCategory)
    self.perCategory = perCategory
    self.repeats = repeats
    self.seed = seed
    self.holdOutAfter = holdOutAfter
  }

  /// - Throws: `EvaluationError` when a category cannot give photos to both sides; `TrainingError`.
  public func run(_ set: TrainingSet, kind: ClassifierKind = .standard) throws -> EvaluationReport {
    var random = SplitMix64(seed: seed)
    let rounds = try (0..<repeats).map { _ in
      let split = try split(set, &random)
      return try set.check(training: split.training, testing: split.testing, kind: kind)
    }
    return EvaluationReport(rounds: rounds, categories: set.categories.count)
  }

  /// Rows to train and to test on, in one round.
  func split(_ set: TrainingSet, _ random: inout SplitMix64) throws -> (training: [Int], testing: [Int]) {
    var training: [Int] = []
    var testing: [Int] = []
    for (label, category) in set.categories.enumerated() {
      let rows = set.labels.indices.filter { set.labels[$0] == label }
      let shuffled = random.permutation(rows.count).map { rows[$0] }
      let standard = max(perCategory, Self.standardHoldOut)
      let border = holdOutAfter ?? (rows.count > standard ? standard : perCategory)
      guard rows.count > border else { throw EvaluationError.tooFewPhotos(category: category, needed: border + 1) }
      training += shuffled.prefix(perCategory)
      testing += shuffled.dropFirst(border)
    }
    return (training, testing)
  }
}

extension TrainingSet {
  /// The rows `indices` of this set, in that order, with the counterfactuals of their photos and of no others.
  func rows(_ indices: [Int]) -> TrainingSet {
    var chosen: [Float] = []
    chosen.reserveCapacity(indices.count * dimension)
    for row in indices { chosen += features[row * dimension..<(row + 1) * dimension] }
    let photos = indices.map { self.photos[$0] }
    let present = Set(photos)
    return TrainingSet(
      categories: categories, photos: photos, labels: indices.map { labels[$0] }, features: chosen,
      dimension: dimension, counterfactuals: counterfactuals.filter { present.contains($0.photo) })
  }

  /// Trains on some rows and asks about others.
  func check(training: [Int], testing: [Int], kind: ClassifierKind) throws -> [CheckedAnswer] {
    let model = try Trainer.train(rows(training), kind: kind)
    let places = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1, $0) })
    return testing.map { row in
      var probabilities = [Double](repeating: 0, count: categories.count)
      let bars = model.probabilities(Array(features[row * dimension..<(row + 1) * dimension]))
      for (category, probability) in zip(model.categories, bars) {
        if let place = places[category] { probabilities[place] = probability }
      }
      return CheckedAnswer(truth: labels[row], probabilities: probabilities)
    }
  }
}
