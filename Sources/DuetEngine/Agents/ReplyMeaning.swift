// What a request means, for finding an earlier reply to the same: equal meanings, equal keys.
// A value; any thread. Times, row numbers, the order of photos and the wording of prompts do not count.

import CGdkPixbuf
import Foundation

public struct ReplyMeaning: Sendable, Equatable, Codable {
  struct Group: Sendable, Equatable, Codable {
    /// As the user wrote it: two names are never taken for one.
    var name: String
    /// Content hashes of its photos, sorted.
    var photos: [String]
  }

  /// The photo in question and its answer in whole per cent, by category.
  struct Result: Sendable, Equatable, Codable {
    var photo: String
    var percent: [String: Int]
  }

  let role: String
  let prompt: String
  /// In the user's order.
  let categories: [Group]
  /// Position of the category that was asked about.
  let asked: Int?
  let result: Result?
  /// The user's words of this turn, normalised; for a look, the last ones.
  let said: String
  let goal: String
  let model: String
  let language: String

  public init(_ turn: AssistantTurn, model: String?) {
    let project = turn.project
    role = turn.author.rawValue
    prompt = turn.prompt.rawValue
    categories = project.categories.map { Group(name: $0.name, photos: $0.photos.map(\.contentHash).sorted()) }
    if case .askCategory(let id) = turn.kind {
      asked = project.categories.firstIndex { $0.id == id }
    } else {
      asked = nil
    }
    let talksOfResult = turn.kind == .askResult || turn.kind == .look
    result = project.test.flatMap { test in
      guard talksOfResult, let prediction = test.prediction else { return nil }
      var percent: [String: Int] = [:]
      for bar in prediction.bars {
        let name = project.category(bar.category)?.name ?? ""
        percent[name] = Int((bar.probability * 100).rounded())
      }
      return Result(photo: test.contentHash, percent: percent)
    }
    switch turn.kind {
    case .chat(let text): said = NormalisedText(text).text
    case .look: said = NormalisedText(project.messages.last { $0.author == .user }?.text ?? "").text
    case .askCategory, .askResult: said = ""
    }
    goal = NormalisedText(project.goal ?? "").text
    self.model = model ?? ""
    language = turn.language
  }

  /// SHA-256 of the meaning in hex. Every field is named and quoted (JSON with sorted keys), so no two
  /// different meanings can run into each other.
  public var key: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(self) else { return "" }
    return Self.sha256(data)
  }

  static func sha256(_ data: Data) -> String {
    data.withUnsafeBytes { bytes in
      guard
        let hex = g_compute_checksum_for_data(
          G_CHECKSUM_SHA256, bytes.bindMemory(to: UInt8.self).baseAddress, gsize(bytes.count))
      else { return "" }
      defer { g_free(hex) }
      return String(cString: hex)
    }
  }
}

/// Words compared by what they say: without case, width, punctuation and spacing.
public struct NormalisedText: Sendable, Hashable {
  public let text: String

  public init(_ raw: String) {
    let folded = raw.precomposedStringWithCompatibilityMapping.lowercased()
    var words = ""
    for character in folded {
      if character.isLetter || character.isNumber {
        words.append(character)
      } else if character == "'" || character == "\u{2019}" {
        continue  // "what's" and "whats" are one word
      } else if words.last != " " {
        words.append(" ")
      }
    }
    text = words.trimmingCharacters(in: .whitespaces)
  }

  /// Without the words that carry no question: "Hey, what is a category please?" is "what is category".
  public var essence: String {
    let words = text.split(separator: " ").filter { !Self.fillers.contains(String($0)) }
    return words.isEmpty ? text : words.joined(separator: " ")
  }

  private static let fillers: Set<String> = [
    "a", "an", "the", "please", "hey", "hi", "so", "well", "um", "just", "really", "actually", "ok", "okay", "and",
    "but",
  ]
}
