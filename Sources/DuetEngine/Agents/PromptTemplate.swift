// The wording of what the assistants are asked, read from plain text files in prompts/, one file a case.
// A value; any thread. Nothing is cached: a teacher may edit the files while the app runs.
// What a person typed goes into a placeholder once and is never looked at again for placeholders.

import Foundation

/// The files in prompts/, one for each thing that can be asked.
public enum PromptName: String, Sendable, CaseIterable {
  case system
  case chatBeforeData = "chat_before_data"
  case chatWithData = "chat_with_data"
  case askCategory = "ask_category"
  case askResult = "ask_result"
  case activeBeforeData = "active_before_data"
  case activeWithData = "active_with_data"
  /// Added to a request that would carry pictures when the owner has not agreed to send any.
  case noPictures = "no_pictures"
  /// Added to a request whose pictures were left out because the model cannot look at any.
  case unseenPictures = "unseen_pictures"
  /// Added to a request whose answer may suggest changes.
  case proposals
  /// Added to the system prompt, and to the active assistant's, when the person chose a language for replies.
  case chosenLanguage = "chosen_language"
  /// Added to the system prompt, and to the active assistant's, when a policy asks for hints instead of answers.
  case hintsOnly = "hints_only"

  /// The placeholders that the file of this case must have, and the only ones it may have.
  public var placeholders: Set<String> {
    switch self {
    case .system, .chosenLanguage: ["language"]
    case .chatBeforeData, .chatWithData: ["message", "categories"]
    case .askCategory: ["category", "categories"]
    case .askResult: ["photo", "result"]
    case .activeBeforeData: ["goal", "categories", "chat_log", "said", "language"]
    case .activeWithData: ["goal", "categories", "test", "chat_log", "said", "language"]
    case .noPictures, .unseenPictures, .hintsOnly: []
    case .proposals: ["form", "photos"]
    }
  }
}

/// Why a prompt could not be made. A damaged installation, or an edit of a file that went wrong.
public enum PromptError: Error, Sendable, Equatable {
  case missingTemplate(String)
  case unknownPlaceholder(String, template: String)
  case missingPlaceholder(String, template: String)

  /// One sentence for the person at the screen, with the next step.
  public var message: String {
    switch self {
    case .missingTemplate(let name):
      L("The file prompts/{name}.txt is missing. Please install DuetML again.", ["name": name])
    case .unknownPlaceholder(let placeholder, let template):
      L(
        "The file prompts/{name}.txt has a placeholder that nobody knows: {placeholder}. Please take it out.",
        ["name": template, "placeholder": placeholder])
    case .missingPlaceholder(let placeholder, let template):
      L(
        "The file prompts/{name}.txt lacks the placeholder {placeholder}. Please put it back.",
        ["name": template, "placeholder": placeholder])
    }
  }
}

/// A text with `{placeholders}`: lower-case letters and underscores between braces. Other braces are text.
public struct PromptTemplate: Sendable, Equatable {
  private enum Piece: Sendable, Equatable {
    case text(String)
    case placeholder(String)
  }

  public let name: String
  private let pieces: [Piece]

  public init(name: String, text: String) {
    self.name = name
    pieces = Self.pieces(of: text)
  }

  /// Reads `prompts/NAME.txt` below the data folder and checks its placeholders.
  /// - Parameter find: from a path relative to the data folder to the file, nil where there is none.
  public static func load(
    _ name: PromptName, find: (String) -> URL? = { DataFiles.url($0) }
  ) throws(PromptError) -> PromptTemplate {
    guard let url = find("prompts/\(name.rawValue).txt"), let data = try? Data(contentsOf: url),
      let text = String(data: data, encoding: .utf8)
    else { throw .missingTemplate(name.rawValue) }
    let template = PromptTemplate(name: name.rawValue, text: text.trimmingCharacters(in: .whitespacesAndNewlines))
    try template.check(against: name.placeholders)
    return template
  }

  /// The names between braces, in the text's order, each once.
  public var placeholders: [String] {
    var seen: [String] = []
    for case .placeholder(let name) in pieces where !seen.contains(name) { seen.append(name) }
    return seen
  }

  /// The text with every placeholder replaced by its value, in one pass.
  public func filled(with values: [String: String]) throws(PromptError) -> String {
    try check(against: Set(values.keys))
    return pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .placeholder(let name): values[name] ?? ""
      }
    }.joined()
  }

  private func check(against expected: Set<String>) throws(PromptError) {
    let present = placeholders
    if let unknown = present.first(where: { !expected.contains($0) }) {
      throw .unknownPlaceholder("{\(unknown)}", template: name)
    }
    if let missing = expected.sorted().first(where: { !present.contains($0) }) {
      throw .missingPlaceholder("{\(missing)}", template: name)
    }
  }

  private static func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      literal += rest[..<open]
      let inside = rest[rest.index(after: open)...].prefix { ("a"..."z").contains($0) || $0 == "_" }
      if !inside.isEmpty, inside.endIndex < rest.endIndex, rest[inside.endIndex] == "}" {
        if !literal.isEmpty { pieces.append(.text(literal)) }
        literal = ""
        pieces.append(.placeholder(String(inside)))
        rest = rest[rest.index(after: inside.endIndex)...]
      } else {
        literal.append("{")
        rest = rest[rest.index(after: open)...]
      }
    }
    literal += rest
    if !literal.isEmpty { pieces.append(.text(literal)) }
    return pieces
  }
}
