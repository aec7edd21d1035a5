// The assistant of last resort: facts computed from the project itself, for questions that no reply was
// saved for. It knows numbers and names; it never saw a photo and never claims to. Pure functions; any thread.
// What it says about the project comes from `CoachFindings`, how it says it from `CoachPhrases`, and what a
// question is about from `CoachTopic`.

import Foundation

public enum Coach {
  /// A fact that fits the turn. Never nil for a question; nil for a look that has nothing new to say.
  ///
  /// The first words of a conversation say who is talking. Never what was said just before, and advice that was
  /// given is not given again, with other numbers either.
  public static func answer(to turn: AssistantTurn) -> String? {
    let findings = CoachFindings(turn)
    let phrases = findings.phrases
    let said = turn.project.messages.filter { $0.author != .user }
    let text: String?
    if turn.kind == .look {
      let before = said.map { Skeleton($0.text) }
      text = findings.remarks.first { remark in
        let new = Skeleton(remark)
        return !before.contains { $0.contains(new) } && !ActiveRules.isRepeat(remark, in: turn.project)
      }
    } else {
      let last = said.last.map { Skeleton($0.text) }
      let candidates = answers(to: turn, findings)
      text = candidates.first { last?.contains(Skeleton($0)) != true } ?? candidates.last
    }
    guard let text else { return nil }
    let isNew = !said.contains { $0.source == .coach }
    return isNew ? phrases.introduction + phrases.separator + text : text
  }

  /// What could be answered, the best first. The last ones differ from each other, so one of them is always new.
  private static func answers(to turn: AssistantTurn, _ findings: CoachFindings) -> [String] {
    let phrases = findings.phrases
    var answers: [String?]
    switch turn.kind {
    case .askCategory(let id): answers = [findings.about(id), findings.improvement]
    case .askResult: answers = [findings.result ?? phrases.noTest, findings.explanation]
    case .chat(let text): answers = chat(text, turn, findings)
    case .look: answers = []
    }
    return (answers + [findings.nextStep, findings.counts, findings.surprise, phrases.abilities]).compactMap { $0 }
  }

  private static func chat(_ text: String, _ turn: AssistantTurn, _ findings: CoachFindings) -> [String?] {
    let phrases = findings.phrases
    let project = turn.project
    let isGoal = project.categories.isEmpty && project.messages.filter { $0.author == .user }.count <= 1
    let topic = CoachTopic(text)
    let named = findings.mentioned(in: text)
    func then(_ sentence: String) -> String { sentence + phrases.separator + findings.nextStep }
    switch topic {
    case .greeting where !isGoal: return [then(phrases.hello)]
    case .thanks: return [phrases.welcome]
    case .coach: return [phrases.abilities]
    case .privacy: return [phrases.privacy(photosSent: project.photosSent)]
    case .cause: return [findings.explanation, phrases.noTest]
    case .improvement: return [findings.improvement]
    case .copies: return [findings.copies]
    case .suspects: return [findings.suspicion]
    case .percent: return [phrases.percent]
    case .method: return [phrases.method]
    case .meaning: return [phrases.meaning]
    case .newCategory: return [findings.anotherCategory]
    case .photos: return [phrases.goodPhotos]
    case .names where named == nil: return [findings.names.first ?? phrases.goodName, phrases.goodName]
    case .test where named == nil: return [findings.result, findings.leastCertain, phrases.noTest]
    case .numbers where named == nil: return [findings.counts]
    case .next where named == nil: return [findings.nextStep, findings.improvement]
    default: break
    }
    if let named { return [findings.about(named)] }
    if isGoal { return [phrases.goal(GoalWords.pair(in: text))] }
    return [then(phrases.notUnderstood)]
  }
}

/// A sentence without its numbers: what it says, not how much of it.
private struct Skeleton: Equatable {
  private let text: String
  init(_ sentence: String) { text = sentence.filter { !$0.isNumber } }
  func contains(_ other: Skeleton) -> Bool { text.contains(other.text) }
}

/// Two things that a goal wants to tell apart, where it says so plainly.
enum GoalWords {
  /// "Tell cats and dogs apart" is ("Cats", "Dogs"); "犬と猫を見分けたい" is ("犬", "猫").
  static func pair(in text: String) -> (String, String)? {
    // The letters of a word; kanji and katakana, which hiragana ends.
    if let found = text.firstMatch(of: /([\p{Han}\p{Katakana}ー]{1,10})と([\p{Han}\p{Katakana}ー]{1,10})/) {
      let pair = (String(found.output.1), String(found.output.2))
      if !CoachNames.isVague(pair.0), !CoachNames.isVague(pair.1) { return pair }
    }
    let words = text.lowercased()
    if let found = words.firstMatch(of: /\b(\p{Latin}{3,20}s) (?:and|from|or|vs) (\p{Latin}{3,20}s)\b/) {
      return (capital(found.output.1), capital(found.output.2))
    }
    return nil
  }

  private static func capital(_ word: Substring) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}
