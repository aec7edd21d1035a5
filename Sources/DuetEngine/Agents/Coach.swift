// The assistant of last resort: facts computed from the project itself, for questions that no reply was
// saved for. It knows numbers and names; it never saw a photo and never claims to. Pure functions; any thread.

import Foundation

public enum Coach {
  /// The share of the first bar below which an answer counts as a close call.
  static let closeCall = 0.6
  /// A category with less than this share of the photos of the largest is called small.
  static let smallShare = 1.0 / 3.0

  /// A fact that fits the turn. Never nil for a question; nil for a look that has nothing new to say.
  public static func answer(to turn: AssistantTurn) -> String? {
    let phrases = CoachPhrases(language: turn.language)
    switch turn.kind {
    case .askCategory(let id):
      return about(id, turn.project, phrases)
    case .askResult:
      return result(turn.project, phrases) ?? phrases.noTest
    case .chat(let text):
      return answer(to: text, turn, phrases)
    case .look:
      let said = Set(turn.project.messages.filter { $0.author != .user }.map(\.text))
      return observations(turn, phrases).first { !said.contains($0) }
    }
  }

  /// Picks the fact by what the question is about; a few plain words decide, nothing is guessed.
  private static func answer(to text: String, _ turn: AssistantTurn, _ phrases: CoachPhrases) -> String {
    let project = turn.project
    let asked = NormalisedText(text).text
    if let named = project.categories.filter({ !$0.name.isEmpty && mentions(asked, $0.name) })
      .max(by: { $0.name.count < $1.name.count })
    {
      return about(named.id, project, phrases)
    }
    if phrases.isAboutTests(asked) {
      return [result(project, phrases), leastCertain(turn, phrases)].compactMap { $0 }.first ?? phrases.noTest
    }
    if phrases.isAboutNumbers(asked) { return counts(project, phrases) }
    return counts(project, phrases) + phrases.separator + nextStep(turn, phrases)
  }

  /// Whole words only: the category "Cat" is not meant by "category".
  private static func mentions(_ asked: String, _ name: String) -> Bool {
    let name = NormalisedText(name).text
    guard !name.isEmpty else { return false }
    // Scripts without spaces have no word ends to look for.
    if name.unicodeScalars.contains(where: { $0.value >= 0x3040 }) { return asked.contains(name) }
    return " \(asked) ".contains(" \(name) ")
  }

  // MARK: Facts

  static func counts(_ project: ProjectSnapshot, _ phrases: CoachPhrases) -> String {
    guard !project.categories.isEmpty else { return phrases.noCategories }
    let list = project.categories.map { phrases.count(of: $0) }.joined(separator: phrases.comma)
    return phrases.counts(list, categories: project.categories.count, photos: project.photoCount)
  }

  private static func about(_ id: CategoryID, _ project: ProjectSnapshot, _ phrases: CoachPhrases) -> String {
    guard let category = project.category(id) else { return counts(project, phrases) }
    guard !category.photos.isEmpty else { return phrases.empty(category) }
    var facts = [phrases.has(category, share: percent(Double(category.photos.count) / Double(project.photoCount)))]
    if let doubles = repeats(of: category, in: project, phrases) { facts.append(doubles) }
    if project.categories.count == 1 {
      facts.append(phrases.onlyOne(category))
    } else if let (small, large) = imbalance(project), small.id == id {
      facts.append(phrases.small(small, large))
    }
    return facts.joined(separator: phrases.separator)
  }

  /// The same photo in two categories teaches the model a contradiction.
  private static func repeats(of category: Category, in project: ProjectSnapshot, _ phrases: CoachPhrases) -> String? {
    let own = Set(category.photos.map(\.contentHash))
    let others = project.categories.filter { other in
      other.id != category.id && other.photos.contains { own.contains($0.contentHash) }
    }
    guard let other = others.first else { return nil }
    return phrases.shared(category, other, count: other.photos.filter { own.contains($0.contentHash) }.count)
  }

  static func imbalance(_ project: ProjectSnapshot) -> (small: Category, large: Category)? {
    let filled = project.categories.filter { !$0.photos.isEmpty }
    guard let small = filled.min(by: { $0.photos.count < $1.photos.count }),
      let large = filled.max(by: { $0.photos.count < $1.photos.count }),
      Double(small.photos.count) < smallShare * Double(large.photos.count)
    else { return nil }
    return (small, large)
  }

  static func result(_ project: ProjectSnapshot, _ phrases: CoachPhrases) -> String? {
    guard let test = project.test else { return nil }
    guard let prediction = test.prediction else { return phrases.noModelForTest(test.name) }
    let bars = prediction.bars.sorted { $0.probability > $1.probability }
    guard let first = bars.first, let name = project.category(first.category)?.name else {
      return phrases.outdated(test.name)
    }
    var facts = [phrases.result(test.name, name, percent(first.probability))]
    if !prediction.known {
      facts.append(phrases.unknown)
    } else if first.probability < closeCall, bars.count > 1, let second = project.category(bars[1].category)?.name {
      facts.append(phrases.close(second, percent(bars[1].probability)))
    }
    if !test.isCurrent { facts.append(phrases.outdated(test.name)) }
    return facts.joined(separator: phrases.separator)
  }

  /// Says which of the latest test photos the model hesitated about most.
  static func leastCertain(_ turn: AssistantTurn, _ phrases: CoachPhrases) -> String? {
    let tests = turn.recentTests.compactMap { test -> (AssistantTurn.Tested, Prediction.Bar)? in
      guard let top = test.prediction.bars.max(by: { $0.probability < $1.probability }),
        turn.project.category(top.category) != nil
      else { return nil }
      return (test, top)
    }
    guard tests.count > 1, let (test, bar) = tests.min(by: { $0.1.probability < $1.1.probability }),
      let category = turn.project.category(bar.category)
    else { return nil }
    return phrases.leastCertain(test.name, of: tests.count, category.name, percent(bar.probability))
  }

  /// The one thing that is in the way, or the next one worth doing.
  static func nextStep(_ turn: AssistantTurn, _ phrases: CoachPhrases) -> String {
    let project = turn.project
    if project.categories.isEmpty { return phrases.addCategories }
    if project.categories.count == 1 { return phrases.onlyOne(project.categories[0]) }
    if let empty = project.categories.first(where: { $0.photos.isEmpty }) { return phrases.empty(empty) }
    guard let model = project.model else { return phrases.train }
    if !model.matchesPhotos { return phrases.trainAgain }
    return project.test == nil ? phrases.tryATest : phrases.tryTheUnexpected
  }

  /// What the active assistant may remark, most useful first.
  private static func observations(_ turn: AssistantTurn, _ phrases: CoachPhrases) -> [String] {
    let project = turn.project
    var facts: [String] = []
    if let test = project.test, test.isCurrent, let prediction = test.prediction,
      !prediction.known || (prediction.bars.map(\.probability).max() ?? 1) < closeCall,
      let result = result(project, phrases)
    {
      facts.append(result)
    }
    for category in project.categories {
      if let shared = repeats(of: category, in: project, phrases) { facts.append(shared) }
    }
    facts.append(nextStep(turn, phrases))
    if let (small, large) = imbalance(project) { facts.append(phrases.small(small, large)) }
    if let fact = leastCertain(turn, phrases) { facts.append(fact) }
    return facts
  }

  static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}
