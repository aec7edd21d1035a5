// Suggestions inside a reply's words, for models that know no tool calls: a fenced block of JSON, or the marks that
// some models put around a call. Found, read, and taken out of what the person sees. A value; any thread.

import Foundation

/// A reply's words with the calls that were written among them.
struct ProposalText {
  /// What is shown: the words without the blocks.
  let words: String
  let calls: [(name: String, arguments: JSONValue)]

  /// What prompts/proposals.txt shows as the form of a block.
  static let form = """
    ```json
    {"proposals": [{"name": "create_category", "arguments": {"name": "..."}}]}
    ```
    """
  /// Blocks that are read; whatever follows the last one is left out.
  private static let mostBlocks = 8
  /// Characters of a reply that are looked at.
  private static let longest = 100_000

  /// Where a block begins. The first two are what prompts/proposals.txt asks for, the others are habits of models.
  private static let openings = ["```json", "``` json", "```tool_call", "<tool_call>"]
  private static let closings = ["```", "</tool_call>"]

  init(_ raw: String) {
    var words = ""
    var calls: [(String, JSONValue)] = []
    var rest = Self.withoutThoughts(raw.prefix(Self.longest))
    var blocks = 0
    while let opening = Self.firstOpening(in: rest) {
      blocks += 1
      guard blocks <= Self.mostBlocks else {
        words += rest[..<opening.lowerBound]
        rest = rest[rest.endIndex...]
        break
      }
      let block = Self.block(after: opening.upperBound, in: rest)
      let found = block.json.flatMap { JSONValue(untrusted: $0, limit: ProposalParsing.longestArguments * 8) }
      let read = found.map { Self.calls(in: $0) } ?? []
      // JSON that suggests nothing (an example, say) is left where it is; half a block is of no use to anyone.
      if !read.isEmpty || !block.isClosed || found == nil {
        words += rest[..<opening.lowerBound]
      } else {
        words += rest[..<block.end]
      }
      calls += read
      rest = rest[block.end...]
    }
    self.words = words + rest
    self.calls = calls
  }

  /// What of a reply may be shown while it is still coming in: the words before any block.
  static func visible(_ partial: String) -> String {
    let partial = String(withoutThoughts(partial[...]))
    if let opening = firstOpening(in: partial[...]) { return String(partial[..<opening.lowerBound]) }
    // The first signs of an opening are held back until it is clear what they are.
    let tail = partial.suffix(openings.map(\.count).max() ?? 0)
    for length in stride(from: tail.count, to: 0, by: -1) {
      let end = tail.suffix(length)
      if openings.contains(where: { $0.hasPrefix(end.lowercased()) }) { return String(partial.dropLast(length)) }
    }
    return partial
  }

  /// What a model thinks aloud is no part of its answer.
  private static func withoutThoughts(_ text: Substring) -> Substring {
    text.range(of: "</think>").map { text[$0.upperBound...] } ?? text
  }

  private static func firstOpening(in text: Substring) -> Range<Substring.Index>? {
    openings.compactMap { text.range(of: $0, options: .caseInsensitive) }.min { $0.lowerBound < $1.lowerBound }
  }

  /// The JSON value after an opening, by its own brackets, and where the block ends.
  private static func block(
    after start: Substring.Index, in text: Substring
  ) -> (json: Substring?, end: Substring.Index, isClosed: Bool) {
    let body = text[start...]
    let fence = closings.compactMap { body.range(of: $0) }.min { $0.lowerBound < $1.lowerBound }
    guard let first = body.firstIndex(where: { !$0.isWhitespace && !$0.isNewline }), "{[".contains(body[first]),
      let last = endOfValue(from: first, in: body)
    else { return (nil, fence?.upperBound ?? body.endIndex, fence != nil) }
    // A closing mark right behind the value belongs to the block.
    let after = body[last...].drop { $0.isWhitespace || $0.isNewline }
    let closing = closings.first { after.hasPrefix($0) }
    let end = closing.map { after.index(after.startIndex, offsetBy: $0.count) } ?? last
    return (body[first..<last], end, true)
  }

  /// Behind the bracket that closes the one at `start`; brackets inside strings do not count.
  private static func endOfValue(from start: Substring.Index, in text: Substring) -> Substring.Index? {
    var depth = 0
    var isString = false
    var isEscaped = false
    for index in text[start...].indices {
      let character = text[index]
      if isString {
        if isEscaped { isEscaped = false } else if character == "\\" { isEscaped = true } else if character == "\"" {
          isString = false
        }
        continue
      }
      switch character {
      case "\"": isString = true
      case "{", "[": depth += 1
      case "}", "]":
        depth -= 1
        if depth == 0 { return text.index(after: index) }
      default: break
      }
    }
    return nil
  }

  /// `{"proposals": [...]}`, a list of calls, or one call; a call is `{"name": ..., "arguments": {...}}`.
  private static func calls(in value: JSONValue) -> [(String, JSONValue)] {
    if let list = value.fields?["proposals"]?.list ?? value.list {
      return list.prefix(ProposalParsing.mostCalls).compactMap(call)
    }
    return call(value).map { [$0] } ?? []
  }

  private static func call(_ value: JSONValue) -> (String, JSONValue)? {
    guard let fields = value.fields, let name = (fields["name"] ?? fields["function"])?.text,
      ProposalTools.kind(named: name) != nil
    else { return nil }
    let arguments = fields["arguments"] ?? fields["parameters"]
    if let text = arguments?.text {
      return JSONValue(untrusted: text, limit: ProposalParsing.longestArguments).map { (name, $0) }
    }
    return (name, arguments ?? value)
  }
}
