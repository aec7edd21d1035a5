// Training of the page "Texts": off the main thread, the newest wish wins. Main actor.

import Foundation

/// What a model depends on besides the set: equal questions, equal models.
struct TextQuestion: Sendable, Equatable {
  let edits: [Int: String]
  let mode: TextMode
  let learnCount: Int?

  init(_ work: TextWork) {
    edits = work.mode.usesEdits ? work.edits : [:]
    mode = work.mode
    learnCount = work.learnCount
  }
}

extension TextSession {
  /// Learns from the reviews and the edits that are kept, and measures on the reviews that are held out.
  public func train() {
    guard let set else { return }
    trainTask?.cancel()
    isTraining = true
    let work = work
    trainTask = Task {
      let lesson = Task.detached(priority: .userInitiated) { () -> Result<TextLesson, any Error> in
        Result { try TextLesson(set, work) }
      }
      let result = await withTaskCancellationHandler { await lesson.value } onCancel: { lesson.cancel() }
      if !Task.isCancelled { self.finish(result, work) }
    }
  }

  private func finish(_ result: Result<TextLesson, any Error>, _ work: TextWork) {
    isTraining = false
    switch result {
    case .success(let lesson):
      model = lesson.model
      answers = lesson.answers
      trainedOn = TextQuestion(work)
      if let score = lesson.score {
        self.work.scores = (self.work.scores + [score]).suffix(TextWork.mostScores)
        keep()
      }
    case .failure(let error):
      model = nil
      answers = [:]
      trainedOn = nil
      if let error = error as? TextError { tell(error) }
    }
    refreshLive()
  }
}

/// All that a training gives. Made on another thread.
private struct TextLesson: Sendable {
  let model: TextModel
  let answers: [TextReview.ID: TextAnswer]
  /// Nil where no review is held out.
  let score: TextScore?

  /// - Throws: `TextError`; `CancellationError`.
  init(_ set: TextSet, _ work: TextWork) throws {
    let learnt = set.learnt(work)
    // Words that a person wrote into an edit must be known too. Texts that are held out are not looked at.
    let edits = work.mode.usesEdits ? learnt.compactMap(\.edit) : []
    let features = try TextFeatures(fittedOn: set.training.map(\.text), edits: edits)
    model = try TextModel(learning: learnt, labels: set.labels, features: features, mode: work.mode)
    var answers: [TextReview.ID: TextAnswer] = [:]
    for review in learnt + set.heldOut {
      try Task.checkCancellation()
      answers[review.id] = model.answer(review.text)
    }
    self.answers = answers
    score = try Self.score(model, answers, learnt, set, work)
  }

  private static func score(
    _ model: TextModel, _ answers: [TextReview.ID: TextAnswer], _ learnt: [TextReview], _ set: TextSet, _ work: TextWork
  ) throws -> TextScore? {
    let asked = set.heldOut
    guard !asked.isEmpty else { return nil }
    let right = asked.count { answers[$0.id]?.label == $0.label }
    var without = right
    if model.pairCount > 0 {
      // One label alone teaches nothing: without edits every answer would be that label.
      let plain = try? TextModel(
        learning: learnt, labels: set.labels, features: TextFeatures(fittedOn: set.training.map(\.text)),
        mode: .originals)
      try Task.checkCancellation()
      without = asked.count { (plain?.answer($0.text).label ?? learnt[0].label) == $0.label }
    }
    return TextScore(
      date: Date(), mode: work.mode, reviews: model.reviewCount, edits: model.pairCount, right: right,
      rightWithoutEdits: without, asked: asked.count)
  }
}
