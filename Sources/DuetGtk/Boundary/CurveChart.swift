// One chart of curves over epochs: a title, the drawing, and what the curves are called. Main thread.
// Solid lines are of training points, dashed ones of test points. The run in progress has the colour of text; each
// saved run has a colour and a number, so that no colour is needed to tell them apart.

import CGtk
import DuetEngine

@MainActor final class CurveChart {
  /// Okabe & Ito again, those that can be seen on light and dark.
  private static let palette = [
    FieldColours.Colour(red: 0.84, green: 0.37, blue: 0), FieldColours.Colour(red: 0, green: 0.62, blue: 0.45),
    FieldColours.Colour(red: 0.80, green: 0.47, blue: 0.65), FieldColours.Colour(red: 0.34, green: 0.71, blue: 0.91),
    FieldColours.Colour(red: 0.90, green: 0.62, blue: 0),
  ]
  static let testDash = [5.0, 3.0]

  let root: Widget
  private let area = Widget(gtk_drawing_area_new())
  private let range: ClosedRange<Double>?
  private(set) var curves: [CurvePlot.Curve] = []

  /// - Parameter range: of the values, where it is known.
  init(_ title: String, range: ClosedRange<Double>? = nil) {
    self.range = range
    let heading = Widget.label(title, wraps: false).style("caption-heading")
    area.expand(horizontally: true, vertically: true).size(width: 160, height: 60).accessibleName(title)
    root = .column(spacing: 0, heading, area)
    root.expand(horizontally: true, vertically: true)
    area.draw { [weak self] cr, width, height in self?.draw(cr, width, height) }
    PlaneStyle.follow(area) { [weak self] in self?.redraw() }
  }

  /// - Parameter summary: what a screen reader says about the newest values.
  func show(_ new: [CurvePlot.Curve], summary: String) {
    guard new != curves else { return }
    curves = new
    area.accessibleDescription(summary)
    redraw()
  }

  private func redraw() { gtk_widget_queue_draw(area.widget) }

  static func colour(_ index: Int, _ style: PlaneStyle) -> FieldColours.Colour {
    index == 0 ? style.ink : palette[(index - 1) % palette.count]
  }

  private func draw(_ cr: OpaquePointer, _ width: Double, _ height: Double) {
    let style = PlaneStyle.current
    let plot = CurvePlot(curves, range: range, width: width, height: height)
    let text = PlotText(area, style.ink)
    drawGrid(cr, plot, style, text)
    for curve in curves.reversed() {
      let colour = Self.colour(curve.colour, style)
      cairo_new_path(cr)
      var end: CurvePlot.Pixel?
      for line in plot.lines(curve) {
        for (index, place) in line.enumerated() {
          if index == 0 { cairo_move_to(cr, place.x, place.y) } else { cairo_line_to(cr, place.x, place.y) }
        }
        end = line.last
      }
      cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
      cairo_set_line_width(cr, curve.colour == 0 ? 2 : 1.5)
      cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND)
      if curve.isTest { cairo_set_dash(cr, Self.testDash, Int32(Self.testDash.count), 0) }
      cairo_stroke(cr)
      cairo_set_dash(cr, nil, 0, 0)
      if curve.colour > 0, let end { text.draw(cr, "\(curve.colour)", x: min(end.x + 2, width - 7), y: end.y, .left) }
    }
  }

  private func drawGrid(_ cr: OpaquePointer, _ plot: CurvePlot, _ style: PlaneStyle, _ text: PlotText) {
    let frame = plot.frame
    for tick in plot.values.ticks { text.draw(cr, PlotAxis.label(tick), x: frame.x - 6, y: plot.y(tick), .right) }
    cairo_new_path(cr)
    let ink = style.ink
    for tick in plot.values.ticks {
      let y = plot.y(tick).rounded() + 0.5
      cairo_move_to(cr, frame.x, y)
      cairo_line_to(cr, frame.x + frame.width, y)
    }
    cairo_set_source_rgba(cr, ink.red, ink.green, ink.blue, style.isHighContrast ? 0.5 : 0.13)
    cairo_set_line_width(cr, 1)
    cairo_stroke(cr)
    for tick in plot.epochs.ticks {
      text.draw(cr, PlotAxis.label(tick), x: plot.x(tick), y: frame.y + frame.height + 3, .top)
    }
  }
}
