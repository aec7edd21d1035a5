// Model output as plain text that is safe to show on one label, and what people type, tidied. Any thread.
// Both come from outside: nothing about them is trusted.

import Foundation

/// Model output as plain text that is safe to show on one label.
enum ReplyText {
  /// The longest reply that is shown, in characters.
  static let limit = 2_000

  /// Without control and direction-changing characters, without simple Markdown, trimmed and shortened.
  ///
  /// - Parameter isComplete: false while more may come: a thought that has not ended yet is not shown.
  static func cleaned(_ raw: String, isComplete: Bool = true) -> String {
    var text = raw.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\t", with: " ")
    // Models that think aloud put it between these marks; it is not meant for the reader.
    if let end = text.range(of: "</think>") {
      text = String(text[end.upperBound...])
    } else if !isComplete, let start = text.range(of: "<think>") {
      text = String(text[..<start.lowerBound])
    }
    text = String(String.UnicodeScalarView(text.unicodeScalars.filter(isShown)))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { withoutMarkdown($0.trimmingCharacters(in: .whitespaces)) }
      .filter { !$0.allSatisfy { "-*_=`~".contains($0) } }
    text = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count > limit else { return text }
    return text.prefix(limit - 1).trimmingCharacters(in: .whitespacesAndNewlines) + "…"
  }

  /// What a person typed: without control characters, trimmed and shortened, otherwise as it is.
  static func typed(_ raw: String, limit: Int = 4_000) -> String {
    let text = String(String.UnicodeScalarView(raw.unicodeScalars.filter(isShown)))
    return String(text.trimmingCharacters(in: .whitespacesAndNewlines).prefix(limit))
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: true
    case 0..<0x20, 0x7F..<0xA0: false
    case 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: false
    default: true
    }
  }

  private static func withoutMarkdown(_ line: String) -> String {
    var line = line
    if let heading = line.firstMatch(of: /^#{1,6}\s+/) { line.removeSubrange(heading.range) }
    if let quote = line.firstMatch(of: /^>\s+/) { line.removeSubrange(quote.range) }
    line = line.replacing(/\*\*(\S(?:.*?\S)?)\*\*/) { $0.output.1 }
    line = line.replacing(/__(\S(?:.*?\S)?)__/) { $0.output.1 }
    line = line.replacing(/`([^`]+)`/) { $0.output.1 }
    line = line.replacing(/(^|\s)\*(\S(?:[^*]*\S)?)\*/) { $0.output.1 + $0.output.2 }
    line = line.replacing(/\[([^\]]+)\]\((?:https?:[^)\s]+)\)/) { $0.output.1 }
    return line
  }
}
