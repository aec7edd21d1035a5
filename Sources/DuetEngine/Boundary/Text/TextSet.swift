// Reviews with one of two labels, some with an edited copy that means the opposite. Values; any thread.

import Foundation

/// One text that a person labelled, and perhaps its counterfactual: the same text with as few words changed as it
/// takes to mean the other label.
public struct TextReview: Sendable, Equatable, Codable, Identifiable {
  /// Its place in the file, from 0; never reused.
  public let id: Int
  public let text: String
  /// 0 or 1: which of ``TextSet/labels``.
  public let label: Int
  /// What the text becomes so that it means the other label; nil where nobody has edited it.
  public var edit: String?
  /// Kept apart to measure with; never learnt from.
  public let isHeldOut: Bool

  public init(id: Int, text: String, label: Int, edit: String? = nil, isHeldOut: Bool = false) {
    self.id = id
    self.text = text
    self.label = label
    self.edit = edit
    self.isHeldOut = isHeldOut
  }
}

/// Reviews of one file.
public struct TextSet: Sendable, Equatable, Codable {
  /// What the person knows it as, mostly the file's name.
  public var name: String
  /// The names of label 0 and label 1, as the file writes them.
  public var labels: [String]
  public var reviews: [TextReview]

  /// One review of so many is held out.
  public static let heldOutShare = 5

  public init(name: String, labels: [String], reviews: [TextReview]) {
    self.name = name
    self.labels = labels
    self.reviews = reviews
  }

  /// The reviews that may be learnt from.
  public var training: [TextReview] { reviews.filter { !$0.isHeldOut } }
  public var heldOut: [TextReview] { reviews.filter(\.isHeldOut) }

  public func labelName(_ label: Int) -> String { labels.indices.contains(label) ? labels[label] : "" }

  /// Holds out every fifth review of each label, by lot; the same ones for the same file and seed.
  func holdingOut(seed: UInt64 = 0) -> TextSet {
    var random = SplitMix64(seed: seed)
    var chosen: Set<Int> = []
    for label in labels.indices {
      let own = reviews.filter { $0.label == label }.map(\.id)
      chosen.formUnion(random.permutation(own.count).prefix(own.count / Self.heldOutShare).map { own[$0] })
    }
    var result = self
    result.reviews = reviews.map {
      TextReview(id: $0.id, text: $0.text, label: $0.label, edit: $0.edit, isHeldOut: chosen.contains($0.id))
    }
    return result
  }
}
