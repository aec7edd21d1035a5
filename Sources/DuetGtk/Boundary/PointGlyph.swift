// How a point looks: its shape and colour say its label, filled or hollow says whether it is trained on. Main thread.
// A thousand points are drawn in every frame, so each look is drawn once and then stamped.

import CGtk
import Foundation

/// The look of one point.
struct PointGlyph: Hashable {
  /// 0 (a blue circle) or 1 (an orange triangle).
  let label: Int
  /// Test points are hollow: the model never trains on them.
  let isTest: Bool

  static let all = [0, 1].flatMap { label in [false, true].map { PointGlyph(label: label, isTest: $0) } }

  func colour(isDark: Bool) -> FieldColours.Colour {
    switch (label, isDark) {
    case (0, false): FieldColours.Colour(red: 0, green: 0.33, blue: 0.60)
    case (0, true): FieldColours.Colour(red: 0.42, green: 0.76, blue: 1)
    case (_, false): FieldColours.Colour(red: 0.72, green: 0.36, blue: 0)
    case (_, true): FieldColours.Colour(red: 1, green: 0.74, blue: 0.25)
    }
  }

  /// Adds the outline to the path.
  func outline(_ cr: OpaquePointer, x: Double, y: Double, radius: Double) {
    cairo_new_path(cr)
    if label == 0 {
      cairo_arc(cr, x, y, radius, 0, 2 * .pi)
    } else {
      let (wide, high) = (radius * 1.1, radius * 1.15)
      cairo_move_to(cr, x, y - high)
      cairo_line_to(cr, x + wide, y + high * 0.75)
      cairo_line_to(cr, x - wide, y + high * 0.75)
    }
    cairo_close_path(cr)
  }

  /// - Parameter radius: pixels.
  func draw(_ cr: OpaquePointer, x: Double, y: Double, radius: Double, isDark: Bool) {
    let colour = colour(isDark: isDark)
    let background = isDark ? 0.08 : 1.0
    outline(cr, x: x, y: y, radius: radius)
    if isTest {
      // A rim of the background under the line keeps a hollow point readable on its own colour.
      cairo_set_source_rgba(cr, background, background, background, 0.85)
      cairo_set_line_width(cr, 4)
      cairo_stroke_preserve(cr)
      cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
      cairo_set_line_width(cr, 2)
      cairo_stroke(cr)
    } else {
      cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
      cairo_fill_preserve(cr)
      cairo_set_source_rgba(cr, background, background, background, 0.9)
      cairo_set_line_width(cr, 1.2)
      cairo_stroke(cr)
    }
  }
}

/// The looks as small pictures, for one size and one background.
@MainActor struct PointStamps {
  private static let side = 24.0
  private var pictures: [PointGlyph: CairoPicture] = [:]

  /// - Parameter scale: device pixels a pixel.
  init(radius: Double, isDark: Bool, scale: Double) {
    for glyph in PointGlyph.all {
      guard let picture = CairoPicture(width: Self.side, height: Self.side, scale: scale) else { continue }
      picture.draw { glyph.draw($0, x: Self.side / 2, y: Self.side / 2, radius: radius, isDark: isDark) }
      pictures[glyph] = picture
    }
  }

  func stamp(_ cr: OpaquePointer, _ glyph: PointGlyph, x: Double, y: Double) {
    pictures[glyph]?.paint(cr, x: x - Self.side / 2, y: y - Self.side / 2)
  }
}
