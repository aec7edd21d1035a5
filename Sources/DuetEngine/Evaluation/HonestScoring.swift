// Makes the honest score: cross-validation with the project's own trainer on cached features. Photos that are copies
// of each other are always on one side. Pure functions; any thread, stops when its task is cancelled.

import Foundation

/// Training rows with the knowledge of which are copies of each other.
public struct GroupedSet: Sendable {
  public let set: TrainingSet
  /// A group number for every row; rows with the same one are copies.
  public let groups: [Int]

  public init(_ set: TrainingSet, groups: [Int]) {
    precondition(groups.count == set.photos.count)
    self.set = set
    self.groups = groups
  }

  /// - Parameter copies: what the search for copies found; rows with equal features are copies in any case.
  public init(_ set: TrainingSet, copies: NearCopies) {
    let rowOf = Dictionary(uniqueKeysWithValues: set.photos.enumerated().map { ($1, $0) })
    var sets = DisjointSets(count: set.photos.count)
    for group in copies.groups {
      let rows = group.compactMap { rowOf[$0] }
      for row in rows.dropFirst() { sets.unite(rows[0], row) }
    }
    // Both ends of a pair show the same scene.
    for case (let photo, .labelled(let end)) in set.counterfactuals.map({ ($0.photo, $0.meaning) }) {
      if let first = rowOf[photo], let second = rowOf[end] { sets.unite(first, second) }
    }
    var seen: [ArraySlice<Float>: Int] = [:]
    for row in set.photos.indices {
      let features = set.features[row * set.dimension..<(row + 1) * set.dimension]
      if let first = seen[features] { sets.unite(first, row) } else { seen[features] = row }
    }
    self.init(set, groups: set.photos.indices.map { sets.root(of: $0) })
  }

  /// Some rows, in that order.
  func rows(_ indices: [Int]) -> GroupedSet { GroupedSet(set.rows(indices), groups: indices.map { groups[$0] }) }

  /// How many different photos each category has.
  var differentPhotos: [Int] {
    self.set.categories.indices.map { label in
      Set(groups.indices.filter { self.set.labels[$0] == label }.map { groups[$0] }).count
    }
  }
}

public struct HonestScoring: Sendable {
  /// Parts into which each category is dealt out.
  public static let folds = 5
  /// Different photos that each category needs, so that every part has one.
  public static let fewestPhotos = 5

  /// Equal numbers of photos are trained on, as ``Balancing`` chooses them.
  public var isBalanced: Bool
  public var seed: UInt64

  public init(isBalanced: Bool = false, seed: UInt64 = 0) {
    self.isBalanced = isBalanced
    self.seed = seed
  }

  /// - Throws: `CancellationError`; `TrainingError.damagedFeatures`.
  public func run(_ grouped: GroupedSet) throws -> ScoreResult {
    let set = grouped.set
    if let obstacle = Self.obstacle(grouped) { return obstacle }
    let folds = assignment(grouped)
    let weights = Self.weights(grouped)
    var answers: [HonestScore.Answer] = []
    for fold in 0..<Self.folds {
      try Task.checkCancellation()
      var training = grouped.rows(folds.indices.filter { folds[$0] != fold })
      if isBalanced { training = Balancing.equalCounts(training, seed: seed) }
      let model = try Trainer.train(training.set)
      for row in folds.indices where folds[row] == fold {
        try Task.checkCancellation()
        let features = Array(set.features[row * set.dimension..<(row + 1) * set.dimension])
        let bars = model.probabilities(features)
        let best = bars.indexOfLargest
        answers.append(
          HonestScore.Answer(
            photo: set.photos[row], category: set.categories[set.labels[row]], answer: model.categories[best],
            confidence: bars[best], weight: weights[row]))
      }
    }
    let present = Set(set.labels)
    return .score(
      HonestScore(
        categories: set.categories.enumerated().filter { present.contains($0.offset) }.map(\.element), answers: answers))
  }

  private static func obstacle(_ grouped: GroupedSet) -> ScoreResult? {
    let present = Set(grouped.set.labels)
    guard present.count >= 2 else { return .tooFewCategories }
    let counts = grouped.differentPhotos.enumerated().filter { present.contains($0.offset) }
    guard let least = counts.min(by: { ($0.element, $0.offset) < ($1.element, $1.offset) }),
      least.element < fewestPhotos
    else { return nil }
    return .tooFewPhotos(category: grouped.set.categories[least.offset], has: least.element, needed: fewestPhotos)
  }

  /// The fold of every row. Each category deals its groups out in random order; a group that spans categories goes
  /// with the one that comes first.
  func assignment(_ grouped: GroupedSet) -> [Int] {
    var random = SplitMix64(seed: seed)
    var foldOf: [Int: Int] = [:]
    for label in grouped.set.categories.indices {
      var own: [Int] = []
      var seen: Set<Int> = []
      for row in grouped.groups.indices where grouped.set.labels[row] == label {
        let group = grouped.groups[row]
        if foldOf[group] == nil, seen.insert(group).inserted { own.append(group) }
      }
      for (place, index) in random.permutation(own.count).enumerated() { foldOf[own[index]] = place % Self.folds }
    }
    return grouped.groups.map { foldOf[$0] ?? 0 }
  }

  /// 1 / how often a photo is in its category.
  private static func weights(_ grouped: GroupedSet) -> [Double] {
    struct Key: Hashable {
      let group: Int
      let label: Int
    }
    let keys = zip(grouped.groups, grouped.set.labels).map { Key(group: $0, label: $1) }
    let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
    return keys.map { 1 / Double(counts[$0] ?? 1) }
  }
}
