// Texts with words that stand out: those that decide, and those that changed. Pure functions of any thread that make
// Pango markup; what a person wrote is always escaped. Signs never hang on colour alone: towards label 1 a word has a
// straight line under it, towards label 0 a wavy one; removed words are struck through, added ones bold with a line.

import DuetEngine
import Foundation

enum TextMarkup {
  /// Words that decide less than this share of the strongest one are left plain.
  private static let leastShare = 0.12
  /// An answer that hangs on nothing much has no strong words.
  private static let leastStrongest = 0.05
  private static let towards = (one: "#1c71d8", zero: "#e66100")
  private static let changed = (added: "#26a269", removed: "#e01b24")

  /// - Parameter prediction: of `text`; nil leaves it plain.
  static func deciding(_ text: String, _ prediction: TextPrediction?) -> String {
    guard let prediction, let strongest = prediction.deciding(1).first.map({ abs($0.amount) }) else {
      return escaped(text)
    }
    let scalars = Array(text.unicodeScalars)
    let scale = max(strongest, leastStrongest)
    var result = ""
    var place = 0
    for word in prediction.words
    where abs(word.amount) >= leastShare * scale && word.place.upperBound <= scalars.count {
      result += escaped(slice(scalars, place..<word.place.lowerBound))
      result += span(slice(scalars, word.place), amount: word.amount, share: abs(word.amount) / scale)
      place = word.place.upperBound
    }
    return result + escaped(slice(scalars, place..<scalars.count))
  }

  private static func span(_ word: String, amount: Double, share: Double) -> String {
    let colour = amount > 0 ? towards.one : towards.zero
    let line = amount > 0 ? "single" : "error"
    let weight = share > 0.6 ? " weight=\"bold\"" : ""
    return "<span background=\"\(colour)\" background_alpha=\"\(Int(8 + 42 * min(share, 1)))%\" underline=\"\(line)\" "
      + "underline_color=\"\(colour)\"\(weight)>\(escaped(word))</span>"
  }

  static func difference(_ difference: WordDifference) -> String {
    difference.pieces.map { piece in
      // Spaces and punctuation after a word are not changed with it.
      let words = piece.text.trimmingCharacters(in: .whitespacesAndNewlines)
      let rest = String(piece.text.dropFirst(piece.text.prefix { $0.isWhitespace }.count + words.count))
      switch piece.kind {
      case .same: return escaped(piece.text)
      case .removed:
        return "<span strikethrough=\"true\" background=\"\(changed.removed)\" background_alpha=\"18%\">"
          + escaped(words) + "</span>" + escaped(rest.isEmpty ? " " : rest)
      case .added:
        return "<span weight=\"bold\" underline=\"single\" background=\"\(changed.added)\" background_alpha=\"22%\">"
          + escaped(words) + "</span>" + escaped(rest)
      }
    }.joined()
  }

  private static func slice(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> String {
    guard range.lowerBound <= range.upperBound else { return "" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// As `g_markup_escape_text`, on any thread; control characters, which Pango refuses, become spaces.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        result.unicodeScalars.append(isControl ? " " : scalar)
      }
    }
    return result
  }
}
