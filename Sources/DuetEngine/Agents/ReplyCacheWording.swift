// Whether two texts ask the same thing in slightly different words. A value; any thread.
//
// The rule. Case, width, punctuation, spacing and words that carry no question ("please", "the", "is") never count.
// Always equal, in the same order: names of categories, numbers, negations and question words.
// - Texts in words: the other words must be the same ones in the same order, but for a plural s, one slip of the
//   keyboard in a word of seven letters or more (not in its first letter), and one word more or less for every
//   four: "Why is the model so sure about the lion" and "Why's the model sure about a lion?" are one question.
// - Texts in kana and kanji: everything but hiragana must be the same; of the hiragana, polite endings do not count
//   and one character may differ in a text of eight or more.
// Names of categories are compared letter by letter, so a question about "Dog" is never one about "Dogs".

import Foundation

struct Wording: Sendable, Equatable {
  private enum Token: Sendable, Equatable {
    /// What must be there in both.
    case fixed(String)
    case word(String)
  }

  /// Normalised; equal texts differ by 0 whatever the rules say.
  private let text: String
  private let tokens: [Token]
  private let isJapanese: Bool
  /// For Japanese: the text without its ending.
  private let core: String

  private static let slipLength = 7
  private static let wordsForOneMore = 4
  private static let charactersForOneSlip = 8

  /// - Parameter names: of the categories that the text may speak of.
  init(_ raw: String, names: [String]) {
    text = NormalisedText(raw).text
    isJapanese = text.unicodeScalars.contains { (0x3041...0x9FFF).contains($0.value) }
    let known = Set(names.map { NormalisedText($0).text }.filter { !$0.isEmpty })
      .sorted { ($0.count, $1) > ($1.count, $0) }
    if isJapanese {
      let core = Self.withoutEnding(text.filter { $0 != " " })
      self.core = core
      tokens = Self.fixedParts(core, known)
    } else {
      core = text
      tokens = Self.words(text, known)
    }
  }

  /// How many small things differ; nil: another question.
  func difference(from other: Wording) -> Int? {
    if text == other.text { return 0 }
    guard isJapanese == other.isJapanese else { return nil }
    if isJapanese {
      guard tokens == other.tokens else { return nil }
      if core == other.core { return 0 }
      let length = min(core.count, other.core.count)
      return length >= Self.charactersForOneSlip && Self.isOneSlip(core, other.core) ? 1 : nil
    }
    guard !tokens.isEmpty, !other.tokens.isEmpty else { return nil }
    let (short, long) = tokens.count <= other.tokens.count ? (tokens, other.tokens) : (other.tokens, tokens)
    let spare = long.count - short.count
    guard spare <= short.count / Self.wordsForOneMore else { return nil }
    return Self.align(short[...], long[...], spare: spare)
  }

  // MARK: Words

  private static func align(_ short: ArraySlice<Token>, _ long: ArraySlice<Token>, spare: Int) -> Int? {
    guard let head = long.first else { return short.isEmpty ? 0 : nil }
    var best: Int?
    if let own = short.first, let cost = cost(own, head),
      let rest = align(short.dropFirst(), long.dropFirst(), spare: spare)
    {
      best = cost + rest
    }
    // A longer text has at most a few words more, so this branches a few times at most.
    if spare > 0, case .word = head, let rest = align(short, long.dropFirst(), spare: spare - 1) {
      best = min(best ?? .max, rest + 1)
    }
    return best
  }

  private static func cost(_ a: Token, _ b: Token) -> Int? {
    switch (a, b) {
    case (.fixed(let a), .fixed(let b)): a == b ? 0 : nil
    case (.word(let a), .word(let b)):
      if a == b {
        0
      } else if min(a.count, b.count) >= slipLength, a.first == b.first, isOneSlip(a, b) {
        1
      } else {
        nil
      }
    default: nil
    }
  }

