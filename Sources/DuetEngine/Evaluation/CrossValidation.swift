// k-fold cross-validation on all photos of a project, copies and near-copies of a photo kept in one fold:
// otherwise a burst of the same cup would be tested with its own twins. Pure functions; any thread.

/// The protocol of `duet evaluate` without a number, and the score that `duet train` reports.
public struct CrossValidation: Sendable {
  public let folds: Int
  public let seed: UInt64

  /// - Precondition: at least 2 folds.
  public init(folds: Int = 5, seed: UInt64 = 0) {
    precondition(folds >= 2)
    self.folds = folds
    self.seed = seed
  }

  /// Every photo is tested once by a model that was trained without its fold. Categories whose photos are
  /// all the same one are trained on and not tested.
  /// - Throws: `EvaluationError.nothingToHoldOut`; `TrainingError`.
  public func run(_ set: TrainingSet, kind: ClassifierKind = .standard) throws -> EvaluationReport {
    guard Set(set.labels).count >= 2 else { throw EvaluationError.nothingToHoldOut }
    let assigned = assignment(set)
    guard Set(assigned.indices.filter { assigned[$0] >= 0 }.map { set.labels[$0] }).count >= 2 else {
      throw EvaluationError.nothingToHoldOut
    }
    let rounds = try (0..<folds).map { fold in
      let testing = assigned.indices.filter { assigned[$0] == fold }
      guard !testing.isEmpty else { return [CheckedAnswer]() }
      return try set.check(training: assigned.indices.filter { assigned[$0] != fold }, testing: testing, kind: kind)
    }
    return EvaluationReport(rounds: rounds, categories: set.categories.count)
  }

  /// The fold of every row, -1 for rows that are never tested. Each category deals its groups out in random
  /// order; a group with photos in several categories goes with its first photo.
  func assignment(_ set: TrainingSet) -> [Int] {
    let groups = NearDuplicates.groups(set)
    var random = SplitMix64(seed: seed)
    var foldOfGroup: [Int: Int] = [:]
    for label in set.categories.indices {
      var own: [Int] = []
      for row in groups.indices where groups[row] == row && set.labels[row] == label { own.append(row) }
      let order = random.permutation(own.count)
      guard own.count > 1 else { continue }
      for (place, index) in order.enumerated() { foldOfGroup[own[index]] = place % folds }
    }
    return groups.map { foldOfGroup[$0] ?? -1 }
  }
}

/// Photos that are the same one for the purpose of testing.
enum NearDuplicates {
  /// Cosine of the features from which on two photos are taken for one: a burst, a copy, another crop.
  static let cosine: Float = 0.995

  /// For every row the first row of its group; a group is what a chain of near-copies connects.
  static func groups(_ set: TrainingSet) -> [Int] {
    let count = set.photos.count
    let cosines = GramMatrix.dotProducts(of: set.features, count: count, dimension: set.dimension).cosines()
    var sets = DisjointSets(count: count)
    for a in 0..<count {
      for b in 0..<a where cosines[a, b] > cosine { sets.unite(a, b) }
    }
    return (0..<count).map { sets.root(of: $0) }
  }
}
