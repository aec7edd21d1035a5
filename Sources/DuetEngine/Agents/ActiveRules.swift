// When the active assistant may speak, and what it must not say again. Pure functions of the project and the clock;
// any thread.
//
// The rules. It looks at the end of each interval, only if the person did something since its last look, never while
// the person types or drags, and never while it is quiet: each second message that was put aside (dismissed itself, or
// a card of it) begins `quietTime` without advice. What it would say is dropped where it repeats an assistant's earlier
// message: `AdviceMemory` says what repeating means.

import Foundation

public struct ActiveRules: Sendable, Equatable {
  /// Seconds between two looks: what a person may choose from, and what holds without a choice.
  public static let intervals: ClosedRange<Double> = 20...600
  public static let standardInterval = 60.0
  /// Seconds without advice after two messages were put aside.
  public static let quietTime = 600.0
  /// The most pieces of earlier advice that a prompt lists.
  static let mostSaid = 30
  /// So many dismissals begin a quiet time.
  static let dismissalsUntilQuiet = 2

  /// `activity` of the project at its last look; nil before the first one.
  public var lastLook: Int?

  public init(lastLook: Int? = nil) { self.lastLook = lastLook }

  /// Whether it may look at `project` at the time `now`.
  public func mayLook(at project: ProjectSnapshot, personIsBusy: Bool, now: Date) -> Bool {
    project.activeAssistantIsOn && !personIsBusy && project.activity != lastLook
      && Self.quietUntil(dismissals: Array(project.dismissedAdvice.values)).map { now >= $0 } ?? true
  }

  /// The end of the quiet time that the latest pair of dismissals began; nil before there were two.
  ///
  /// Pairs are counted from the first dismissal on, so that the third one alone does not silence it again.
  static func quietUntil(dismissals: [Date]) -> Date? {
    let sorted = dismissals.sorted()
    let paired = sorted.count - sorted.count % dismissalsUntilQuiet
    return paired == 0 ? nil : sorted[paired - 1].addingTimeInterval(quietTime)
  }

  /// Whether `text` would say again what an assistant said before.
  public static func isRepeat(_ text: String, in project: ProjectSnapshot) -> Bool {
    let memory = AdviceMemory(project)
    return memory.repeats(text)
  }

  /// What was advised so far, for the prompt, latest last: the active assistant is told not to say it again.
  public static func said(in project: ProjectSnapshot) -> [String] {
    project.messages.filter { $0.author == .active && $0.source != .app }.map(\.text)
  }
}

/// What the assistants said before, in a form in which two ways to say one thing are alike.
///
/// A text repeats an earlier one where
/// 1. the normalised wording is the same (case, width, punctuation, spacing and filler words aside), or
/// 2. they share most of their content words: Jaccard similarity of at least ``sameWords``, or
/// 3. they are about the same categories (at least one, by name), have no number that differs, and share half of the
///    content words of the shorter one besides those names.
///
/// Content words: Latin words of three letters and more, without common ones and without a plural's "s"; of Japanese
/// text, pairs of neighbouring kanji or katakana. Numbers count as facts: with other numbers it is news.
struct AdviceMemory {
  static let sameWords = 0.6
  static let sameSubjectWords = 0.5

  private struct Advice {
    let essence: String
    let words: Set<String>
    let numbers: Set<String>
    let categories: Set<CategoryID>

    init(_ text: String, _ names: [(CategoryID, String, Set<String>)]) {
      let normal = NormalisedText(text)
      essence = normal.essence
      let own = Self.pieces(normal.text)
      numbers = own.numbers
      let padded = " \(normal.text) "
      let mentioned = names.filter { $0.1.isEmpty == false && Self.mentions(padded, $0.1) }
      categories = Set(mentioned.map(\.0))
      words = mentioned.reduce(own.words) { $0.subtracting($1.2) }
    }

    private static func mentions(_ padded: String, _ name: String) -> Bool {
      name.unicodeScalars.contains { $0.value > 0x2FFF } ? padded.contains(name) : padded.contains(" \(name) ")
    }

    static func pieces(_ text: String) -> (words: Set<String>, numbers: Set<String>) {
      var words: Set<String> = []
      var numbers: Set<String> = []
      for part in text.split(separator: " ") {
        var latin = ""
        var dense: [Character] = []
        func flush() {
          if !latin.isEmpty {
            if latin.allSatisfy(\.isNumber) {
              numbers.insert(latin)
            } else if latin.count >= 3, !common.contains(latin) {
              words.insert(latin.count > 3 && latin.hasSuffix("s") ? String(latin.dropLast()) : latin)
            }
            latin = ""
          }
          if dense.count == 1 { words.insert(String(dense)) }
          for (a, b) in zip(dense, dense.dropFirst()) { words.insert(String([a, b])) }
          dense = []
        }
        var wasNumber = false
        for character in part {
          let value = character.unicodeScalars.first?.value ?? 0
          if value < 0x2FFF {
            if !dense.isEmpty || (!latin.isEmpty && character.isNumber != wasNumber) { flush() }
            latin.append(character)
            wasNumber = character.isNumber
          } else if (0x3040...0x309F).contains(value) {
            flush()  // hiragana: grammar, mostly
          } else {
            if !latin.isEmpty { flush() }
            dense.append(character)
          }
        }
        flush()
      }
      return (words, numbers)
    }

    private static let common: Set<String> = [
      "the", "and", "you", "your", "for", "are", "has", "have", "had", "with", "that", "this", "these", "those", "what",
      "which", "who", "how", "why", "will", "would", "could", "should", "can", "may", "might", "does", "did", "not",
      "but", "its", "them", "they", "their", "there", "then", "than", "from", "into", "onto", "also", "just", "now",
      "still", "yet", "some", "any", "one", "two", "more", "most", "very", "such", "like", "about", "out", "all", "try",
      "let", "lets", "maybe", "perhaps", "photo", "photos", "picture", "pictures", "category", "categories", "model",
      "please", "good", "nice", "add", "put", "see", "look", "looks", "test", "next",
    ]
  }

  private let earlier: [Advice]
  private let names: [(CategoryID, String, Set<String>)]

  init(_ project: ProjectSnapshot) {
    names = project.categories.map { category in
      let normal = NormalisedText(category.name).text
      return (category.id, normal, Advice.pieces(normal).words)
    }
    let names = names
    earlier = project.messages.filter { $0.author != .user && $0.source != .app }.map { Advice($0.text, names) }
  }

  func repeats(_ text: String) -> Bool {
    let new = Advice(text, names)
    return earlier.contains { old in
      if new.essence == old.essence { return true }
      let shared = Double(new.words.intersection(old.words).count)
      let all = Double(new.words.union(old.words).count)
      guard new.numbers == old.numbers || new.numbers.isEmpty || old.numbers.isEmpty else { return false }
      // Words alone tell little where there are only one or two of them.
      if all >= 3, new.categories == old.categories, shared / all >= Self.sameWords { return true }
      let fewer = Double(min(new.words.count, old.words.count))
      return !new.categories.isEmpty && new.categories == old.categories && fewer > 0
        && shared / fewer >= Self.sameSubjectWords
    }
  }
}
