// An assistant's words cut into the pieces that receipts are made of: words, numbers, names of categories and photos.
// A value; any thread. The text is a stranger's: it is looked at once from left to right, every look ahead is bounded.
// Folding (width, case) keeps one scalar for one scalar, so that places in the folded text are places in the text.

import Foundation

struct ReceiptToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    case number(Double)
    /// `isName`: in quotes, or written so that it can be nothing but the name.
    case category(CategoryID, isName: Bool)
    case photo(PhotoID)
    /// Looks like the name of a photo file, and no photo has it.
    case missingPhoto(String)
    /// In quotes, and no name of the project.
    case quote(String)
    /// Between two clauses; `joins`: "and" and a comma, which may also stand between two nouns.
    case clauseEnd(joins: Bool)
    case sentenceEnd(isQuestion: Bool)
  }

  var kind: Kind
  /// `lower..<upper` in Unicode scalars of the text.
  var lower: Int
  var upper: Int

  var word: String? { if case .word(let word) = kind { word } else { nil } }
  var number: Double? { if case .number(let number) = kind { number } else { nil } }
  var category: CategoryID? { if case .category(let id, _) = kind { id } else { nil } }
}

struct ReceiptText {
  let tokens: [ReceiptToken]

  /// Scalars that a name in quotes may have.
  private static let longestQuote = 80
  private static let quotes: [Unicode.Scalar: Unicode.Scalar] = [
    "“": "”", "\"": "\"", "‘": "’", "'": "'", "「": "」", "『": "』", "«": "»", "„": "“",
  ]

  init(_ text: String, names: ReceiptNames) {
    var reader = Reader(text, names)
    reader.run()
    tokens = reader.tokens
  }

  static func folded(_ text: some StringProtocol) -> [Unicode.Scalar] { text.unicodeScalars.map(folded) }

  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    var scalar = scalar
    if (0xFF01...0xFF5E).contains(scalar.value) { scalar = Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    return lower.count == 1 ? lower[lower.startIndex] : scalar
  }

  // MARK: Reading

  private struct Reader {
    let original: [Unicode.Scalar]
    let text: [Unicode.Scalar]
    let names: ReceiptNames
    var tokens: [ReceiptToken] = []
    var place = 0

    init(_ raw: String, _ names: ReceiptNames) {
      original = Array(raw.unicodeScalars)
      text = ReceiptText.folded(raw)
      self.names = names
    }

    mutating func run() {
      while place < text.count {
        let scalar = text[place]
        if scalar == "\n" || "!?。".unicodeScalars.contains(scalar) {
          endSentence(scalar)
        } else if scalar == ".", place + 1 == text.count || text[place + 1].properties.isWhitespace {
          endSentence(scalar)
        } else if scalar.properties.isWhitespace {
          place += 1
        } else if !readQuote(), !readPhoto(), !readCategory(), !readNumber(), !readWord() {
          place += 1
        }
      }
    }

    mutating func add(_ kind: ReceiptToken.Kind, to end: Int) {
      tokens.append(ReceiptToken(kind: kind, lower: place, upper: end))
      place = end
    }

    mutating func endSentence(_ scalar: Unicode.Scalar) {
      let asks = scalar == "?" || (scalar == "。" && ["か", "かな"].contains(tokens.last?.word ?? ""))
      add(.sentenceEnd(isQuestion: asks), to: place + 1)
    }

    mutating func readQuote() -> Bool {
      guard let closing = ReceiptText.quotes[text[place]] else { return false }
      // An apostrophe inside a word opens nothing.
      if closing == "'" || closing == "’", place > 0, isLetter(place - 1) { return false }
      let limit = min(text.count, place + ReceiptText.longestQuote)
      var end = place + 1
      while end < limit, text[end] != closing, text[end] != "\n" { end += 1 }
      guard end < limit, text[end] == closing, end > place + 1 else { return false }
      let inside = String(String.UnicodeScalarView(original[(place + 1)..<end]))
      if let category = names.category(called: inside) {
        add(.category(category, isName: true), to: end + 1)
      } else if let photo = names.photo(called: inside) {
        add(.photo(photo), to: end + 1)
      } else {
        add(.quote(inside), to: end + 1)
      }
      return true
    }

    mutating func readPhoto() -> Bool {
      if text[place] == "#", place + 1 < text.count, let (value, end) = digits(from: place + 1), value < 1e15,
        names.hasPhoto(number: Int64(value))
      {
        add(.photo(PhotoID(Int64(value))), to: end)
        return true
      }
      guard place == 0 || !isFileCharacter(text[place - 1]) || !text[place - 1].isASCII,
        let end = endOfFileName(from: place)
      else { return false }
      let name = String(String.UnicodeScalarView(original[place..<end]))
      if let photo = names.photo(called: name) {
        add(.photo(photo), to: end)
      } else if name.unicodeScalars.allSatisfy(\.isASCII), !names.endsWith(name) {
        add(.missingPhoto(name), to: end)
      } else {
        return false
      }
      return true
    }

