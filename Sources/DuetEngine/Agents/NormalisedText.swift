// Words compared by what they say: without case, width, punctuation and spacing. A value; any thread.

import Foundation

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

  static let fillers: Set<String> = [
    "a", "an", "the", "please", "hey", "hi", "so", "well", "um", "just", "really", "actually", "ok", "okay", "and",
    "but",
  ]
}
