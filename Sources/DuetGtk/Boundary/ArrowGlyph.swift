// How an arrow of each kind looks. Pure drawing; main thread.
// The kinds differ in shape, so that no colour is needed: a filled head with the other label at its tip (here it
// becomes the other one), an open head (somewhere in this direction), a bar at both ends (this should not matter).

import CGtk
import DuetEngine
import Foundation

struct ArrowGlyph {
  typealias Pixel = PlaneGeometry.Pixel

  private static let headLength = 12.0
  private static let headHalfWidth = 5.5
  private static let tipRadius = 6.0
  private static let dash = [5.0, 4.0]

  let kind: Mark.Kind
  let from: Pixel
  let to: Pixel
  /// Of the point that the arrow begins at.
  let label: Int
  /// A thicker line with a glow.
  let isSelected: Bool
  /// An arrow that is switched off is pale.
  let isOn: Bool

  /// - Parameters:
  ///   - ink: the colour of the line.
  ///   - paper: the colour around it, so that it can be seen on any background.
  func draw(_ cr: OpaquePointer, ink: FieldColours.Colour, paper: FieldColours.Colour, isDark: Bool) {
    let length = from.distance(to: to)
    guard length > 1 else { return }
    if !isOn { cairo_push_group(cr) }
    for (colour, extra) in [(paper, isSelected ? 5.0 : 3), (ink, 0)] {
      cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
      stroke(cr, length, width: (isSelected ? 3.5 : 2.2) + extra)
    }
    if kind == .becomesOther {
      PointGlyph(label: 1 - label, isTest: true).draw(cr, x: to.x, y: to.y, radius: Self.tipRadius, isDark: isDark)
    }
    if !isOn {
      cairo_pop_group_to_source(cr)
      cairo_paint_with_alpha(cr, 0.4)
    }
  }

  private func stroke(_ cr: OpaquePointer, _ length: Double, width: Double) {
    let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length)
    func place(_ along: Double, _ aside: Double) -> Pixel {
      Pixel(x: from.x + along * ux - aside * uy, y: from.y + along * uy + aside * ux)
    }
    let head = min(Self.headLength, length * 0.6)
    // The head ends where the mark of the tip begins.
    let end = kind == .becomesOther ? max(head, length - Self.tipRadius - 2) : length
    cairo_set_line_width(cr, width)
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND)
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND)
    cairo_new_path(cr)
    line(cr, [place(0, 0), place(kind == .becomesOther ? end - head * 0.8 : end, 0)])
    if kind == .doesNotMatter { cairo_set_dash(cr, Self.dash, Int32(Self.dash.count), 0) }
    cairo_stroke(cr)
    cairo_set_dash(cr, nil, 0, 0)
    switch kind {
    case .becomesOther:
      line(cr, [place(end, 0), place(end - head, Self.headHalfWidth), place(end - head, -Self.headHalfWidth)])
      cairo_close_path(cr)
      cairo_set_line_width(cr, max(1, width - 2))
      cairo_fill_preserve(cr)
      // The middle is the hint for the boundary.
      line(cr, [place(length / 2, 5), place(length / 2, -5)])
    case .direction:
      line(cr, [place(end - head, Self.headHalfWidth), place(end, 0), place(end - head, -Self.headHalfWidth)])
    case .doesNotMatter:
      line(cr, [place(0, 6), place(0, -6)])
      line(cr, [place(end, 6), place(end, -6)])
    }
    cairo_stroke(cr)
  }

  private func line(_ cr: OpaquePointer, _ places: [Pixel]) {
    for (index, place) in places.enumerated() {
      if index == 0 { cairo_move_to(cr, place.x, place.y) } else { cairo_line_to(cr, place.x, place.y) }
    }
  }
}
