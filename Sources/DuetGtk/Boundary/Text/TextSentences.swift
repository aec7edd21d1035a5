// What the page "Texts" says in words, for the eye and for a screen reader. Pure functions; any thread.

import DuetEngine
import Foundation

enum TextSentences {
  /// Words named one by one where a screen reader reads them.
  private static let mostWords = 6

  static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

  /// “good” (towards positive), “dull” (towards negative)
  static func deciding(_ prediction: TextPrediction?, _ labels: [String]) -> String {
    guard let words = prediction?.deciding(mostWords), !words.isEmpty, labels.count == 2 else { return "" }
    let named = words.map {
      L("“{word}” towards “{label}”", ["word": $0.word, "label": labels[$0.amount > 0 ? 1 : 0]])
    }
    return L("Deciding words: {words}", ["words": named.joined(separator: ", ")])
  }

  static func answer(_ prediction: TextPrediction, before: TextPrediction?, _ labels: [String]) -> String {
    guard labels.count == 2 else { return "" }
    let now = L("The model says “{label}”, {percent}.",
      ["label": labels[prediction.label], "percent": percent(prediction.confidence)])
    guard let before, before != prediction else { return now }
    let then = L("Before your change: “{label}”, {percent}.",
      ["label": labels[before.label], "percent": percent(before.confidence)])
    return now + " " + then
  }

  static func changes(_ difference: WordDifference) -> String {
    difference.isEmpty
      ? L("Nothing is changed yet.") : LN("{count} word changed", "{count} words changed", difference.changeCount)
  }

  /// “bad” became “good”; “not” was taken out
  static func spoken(_ difference: WordDifference) -> String {
    var parts: [String] = []
    var removed: String?
    func tell(_ old: String?, _ new: String?) {
      switch (old, new) {
      case (let old?, let new?): parts.append(L("“{old}” became “{new}”", ["old": old, "new": new]))
      case (let old?, nil): parts.append(L("“{old}” was taken out", ["old": old]))
      case (nil, let new?): parts.append(L("“{new}” was added", ["new": new]))
      case (nil, nil): break
      }
    }
    for piece in difference.pieces {
      let words = piece.text.trimmingCharacters(in: .whitespacesAndNewlines)
      switch piece.kind {
      case .removed:
        tell(removed, nil)
        removed = words
      case .added:
        tell(removed, words)
        removed = nil
      case .same:
        tell(removed, nil)
        removed = nil
      }
    }
    tell(removed, nil)
    return parts.joined(separator: "; ")
  }

  static func unknown(_ prediction: TextPrediction?) -> String {
    let words = prediction?.unknownWords.map(\.word) ?? []
    guard !words.isEmpty else { return "" }
    var seen: Set<String> = []
    let different = words.filter { seen.insert($0).inserted }
    let named = different.prefix(mostWords).map { "“\($0)”" }.joined(separator: ", ")
    return LN("The model has never read {words}; it can learn it from this pair.",
      "The model has never read {words}; it can learn them from this pair.", different.count, ["words": named])
  }

  static func score(_ score: TextScore) -> String {
    LN("Right on {right} of {count} review that it has never seen ({percent}).",
      "Right on {right} of {count} reviews that it has never seen ({percent}).", score.asked,
      ["right": score.right, "percent": percent(score.share)])
  }

  /// What the edits changed, without praise.
  static func comparison(_ score: TextScore) -> String {
    guard score.edits > 0 else { return L("No edits were learnt from.") }
    return L("Without your edits: {right} of {asked} ({percent}).",
      ["right": score.rightWithoutEdits, "asked": score.asked, "percent": percent(score.shareWithoutEdits)])
  }

  /// A line of the list of trainings.
  static func line(_ score: TextScore) -> String {
    L("{percent}: {mode}, {reviews} reviews, {edits} edits",
      ["percent": percent(score.share), "mode": score.mode.name, "reviews": score.reviews, "edits": score.edits])
  }

  static func state(_ work: TextWork, isStale: Bool, isTraining: Bool) -> String {
    if isTraining { return L("Training…") }
    let pairs = LN("{count} pair kept", "{count} pairs kept", work.edits.count)
    return isStale ? L("{pairs}. Press Train to learn from the changes.", ["pairs": pairs]) : pairs
  }
}
