// Words of a text, in any script, with their places. Pure functions; any thread.
//
// Scripts that put spaces between words (Latin, Greek, Cyrillic, Arabic, Hangul, ...): a word is a run of letters,
// digits and marks; an apostrophe or a middle dot between letters belongs to it ("don't").
// Scripts that do not (Chinese and Japanese characters, kana, Thai, Lao, Khmer, Burmese): finding words would need a
// dictionary, so each character is a unit of its own, and a model sees each two neighbours as one term, as search
// engines do for these languages (character bigrams).

import Foundation

/// One word, or one character of a script without spaces.
public struct TextUnit: Sendable, Equatable {
  /// Its form for comparing: small letters, one way of writing each character (NFKC), straight apostrophes.
  public let folded: String
  /// Its place, counted in Unicode scalars, which is how GTK counts characters.
  public let place: Range<Int>
  /// Whether it is a character of a script without spaces.
  let isCharacter: Bool
}

public enum TextUnits {
  /// The words of `text` from its start to its end.
  public static func of(_ text: String) -> [TextUnit] { of(Array(text.unicodeScalars)) }

  static func of(_ scalars: [Unicode.Scalar]) -> [TextUnit] {
    var units: [TextUnit] = []
    var index = 0
    while index < scalars.count {
      let start = index
      let isCharacter = isUnspaced(scalars[index])
      guard isCharacter || isWordPart(scalars[index]) else {
        index += 1
        continue
      }
      index += 1
      while index < scalars.count {
        let scalar = scalars[index]
        if isMark(scalar) {
          index += 1  // a mark belongs to the character before it
        } else if isCharacter || isUnspaced(scalar) {
          break
        } else if isWordPart(scalar) {
          index += 1
        } else if isJoiner(scalar), index + 1 < scalars.count, isWordPart(scalars[index + 1]),
          !isUnspaced(scalars[index + 1])
        {
          index += 2
        } else {
          break
        }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<index])
      units.append(TextUnit(folded: fold(String(view)), place: start..<index, isCharacter: isCharacter))
    }
    return units
  }

  static func fold(_ word: String) -> String {
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return word.lowercased() }
    return word.precomposedStringWithCompatibilityMapping.lowercased().replacingOccurrences(of: "’", with: "'")
  }

  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "'" || scalar == "’" || scalar == "·"
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x300 { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0..<0x80: false
    default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }

  /// Blocks of the scripts that are written without spaces.
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E01...0x0E4E, 0x0E81...0x0EDF,  // Thai and Lao letters
      0x1000...0x109F, 0x1780...0x17D3,  // Burmese, Khmer
      0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF,  // ideographic marks, kana
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,  // Chinese characters
      0xFF66...0xFF9F, 0x20000...0x323AF:  // kana of half width, rarer characters
      scalar.value != 0x30FB && scalar.value != 0x30A0  // the dots between words
    default: false
    }
  }
}

/// A term that the model counts, and the units that it is made of.
struct TextTerm: Equatable {
  let text: String
  let units: Range<Int>
}

extension TextTerm {
  /// Words as they are; neighbours among characters in twos, a lone character by itself.
  static func of(_ units: [TextUnit]) -> [TextTerm] {
    var terms: [TextTerm] = []
    for (index, unit) in units.enumerated() {
      guard unit.isCharacter else {
        terms.append(TextTerm(text: unit.folded, units: index..<index + 1))
        continue
      }
      let followsOn = isJoined(units, index - 1)
      if isJoined(units, index) {
        terms.append(TextTerm(text: unit.folded + units[index + 1].folded, units: index..<index + 2))
      } else if !followsOn {
        terms.append(TextTerm(text: unit.folded, units: index..<index + 1))
      }
    }
    return terms
  }

  /// Whether the unit and the next one are characters with nothing between them.
  private static func isJoined(_ units: [TextUnit], _ index: Int) -> Bool {
    guard index >= 0, index + 1 < units.count else { return false }
    return units[index].isCharacter && units[index + 1].isCharacter
      && units[index].place.upperBound == units[index + 1].place.lowerBound
  }
}