  private static func words(_ text: String, _ names: [String]) -> [Token] {
    let words = text.split(separator: " ").map(String.init)
    let phrases = names.map { $0.split(separator: " ").map(String.init) }
    var tokens: [Token] = []
    var index = 0
    while index < words.count {
      if let name = phrases.first(where: { words[index...].starts(with: $0) }) {
        tokens.append(.fixed(name.joined(separator: " ")))
        index += name.count
        continue
      }
      let word = words[index]
      index += 1
      if negations.contains(word) {
        tokens.append(.fixed("not"))
      } else if let question = questions[word] {
        tokens.append(.fixed(question))
      } else if word.contains(where: \.isNumber) {
        tokens.append(.fixed(word))
      } else if !NormalisedText.fillers.contains(word), !weak.contains(word) {
        tokens.append(.word(singular(word)))
      }
    }
    return tokens
  }

  private static func singular(_ word: String) -> String {
    word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
  }

  private static let negations: Set<String> = [
    "not", "no", "never", "none", "nothing", "without", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent",
    "wasnt", "werent", "wont", "wouldnt", "shouldnt", "couldnt", "havent", "hasnt",
  ]
  private static let questions: [String: String] = [
    "what": "what", "whats": "what", "which": "which", "why": "why", "whys": "why", "how": "how", "hows": "how",
    "who": "who", "whos": "who", "where": "where", "wheres": "where", "when": "when", "whose": "whose",
  ]
  private static let weak: Set<String> = [
    "is", "are", "was", "were", "be", "been", "am", "im", "do", "does", "did", "can", "could", "will", "would",
    "should", "i", "you", "we", "it", "its", "this", "that", "these", "those", "my", "your", "our", "to", "of", "there", "now",
    "then", "very", "also", "maybe", "think", "tell", "me", "thanks",
  ]

  // MARK: Japanese

  private static func withoutEnding(_ text: String) -> String {
    var text = text
    for opening in ["ねえ", "えっと", "では", "じゃあ"] where text.hasPrefix(opening) && text.count > opening.count {
      text.removeFirst(opening.count)
    }
    while let ending = endings.first(where: { text.hasSuffix($0) && text.count > $0.count }) {
      text.removeLast(ending.count)
    }
    return text
  }

  private static let endings = [
    "でしょうか", "ください", "ですか", "ますか", "です", "ます", "かな", "の", "か", "ね", "よ",
  ]
  private static let japaneseQuestions = [
    "どうして", "なぜ", "なに", "何", "どこ", "いつ", "だれ", "誰", "どう", "どれ", "どの", "どんな", "いくつ",
  ]

  /// Names, question words, how often something is denied, and everything that is not hiragana.
  private static func fixedParts(_ core: String, _ names: [String]) -> [Token] {
    var rest = core
    var mentioned: [String] = []
    for name in names.map({ $0.filter { $0 != " " } }) where rest.contains(name) {
      mentioned.append(name)
      rest = rest.replacingOccurrences(of: name, with: "\u{1}")
    }
    let asked = japaneseQuestions.filter { rest.contains($0) }
    let denied = ["ない", "なく", "ませ", "なかっ"].reduce(0) { $0 + rest.components(separatedBy: $1).count - 1 }
    let solid = rest.filter { character in
      !character.unicodeScalars.allSatisfy { (0x3041...0x309F).contains($0.value) }
    }
    return (mentioned + asked + ["\(denied)", solid]).map(Token.fixed)
  }

  // MARK: Slips

  /// One letter more, less or other, or two neighbours exchanged.
  static func isOneSlip(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a), Array(b))
    guard a != b, abs(a.count - b.count) <= 1 else { return false }
    let head = zip(a, b).prefix { $0 == $1 }.count
    let (x, y) = (a[head...], b[head...])
    if x.count == y.count {
      if x.dropFirst().elementsEqual(y.dropFirst()) { return true }
      return x.count >= 2 && x[head] == y[head + 1] && x[head + 1] == y[head]
        && x.dropFirst(2).elementsEqual(y.dropFirst(2))
    }
    return x.count > y.count ? x.dropFirst().elementsEqual(y) : y.dropFirst().elementsEqual(x)
  }
}
