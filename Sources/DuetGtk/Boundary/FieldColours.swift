// The colours of the background: which side of the boundary a place is on, and how sure the model is. Pure; any thread.
// Blue and orange can be told apart with any colour vision; equal steps of the value make the filled contours.

import Foundation

struct FieldColours: Equatable {
  /// What the contours are steps of.
  enum Quantity: String, CaseIterable {
    case probability, logit
  }

  struct Colour: Equatable {
    var red: Double
    var green: Double
    var blue: Double

    func mixed(_ share: Double, of other: Colour) -> Colour {
      Colour(
        red: red + share * (other.red - red), green: green + share * (other.green - green),
        blue: blue + share * (other.blue - blue))
    }

    /// As cairo wants a pixel without transparency.
    var pixel: UInt32 {
      func byte(_ part: Double) -> UInt32 { UInt32((min(1, max(0, part)) * 255).rounded()) }
      return 0xff00_0000 | byte(red) << 16 | byte(green) << 8 | byte(blue)
    }
  }

  /// Blue for label 0 and orange for label 1, after Okabe & Ito, "Color universal design".
  static let labels = [Colour(red: 0, green: 0.45, blue: 0.70), Colour(red: 0.90, green: 0.60, blue: 0)]

  /// The logits that the table covers; beyond them the colour stays.
  private static let reach: Float = 8
  private static let entries = 4096
  /// Filled contours on each side of the boundary.
  private static let steps = 5.0
  /// The share of a step in which one colour turns into the next, so that no edge has stairs.
  private static let softness = 0.12
  /// Logit from which on the colour no longer deepens.
  private static let deepestLogit = 5.0

  let quantity: Quantity
  let isDark: Bool
  let isHighContrast: Bool
  private let table: [UInt32]

  init(_ quantity: Quantity, isDark: Bool, isHighContrast: Bool = false) {
    (self.quantity, self.isDark, self.isHighContrast) = (quantity, isDark, isHighContrast)
    let background = isDark
      ? Colour(red: 0.12, green: 0.12, blue: 0.13) : Colour(red: 0.985, green: 0.985, blue: 0.985)
    // High contrast is for points and lines: the background steps back.
    let depth = isHighContrast ? 0.35 : isDark ? 0.45 : 0.5
    table = (0..<Self.entries).map { index in
      let logit = (Double(index) / Double(Self.entries - 1) * 2 - 1) * Double(Self.reach)
      let side = quantity == .probability ? tanh(logit / 2) : logit / Self.deepestLogit  // 2p - 1 = tanh(logit / 2)
      let strength = Self.stepped(min(1, abs(side)))
      return background.mixed(strength * depth, of: Self.labels[logit < 0 ? 0 : 1]).pixel
    }
  }

  /// Equal steps with soft edges, from 0 to 1; the first step is never 0, so that the two sides differ at once.
  private static func stepped(_ value: Double) -> Double {
    let place = value * steps
    let (whole, part) = (min(steps - 1, place.rounded(.down)), place - place.rounded(.down))
    let rise = whole >= steps - 1 ? 0 : max(0, (part - (1 - softness)) / softness)
    return (whole + rise + 0.6) / (steps - 0.4)
  }

  /// The colour of one logit.
  func pixel(_ logit: Float) -> UInt32 {
    guard logit.isFinite else { return table[Self.entries / 2] }
    let share = (min(Self.reach, max(-Self.reach, logit)) / Self.reach + 1) / 2
    return table[Int(share * Float(Self.entries - 1))]
  }

  /// Paints a grid of logits, bilinearly enlarged, into pixels.
  /// - Parameters:
  ///   - logit: row after row from the bottom; the corners of the grid are the corners of the picture.
  ///   - pixels: `height` rows of `stride` pixels each, of which `width` are painted.
  func paint(
    _ logit: [Float], columns: Int, rows: Int, into pixels: UnsafeMutableBufferPointer<UInt32>, width: Int,
    height: Int, stride: Int
  ) {
    guard columns > 1, rows > 1, width > 1, height > 1, logit.count == columns * rows,
      pixels.count >= stride * (height - 1) + width
    else { return }
    let across = (0..<width).map { Self.position($0, of: width, in: columns) }
    var line = [Float](repeating: 0, count: columns)
    let toIndex = Float(Self.entries - 1) / (2 * Self.reach)
    let middle = Float(Self.entries - 1) / 2
    logit.withUnsafeBufferPointer { logit in
      table.withUnsafeBufferPointer { table in
        for y in 0..<height {
          let (row, up) = Self.position(height - 1 - y, of: height, in: rows)
          for column in 0..<columns {
            let (below, above) = (logit[row * columns + column], logit[(row + 1) * columns + column])
            line[column] = below + up * (above - below)
          }
          for x in 0..<width {
            let (column, share) = across[x]
            let place = (line[column] + share * (line[column + 1] - line[column])) * toIndex + middle
            // A place that is not a number compares false twice and ends in the middle.
            let index = place >= 2 * middle ? Self.entries - 1 : place > 0 ? Int(place) : place <= 0 ? 0 : Int(middle)
            pixels[y * stride + x] = table[index]
          }
        }
      }
    }
  }

  /// The grid place before a pixel, and how far it is to the next.
  private static func position(_ pixel: Int, of count: Int, in places: Int) -> (index: Int, share: Float) {
    let place = Float(pixel) / Float(count - 1) * Float(places - 1)
    let index = min(places - 2, Int(place))
    return (index, place - Float(index))
  }
}
