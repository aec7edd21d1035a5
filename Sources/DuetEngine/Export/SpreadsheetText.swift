// Comma-separated values after RFC 4180 that no spreadsheet takes for formulas. Pure functions; any thread.
// Names of categories and words of a conversation are written by anybody: a cell that begins like a formula gets an
// apostrophe in front, which spreadsheets show as text (the advice of OWASP on "CSV injection").

enum SpreadsheetText {
  enum Cell: Sendable, Equatable {
    /// Written by people or models.
    case text(String)
    /// Numbers and times of our own, which need no care.
    case number(String)
  }

  /// UTF-8's mark, without which the most common spreadsheet reads Japanese as another encoding.
  static let mark = "\u{FEFF}"

  /// A table with its head; lines end as the RFC says.
  static func table(_ head: [String], _ rows: [[Cell]]) -> String {
    let lines = [head.map { Cell.text($0) }] + rows
    return mark + lines.map { line($0) + "\r\n" }.joined()
  }

  static func line(_ cells: [Cell]) -> String {
    cells.map { cell in
      switch cell {
      case .number(let text): text
      case .text(let text): quoted(harmless(text))
      }
    }.joined(separator: ",")
  }

  /// Half and full width: some spreadsheets fold them.
  private static let starts: Set<Character> = [
    "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\r\n", "|", "%",
  ]

  static func harmless(_ text: String) -> String {
    // What no file of text may hold; tabs and line ends stay, inside quotes.
    let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { scalar in
      scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }))
    let firstSeen = clean.first { !$0.isWhitespace || $0.isNewline || $0 == "\t" }
    guard let first = clean.first, starts.contains(first) || firstSeen.map(starts.contains) == true else {
      return clean
    }
    return "'" + clean
  }

  private static func quoted(_ text: String) -> String {
    let needsQuotes: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
    guard text.unicodeScalars.contains(where: needsQuotes.contains) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
