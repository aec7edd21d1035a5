// Reading what a server answered, and turning it into a line for the conversation. Any thread.
// The bytes come from outside: nothing about them is trusted.

import Foundation

enum ChatReply {
  private struct Body: Decodable {
    struct Choice: Decodable { var message: Message }
    struct Message: Decodable { var content: Content? }
    struct Piece: Decodable { var text: String? }
    enum Content: Decodable {
      case text(String)
      case pieces([Piece])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          self = .text(text)
        } else {
          self = .pieces(try container.decode([Piece].self))
        }
      }
    }
    var choices: [Choice]
  }

  /// The assistant's words in the body of a successful answer, cleaned.
  static func text(from body: Data, host: String) throws(ReplyError) -> String {
    guard let decoded = try? JSONDecoder().decode(Body.self, from: body) else { throw .notJSON(host: host) }
    let raw: String
    switch decoded.choices.first?.message.content {
    case .text(let text)?: raw = text
    case .pieces(let pieces)?: raw = pieces.compactMap(\.text).joined(separator: "\n")
    case nil: raw = ""
    }
    let text = ReplyText.cleaned(raw)
    guard !text.isEmpty else { throw .emptyReply }
    return text
  }

  /// What a status code means for the person; nil for success.
  static func problem(status: Int, host: String, model: String?) -> ReplyError? {
    switch status {
    case 200..<300: nil
    case 300..<400: .movedElsewhere(host: host)
    case 401, 403: .wrongKey
    case 404: .modelMissing(model)
    case 408, 504: .timeout(host: host)
    case 429: .tooManyRequests()
    case 400..<500: .requestNotAccepted(status: status)
    default: .serverError(status: status)
    }
  }
}

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
