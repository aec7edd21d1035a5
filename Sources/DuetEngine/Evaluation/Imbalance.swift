// Categories with few photos, and with many fewer than others: shown, and corrected only when the person says so.
// Values and pure functions; any thread.

import Foundation

/// How many photos a category has.
public struct CategoryCount: Sendable, Equatable, Identifiable {
  public let category: CategoryID
  public let photos: [PhotoID]
  /// Photos that are no copies of each other.
  public let different: Int

  public var id: CategoryID { category }

  public init(category: CategoryID, photos: [PhotoID], different: Int) {
    self.category = category
    self.photos = photos
    self.different = different
  }
}

/// Something about the numbers of photos that a person should know.
public enum CountFinding: Sendable, Equatable {
  /// Too few different photos to learn much from.
  case thin(CategoryCount)
  /// One category has at least ``CountFindings/unequalRatio`` times the different photos of another.
  case unequal(smallest: CategoryCount, largest: CategoryCount)

  /// What a person reads.
  /// - Parameter name: what a category is called.
  public func sentence(name: (CategoryID) -> String) -> String {
    switch self {
    case .thin(let count):
      LN(
        "“{name}” has only {count} different photo. Add some that show it in other ways.",
        "“{name}” has only {count} different photos. Add some that show it in other ways.", count.different,
        ["name": name(count.category)])
    case .unequal(let smallest, let largest):
      L("“{large}” has {many} different photos and “{small}” only {few}: unsure photos lean towards “{large}”.",
        [
          "large": name(largest.category), "many": largest.different, "small": name(smallest.category),
          "few": smallest.different,
        ])
    }
  }

  /// The photos that prove it.
  public var photos: [PhotoID] {
    switch self {
    case .thin(let count): count.photos
    case .unequal(let smallest, let largest): smallest.photos + largest.photos
    }
  }
}

public enum CountFindings {
  /// With fewer different photos than this a category is thin.
  public static let thinBelow = 10
  /// Twice as many photos, and more, is unequal.
  public static let unequalRatio = 2.0

  /// Thin categories in order, then the most unequal pair. Categories without photos are left out.
  public static func find(_ counts: [CategoryCount]) -> [CountFinding] {
    let counts = counts.filter { !$0.photos.isEmpty }
    var findings = counts.filter { $0.different < thinBelow }.map(CountFinding.thin)
    let smallest = counts.min { $0.different < $1.different }
    let largest = counts.max { $0.different < $1.different }
    if let smallest, let largest, Double(largest.different) >= unequalRatio * Double(smallest.different),
      largest.category != smallest.category
    {
      findings.append(.unequal(smallest: smallest, largest: largest))
    }
    return findings
  }
}

/// As many photos of each category as the smallest one has.
public enum Balancing {
  /// A choice by lot, the same for the same photos and seed; rows stay in their order.
  public static func equalCounts(_ grouped: GroupedSet, seed: UInt64 = 0) -> GroupedSet {
    grouped.rows(rows(grouped.set, seed: seed))
  }

  public static func equalCounts(_ set: TrainingSet, seed: UInt64 = 0) -> TrainingSet {
    set.rows(rows(set, seed: seed))
  }

  private static func rows(_ set: TrainingSet, seed: UInt64) -> [Int] {
    let rows = Dictionary(grouping: set.labels.indices) { set.labels[$0] }
    let least = rows.values.map(\.count).min() ?? 0
    var random = SplitMix64(seed: seed)
    return rows.sorted { $0.key < $1.key }.flatMap { _, own in
      random.permutation(own.count).prefix(least).map { own[$0] }
    }.sorted()
  }
}
