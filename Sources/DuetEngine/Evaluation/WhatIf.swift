// "What if?": the score of a throw-away copy of the photos, beside the score of the photos as they are. Nothing of it
// touches the project. Pure functions; any thread, stops when its task is cancelled.

import Foundation

/// A change that can be tried without making it.
public enum WhatIf: Sendable, Hashable, Codable {
  /// As many photos of each category as the smallest one has.
  case equalCounts
  case without(CategoryID)
  /// Both as one category.
  case merged(CategoryID, CategoryID)
  /// Every second photo of each category, by lot: does it still learn enough, would more help?
  case halfThePhotos

  /// What a person reads on the card.
  /// - Parameter name: what a category is called.
  public func question(name: (CategoryID) -> String) -> String {
    switch self {
    case .equalCounts: L("What if every category had as many photos as the smallest?")
    case .without(let category): L("What if there were no “{name}”?", ["name": name(category)])
    case .merged(let first, let second):
      L("What if “{first}” and “{second}” were one category?", ["first": name(first), "second": name(second)])
    case .halfThePhotos: L("What if there were only half the photos?")
    }
  }

  /// The photos as they would be. Categories that are not there change nothing.
  public func applied(to grouped: GroupedSet, seed: UInt64 = 0) -> GroupedSet {
    switch self {
    case .equalCounts: Balancing.equalCounts(grouped, seed: seed)
    case .without(let category): grouped.without(category)
    case .merged(let first, let second): grouped.merging(second, into: first)
    case .halfThePhotos: grouped.half(seed: seed)
    }
  }
}

/// Two scores, side by side.
public struct WhatIfOutcome: Sendable, Equatable {
  public let question: WhatIf
  public let before: ScoreResult
  public let after: ScoreResult

  /// After minus before, in percentage points; nil where one of them is no number.
  public var change: Double? {
    guard let before = before.score, let after = after.score else { return nil }
    return (after.share - before.share) * 100
  }

  public init(question: WhatIf, before: ScoreResult, after: ScoreResult) {
    self.question = question
    self.before = before
    self.after = after
  }

  /// - Parameter before: the score of the photos as they are, where it is known already.
  /// - Throws: `CancellationError`; `TrainingError`.
  public static func run(
    _ question: WhatIf, on grouped: GroupedSet, before: ScoreResult? = nil, scoring: HonestScoring = HonestScoring()
  ) throws -> WhatIfOutcome {
    let after = try scoring.run(question.applied(to: grouped, seed: scoring.seed))
    return WhatIfOutcome(question: question, before: try before ?? scoring.run(grouped), after: after)
  }
}

extension GroupedSet {
  fileprivate func without(_ category: CategoryID) -> GroupedSet {
    guard let gone = set.categories.firstIndex(of: category) else { return self }
    let rows = set.labels.indices.filter { set.labels[$0] != gone }
    return relabelled(rows) { $0 > gone ? $0 - 1 : $0 }.keeping(set.categories.filter { $0 != category })
  }

  fileprivate func merging(_ second: CategoryID, into first: CategoryID) -> GroupedSet {
    guard first != second, let stays = set.categories.firstIndex(of: first),
      let goes = set.categories.firstIndex(of: second)
    else { return self }
    let place = stays > goes ? stays - 1 : stays
    return relabelled(Array(set.labels.indices)) { label in
      label == goes ? place : label > goes ? label - 1 : label
    }.keeping(set.categories.filter { $0 != second })
  }

  /// Half of the different photos of each category, rounded up, with all their copies.
  fileprivate func half(seed: UInt64) -> GroupedSet {
    var random = SplitMix64(seed: seed)
    var rows: [Int] = []
    for label in set.categories.indices {
      let own = groups.indices.filter { set.labels[$0] == label }
      let different = Set(own.map { groups[$0] }).sorted()
      let chosen = Set(random.permutation(different.count).prefix((different.count + 1) / 2).map { different[$0] })
      rows += own.filter { chosen.contains(groups[$0]) }
    }
    return self.rows(rows.sorted())
  }

  /// Rows with other labels; the categories are put right by `keeping`.
  private func relabelled(_ rows: [Int], _ label: (Int) -> Int) -> Relabelled {
    Relabelled(base: self.rows(rows), labels: rows.map { label(set.labels[$0]) })
  }

  private struct Relabelled {
    let base: GroupedSet
    let labels: [Int]

    func keeping(_ categories: [CategoryID]) -> GroupedSet {
      GroupedSet(
        TrainingSet(
          categories: categories, photos: base.set.photos, labels: labels, features: base.set.features,
          dimension: base.set.dimension, counterfactuals: base.set.counterfactuals), groups: base.groups)
    }
  }
}
