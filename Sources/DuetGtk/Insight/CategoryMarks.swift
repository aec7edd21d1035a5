// How categories are told apart on the map: a colour that people with any colour vision can tell from the others,
// and a shape, so that no colour is needed at all. Pure drawing; main thread.

import CGtk
import Foundation

/// The mark of one category, by its place in the user's order.
struct CategoryMark: Equatable {
  /// Red, green and blue, 0 to 1: the palette of Okabe & Ito, "Color universal design", without black (which is
  /// not seen on a dark background), then a grey, then two of them again with other shapes.
  private static let palette: [(Double, Double, Double)] = [
    (0.90, 0.62, 0.00), (0.34, 0.71, 0.91), (0.00, 0.62, 0.45), (0.94, 0.89, 0.26), (0.00, 0.45, 0.70),
    (0.84, 0.37, 0.00), (0.80, 0.47, 0.65), (0.60, 0.60, 0.60), (0.34, 0.71, 0.91), (0.90, 0.62, 0.00),
  ]

  let index: Int

  var colour: (red: Double, green: Double, blue: Double) {
    let (red, green, blue) = Self.palette[index % Self.palette.count]
    return (red, green, blue)
  }

  /// Corners on the unit circle's square, y downwards; empty for the circle.
  private var corners: [(x: Double, y: Double)] {
    switch index % 10 {
    case 0: []
    case 1: [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
    case 2: [(0, -1), (0.95, 0.75), (-0.95, 0.75)]
    case 3: [(0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)]
    case 4: [(0, 1), (0.95, -0.75), (-0.95, -0.75)]
    case 5: Self.star(points: 5, inner: 0.45)
    case 6: Self.plus(turned: false)
    case 7: Self.plus(turned: true)
    case 8: Self.star(points: 3, inner: 1)
    default: Self.star(points: 4, inner: 0.4)
    }
  }

  private static func star(points: Int, inner: Double) -> [(x: Double, y: Double)] {
    (0..<2 * points).map { corner in
      let angle = Double(corner) * .pi / Double(points) - .pi / 2
      let radius = corner % 2 == 0 ? 1.1 : 1.1 * inner
      return (radius * cos(angle), radius * sin(angle))
    }
  }

  private static func plus(turned: Bool) -> [(x: Double, y: Double)] {
    let (arm, half) = (1.0, 0.36)
    let corners = [
      (-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half), (half, arm), (-half, arm),
      (-half, half), (-arm, half), (-arm, -half), (-half, -half),
    ]
    guard turned else { return corners }
    let turn = (0.5).squareRoot()
    return corners.map { ($0.0 * turn - $0.1 * turn, $0.0 * turn + $0.1 * turn) }
  }

  /// Fills the mark and draws its rim.
  /// - Parameters:
  ///   - radius: pixels.
  ///   - rim: grey of the rim, 0 to 1.
  func draw(_ cr: OpaquePointer, x: Double, y: Double, radius: Double, rim: Double) {
    cairo_new_path(cr)
    let corners = corners
    if corners.isEmpty {
      cairo_arc(cr, x, y, radius, 0, 2 * .pi)
    } else {
      for corner in corners { cairo_line_to(cr, x + radius * corner.x, y + radius * corner.y) }
    }
    cairo_close_path(cr)
    cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
    cairo_fill_preserve(cr)
    cairo_set_source_rgba(cr, rim, rim, rim, 0.75)
    cairo_set_line_width(cr, 1)
    cairo_stroke(cr)
  }
}
