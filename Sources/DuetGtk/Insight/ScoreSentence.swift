// The honest score in words, as the bar under the categories and the score page say it. Pure; any thread.

import DuetEngine

enum ScoreSentence {
  /// The line under the training status; nil while there is nothing to say.
  static func text(_ score: ScoreState?, _ snapshot: ProjectSnapshot) -> String? {
    guard snapshot.model != nil, let score else { return nil }
    let sentence = score.result.sentence(name: snapshot.name(of:))
    return score.isCurrent ? sentence : L("Before the last change: {sentence}", ["sentence": sentence])
  }

  /// How the score came about.
  static func explanation(_ score: HonestScore) -> String {
    LN(
      "{count} photo was asked about, by a model that had seen neither it nor a copy of it.",
      "{count} photos were asked about, each by a model that had seen neither it nor a copy of it.", score.photoCount)
  }

  /// "88 of 100", fine enough to compare two scores; nil where there is no score.
  static func short(_ result: ScoreResult) -> String? {
    result.score.map { L("{count} of 100", ["count": Int(($0.share * 100).rounded())]) }
  }

  /// What a cell of the table holds.
  static func cell(_ category: CategoryID, _ answer: CategoryID, count: Int, _ places: PhotoPlaces) -> String {
    let names = ["category": places.name(of: category), "answer": places.name(of: answer)]
    if category == answer {
      return LN(
        "{count} photo of “{category}” was recognised", "{count} photos of “{category}” were recognised",
        count, names)
    }
    return LN(
      "{count} photo of “{category}” was taken for “{answer}”",
      "{count} photos of “{category}” were taken for “{answer}”", count, names)
  }

  /// What a row says of one answer.
  static func answer(_ answer: HonestScore.Answer, _ places: PhotoPlaces) -> String {
    let values = [
      "category": places.name(of: answer.category), "answer": places.name(of: answer.answer),
      "percent": ResultSentence.percent(answer.confidence),
    ]
    return answer.isRight
      ? L("In {category}, recognised with {percent}", values)
      : L("In {category}, taken for {answer} with {percent}", values)
  }
}
