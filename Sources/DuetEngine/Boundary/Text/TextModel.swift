// A trained model of texts: features, head, names of the labels. It answers with a probability and says which words
// decided. A value; any thread.

import Foundation

/// The answer for one text.
public struct TextPrediction: Sendable, Equatable {
  /// Of label 1, from 0 to 1.
  public let probability: Double
  /// 0 or 1.
  public var label: Int { probability > 0.5 ? 1 : 0 }
  /// The probability of the label that was answered.
  public var confidence: Double { max(probability, 1 - probability) }
  /// Before the logistic function; the sum of all contributions and `rest`.
  public let score: Double
  /// What the model would say without any of the words.
  public let rest: Double
  /// What each word adds to the score, in the order of the text; positive: towards label 1. Unknown words add 0.
  public let words: [WordContribution]

  /// Words that decide most, first; at most `count`.
  public func deciding(_ count: Int) -> [WordContribution] {
    let known = words.enumerated().filter { $0.element.amount != 0 }
    return known.sorted { (abs($1.element.amount), $0.offset) < (abs($0.element.amount), $1.offset) }
      .prefix(count).map(\.element)
  }

  public var unknownWords: [WordContribution] { words.filter { !$0.isKnown } }
}

/// What one word of a text adds to the score.
public struct WordContribution: Sendable, Equatable {
  public let word: String
  /// Its place in the text, in Unicode scalars.
  public let place: Range<Int>
  public let amount: Double
  /// False: no text that the model has read had this word.
  public let isKnown: Bool
}

public struct TextModel: Sendable {
  public let labels: [String]
  public let mode: TextMode
  public let features: TextFeatures
  let head: TextHead
  /// Reviews learnt from, and how many of them with an edited copy.
  public let reviewCount: Int
  public let pairCount: Int

  /// Learns from reviews; their held-out ones must not be among them.
  ///
  /// - Throws: `TextError` where they cannot teach anything; `CancellationError`.
  public init(
    learning reviews: [TextReview], labels: [String], features: TextFeatures, mode: TextMode, seed: UInt64 = 0
  ) throws {
    guard !reviews.isEmpty else { throw TextError.nothingToLearn }
    let usesPairs = mode.usesEdits && reviews.contains { $0.edit != nil }
    let found = Set(reviews.map(\.label))
    if found.count == 1, !usesPairs, let only = found.first {
      throw TextError.oneLabelOnly(label: labels.indices.contains(only) ? labels[only] : "")
    }
    let points = try reviews.map { review in
      try Task.checkCancellation()
      return ReviewPoints(review, features)
    }
    self.init(
      labels: labels, features: features, mode: mode, head: try TextTraining(mode: mode, seed: seed).head(for: points),
      reviews: reviews)
  }

  init(labels: [String], features: TextFeatures, mode: TextMode, head: TextHead, reviews: [TextReview]) {
    self.labels = labels
    self.features = features
    self.mode = mode
    self.head = head
    reviewCount = reviews.count
    pairCount = mode.usesEdits ? reviews.filter { $0.edit != nil }.count : 0
  }

  public func predict(_ text: String) -> TextPrediction {
    let counts = TextCounts(text)
    let (shares, rest) = features.shares(of: counts, weights: head.weights)
    var amounts = [Double](repeating: 0, count: counts.units.count)
    var known = [Bool](repeating: false, count: counts.units.count)
    for term in counts.terms {
      guard let share = shares[term.text], let count = counts.counts[term.text] else { continue }
      for unit in term.units {
        amounts[unit] += head.sharpness * share / Double(count * term.units.count)
        known[unit] = true
      }
    }
    let words = counts.units.indices.map { index in
      WordContribution(
        word: counts.units[index].folded, place: counts.units[index].place, amount: amounts[index],
        isKnown: known[index])
    }
    let score = head.sharpness * head.score(features.point(counts))
    return TextPrediction(
      probability: TextHead.logistic(score), score: score, rest: head.sharpness * (rest + head.bias), words: words)
  }

  /// As `predict`, without the words.
  public func answer(_ text: String) -> TextAnswer {
    let probability = head.probability(features.point(text))
    return TextAnswer(label: probability > 0.5 ? 1 : 0, confidence: max(probability, 1 - probability))
  }

  /// The share of reviews whose label is answered, their edits left aside; nil without reviews.
  public func accuracy(on reviews: [TextReview]) -> Double? {
    guard !reviews.isEmpty else { return nil }
    let right = reviews.filter { review in
      (head.score(features.point(review.text)) > 0) == (review.label == 1)
    }
    return Double(right.count) / Double(reviews.count)
  }
}
