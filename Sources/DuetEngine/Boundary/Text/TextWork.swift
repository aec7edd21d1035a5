// What a person did with a set of texts: edits that were kept, edits under way, choices, results. Values; any thread.

import Foundation

/// A training's result, for the table of results.
public struct TextScore: Sendable, Equatable, Codable {
  public let date: Date
  public let mode: TextMode
  /// Reviews learnt from, and how many of them with an edit.
  public let reviews: Int
  public let edits: Int
  /// Right answers on the reviews that were held out, with the edits and (the same reviews) without any.
  public let right: Int
  public let rightWithoutEdits: Int
  public let asked: Int

  public var share: Double { asked > 0 ? Double(right) / Double(asked) : 0 }
  public var shareWithoutEdits: Double { asked > 0 ? Double(rightWithoutEdits) / Double(asked) : 0 }
}

public struct TextWork: Sendable, Equatable, Codable {
  /// By review: the edited copy that is learnt from.
  public var edits: [Int: String] = [:]
  /// By review: what is in the editor and not kept yet.
  public var drafts: [Int: String] = [:]
  public var mode = TextMode.standard
  /// How many reviews are learnt from; nil: all that are not held out.
  public var learnCount: Int?
  public var selected: Int?
  /// Oldest first.
  public var scores: [TextScore] = []

  static let mostScores = 200

  public init() {}

  /// The edits that the file came with.
  public init(of set: TextSet) {
    edits = Dictionary(uniqueKeysWithValues: set.training.compactMap { review in review.edit.map { (review.id, $0) } })
    selected = set.reviews.first { !$0.isHeldOut }?.id
  }

  /// Whether what a file says fits the set.
  func fits(_ set: TextSet) -> Bool {
    let ids = Set(set.reviews.map(\.id))
    return Set(edits.keys).isSubset(of: ids) && Set(drafts.keys).isSubset(of: ids)
      && selected.map(ids.contains) ?? true && scores.count <= Self.mostScores
      && scores.allSatisfy { (0...max($0.asked, 0)).contains($0.right) }
  }
}

extension TextSet {
  /// The reviews that are learnt from, in the order of the file: a part of the training reviews by lot, half of each
  /// label as far as there are enough, and every one that was edited.
  public func learnt(_ work: TextWork) -> [TextReview] {
    let all = training
    var chosen = Set(work.edits.keys)
    if let count = work.learnCount, count < all.count {
      var random = SplitMix64(seed: 1)
      let lots = labels.indices.map { label in
        let own = all.filter { $0.label == label }.map(\.id)
        return random.permutation(own.count).map { own[$0] }
      }
      // The labels take turns.
      let longest = lots.map(\.count).max() ?? 0
      let turns = (0..<longest).flatMap { turn in lots.compactMap { $0.indices.contains(turn) ? $0[turn] : nil } }
      chosen.formUnion(turns.prefix(count))
    } else {
      chosen.formUnion(all.map(\.id))
    }
    return all.filter { chosen.contains($0.id) }.map { review in
      var review = review
      review.edit = work.edits[review.id]
      return review
    }
  }
}
