// Text and bars for a terminal. Pure functions; any thread.

import DuetEngine
import Foundation

enum TerminalText {
  /// The text with control characters replaced: a file name must not move the cursor or change colours.
  static func safe(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control && scalar != "\n" ? "\u{FFFD}" : scalar
    }))
  }

  /// Columns that the text takes: East Asian wide characters take two, combining marks none.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format, .control: return sum
      default: break
      }
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return sum + 2
      default: return sum + 1
      }
    }
  }

  static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - width(text)))
  }

  /// "93 %"; whole percents, as in the window.
  static func percent(_ probability: Double) -> String { "\(Int((probability * 100).rounded())) %" }
}

/// A bar for every category, drawn with eighths of a block.
struct BarChart {
  /// Columns of a bar of 100 %.
  static let columns = 32
  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let strongest = "\u{1B}[1;32m"
  private static let plain = "\u{1B}[36m"
  private static let reset = "\u{1B}[0m"

  let bars: [(name: String, probability: Double)]
  let hasColours: Bool

  /// One line a category, in the order given; the largest bar stands out where there are colours.
  func lines() -> [String] {
    let names = bars.map { TerminalText.safe($0.name) }
    let width = names.map(TerminalText.width).max() ?? 0
    let largest = bars.map(\.probability).max() ?? 0
    return zip(names, bars).map { name, bar in
      let drawn = Self.bar(bar.probability)
      let colour = bar.probability == largest ? Self.strongest : Self.plain
      let shown = hasColours && !drawn.isEmpty ? colour + drawn + Self.reset : drawn
      let space = drawn.isEmpty ? "" : " "
      return "  " + TerminalText.padded(name, to: width) + "  " + shown + space
        + TerminalText.percent(bar.probability)
    }
  }

  static func bar(_ probability: Double) -> String {
    let parts = Int((min(1, max(0, probability)) * Double(columns * 8)).rounded())
    return String(repeating: "█", count: parts / 8) + eighths[parts % 8]
  }
}
