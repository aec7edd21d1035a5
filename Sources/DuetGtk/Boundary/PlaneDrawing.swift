// One frame of the plane, drawn with cairo from the back to the front. Main thread; it reads values and keeps nothing:
// what is worth keeping from frame to frame is in the pictures it is given.

import CGtk
import DuetEngine
import Foundation

@MainActor struct PlaneDrawing {
  /// Pixels.
  static let pointRadius = 5.0
  private static let ringRadius = 10.0
  static let beforeDash = [7.0, 5.0]
  static let spreadDash = [2.0, 3.0]

  let geometry: PlaneGeometry
  let scene: PlaneScene
  let style: PlaneStyle
  let field: FieldPicture
  /// The boundary without the arrow that is tried out; empty while none is.
  let before: [FieldPicture.Line]
  let points: CairoPicture?
  /// Of the widget that is drawn on, for the numbers on the axes.
  let text: PlotText
  let scale: Double

  func draw(_ cr: OpaquePointer) {
    let frame = geometry.frame
    drawAxes(cr)
    cairo_save(cr)
    cairo_rectangle(cr, frame.x, frame.y, frame.width, frame.height)
    cairo_clip(cr)
    if let shown = field.field {
      // On whole pixels the picture is copied, not resampled.
      let corner = geometry.pixel([shown.bounds.minX, shown.bounds.maxY])
      let end = geometry.pixel([shown.bounds.maxX, shown.bounds.minY])
      let (left, top) = (corner.x.rounded(.down), corner.y.rounded(.down))
      field.picture(
        width: end.x.rounded(.up) - left, height: end.y.rounded(.up) - top, scale: scale,
        colours: style.colours(scene.quantity))?
        .paint(cr, x: left, y: top)
    }
    lines(cr, field.spread, width: 1.5, dash: Self.spreadDash)
    lines(cr, before, width: 2, dash: Self.beforeDash)
    lines(cr, field.boundary, width: style.isHighContrast ? 3.5 : 2.5, dash: [])
    cairo_restore(cr)
    points?.paint(cr, x: 0, y: 0)
    drawFocus(cr)
    drawArrows(cr)
  }

  private func use(_ cr: OpaquePointer, _ colour: FieldColours.Colour, _ alpha: Double = 1) {
    cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, alpha)
  }

  /// Level lines, each with a rim.
  private func lines(_ cr: OpaquePointer, _ lines: [FieldPicture.Line], width: Double, dash: [Double]) {
    guard !lines.isEmpty else { return }
    cairo_new_path(cr)
    for line in lines {
      for (index, place) in line.enumerated() {
        let at = geometry.pixel(place)
        if index == 0 { cairo_move_to(cr, at.x, at.y) } else { cairo_line_to(cr, at.x, at.y) }
      }
    }
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND)
    if dash.isEmpty {
      use(cr, style.paper, 0.75)
      cairo_set_line_width(cr, width + 2.5)
      cairo_stroke_preserve(cr)
    }
    use(cr, style.ink, dash.isEmpty ? 1 : 0.85)
    cairo_set_dash(cr, dash, Int32(dash.count), 0)
    cairo_set_line_width(cr, width)
    cairo_stroke(cr)
    cairo_set_dash(cr, nil, 0, 0)
  }

  // -- Points and arrows

  /// All points on a picture of the widget's size, test points last and so on top.
  static func points(
    _ scene: PlaneScene, _ geometry: PlaneGeometry, _ style: PlaneStyle, scale: Double
  ) -> CairoPicture? {
    let stamps = PointStamps(radius: pointRadius, isDark: style.isDark, scale: scale)
    let picture = CairoPicture(width: geometry.width, height: geometry.height, scale: scale)
    picture?.draw { cr in
      for isTest in [false, true] {
        for point in scene.points where point.isTest == isTest {
          let at = geometry.pixel(point.x)
          stamps.stamp(cr, PointGlyph(label: point.label, isTest: isTest), x: at.x, y: at.y)
        }
      }
    }
    return picture
  }

  private func drawFocus(_ cr: OpaquePointer) {
    guard let point = scene.point(scene.focused) else { return }
    let at = geometry.pixel(point.x)
    cairo_new_path(cr)
    cairo_arc(cr, at.x, at.y, Self.ringRadius, 0, 2 * .pi)
    use(cr, style.paper, 0.9)
    cairo_set_line_width(cr, 5)
    cairo_stroke_preserve(cr)
    use(cr, style.accent)
    cairo_set_line_width(cr, 2.5)
    cairo_stroke(cr)
  }

  private func drawArrows(_ cr: OpaquePointer) {
    let kept = scene.marks.filter { $0.id != scene.selected } + scene.marks.filter { $0.id == scene.selected }
    for mark in kept where mark.id != scene.draft?.id { draw(cr, mark, isSelected: mark.id == scene.selected) }
    if let draft = scene.draft { draw(cr, draft, isSelected: true) }
  }

  private func draw(_ cr: OpaquePointer, _ mark: Mark, isSelected: Bool) {
    guard let ends = scene.ends(of: mark), let point = scene.point(mark.point) else { return }
    ArrowGlyph(
      kind: mark.kind, from: geometry.pixel(ends.from), to: geometry.pixel(ends.to), label: point.label,
      isSelected: isSelected, isOn: mark.isOn
    ).draw(cr, ink: isSelected ? style.accent : style.ink, paper: style.paper, isDark: style.isDark)
    // The arrow begins under its point.
    let start = geometry.pixel(point.x)
    PointGlyph(label: point.label, isTest: point.isTest)
      .draw(cr, x: start.x, y: start.y, radius: Self.pointRadius, isDark: style.isDark)
  }

  // -- Axes

  private func drawAxes(_ cr: OpaquePointer) {
    let frame = geometry.frame
    let bounds = geometry.bounds
    for tick in PlotAxis(from: bounds.minX, to: bounds.maxX, count: max(2, Int(frame.width / 90))).ticks {
      let at = geometry.pixel([tick, bounds.minY])
      text.draw(cr, PlotAxis.label(tick), x: at.x, y: at.y + 4, .top)
    }
    for tick in PlotAxis(from: bounds.minY, to: bounds.maxY, count: max(2, Int(frame.height / 60))).ticks {
      let at = geometry.pixel([bounds.minX, tick])
      text.draw(cr, PlotAxis.label(tick), x: at.x - 6, y: at.y, .right)
    }
    cairo_new_path(cr)
    cairo_rectangle(cr, frame.x - 0.5, frame.y - 0.5, frame.width + 1, frame.height + 1)
    use(cr, style.ink, style.isHighContrast ? 0.9 : 0.25)
    cairo_set_line_width(cr, 1)
    cairo_stroke(cr)
  }
}