    func isFileCharacter(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "_-.()".unicodeScalars.contains(scalar)
    }

    /// Behind the extension of a picture file whose name begins at `start`.
    func endOfFileName(from start: Int) -> Int? {
      var end = start
      let limit = min(text.count, start + ReceiptText.longestQuote)
      while end < limit, isFileCharacter(text[end]) {
        if text[end] == ".", end > start, let behind = endOfExtension(from: end + 1) { return behind }
        end += 1
      }
      return nil
    }

    func endOfExtension(from start: Int) -> Int? {
      for ending in ReceiptNames.endings where text[start...].starts(with: ending) {
        let end = start + ending.count
        if end == text.count || !(text[end].isASCII && isLetter(end)) { return end }
      }
      return nil
    }

    mutating func readCategory() -> Bool {
      for (id, name, written) in names.categories where text[place...].starts(with: name) {
        let end = place + name.count
        guard isEdge(place), isEdge(end) else { continue }
        // A lower-case or single common word may be just a word; capitals inside a sentence are a name.
        let isSame = Array(original[place..<end]) == written
        let isInside = !(tokens.last.map { if case .sentenceEnd = $0.kind { true } else { false } } ?? true)
        let hasCapital = written.first.map { $0.properties.isUppercase } ?? false
        let isName = isSame && hasCapital && (isInside || written.contains(" "))
        add(.category(id, isName: isName), to: end)
        return true
      }
      return false
    }

    /// Whether a name may begin or end between `index - 1` and `index`.
    func isEdge(_ index: Int) -> Bool {
      guard index > 0, index < text.count else { return true }
      let (before, after) = (text[index - 1], text[index])
      if isIdeographic(before), isIdeographic(after) { return false }
      return !(isLetter(index - 1) && isLetter(index) && before.value < 0x2FFF && after.value < 0x2FFF)
    }

    /// Kanji and katakana run on without spaces, so a name among them may be a part of a longer one.
    func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isIdeographic || (0x30A0...0x30FF).contains(scalar.value)
    }

    func isLetter(_ index: Int) -> Bool {
      text[index].properties.isAlphabetic || text[index].properties.numericType != nil
    }

    func digits(from start: Int) -> (Double, Int)? {
      var end = start
      var digits = ""
      while end < text.count, end < start + 12 {
        let scalar = text[end]
        if ("0"..."9").contains(scalar) {
          digits.unicodeScalars.append(scalar)
        } else if scalar == ".", !digits.isEmpty, !digits.contains("."), isDigit(end + 1) {
          digits += "."
        } else if scalar != "," || digits.isEmpty || !(1...3).allSatisfy({ isDigit(end + $0) }) || isDigit(end + 4) {
          break
        }
        end += 1
      }
      return Double(digits).map { ($0, end) }
    }

    func isDigit(_ index: Int) -> Bool { index < text.count && ("0"..."9").contains(text[index]) }

    mutating func readNumber() -> Bool {
      if let (value, end) = digits(from: place) {
        add(.number(value), to: end)
        return true
      }
      // 三枚, 十二個, 二つ; without a counter behind it the character may be a part of any word.
      var end = place
      var value = 0
      while end < text.count, end < place + 3 {
        if text[end] == "十" {
          value = max(1, value) * 10
        } else if let digit = ReceiptWords.japaneseDigits[Character(text[end])] {
          value += digit
        } else {
          break
        }
        end += 1
      }
      guard end > place, end < text.count, "枚つ個種件".unicodeScalars.contains(text[end]) else { return false }
      add(.number(Double(value)), to: end)
      return true
    }

    mutating func readWord() -> Bool {
      var end = place
      while end < text.count, text[end].value < 0x2FFF {
        guard isLetter(end) || (end > place && "'’".unicodeScalars.contains(text[end])) else { break }
        end += 1
      }
      if end > place {
        let word = String(String.UnicodeScalarView(text[place..<end].filter { $0 != "'" && $0 != "’" }))
        if let number = ReceiptWords.numbers[word] {
          add(.number(Double(number)), to: end)
        } else if ["and", "but", "so", "because", "while", "although", "though"].contains(word) {
          add(.clauseEnd(joins: word == "and"), to: end)
        } else {
          add(.word(word), to: end)
        }
        return true
      }
      for word in ReceiptWords.japanese where word.count > 1 || text[place].value > 0x2FFF {
        guard text[place...].lazy.map(Character.init).starts(with: word) else { continue }
        add(String(word) == "、" ? .clauseEnd(joins: true) : .word(String(word)), to: place + word.count)
        return true
      }
      switch text[place] {
      case ",": add(.clauseEnd(joins: true), to: place + 1)
      case ";", "—", "…": add(.clauseEnd(joins: false), to: place + 1)
      default: add(.word(String(Character(text[place]))), to: place + 1)
      }
      return true
    }
  }
}
