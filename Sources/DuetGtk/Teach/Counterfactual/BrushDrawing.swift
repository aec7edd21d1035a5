// Where a photo lies in the area that shows it, and one frame of what is painted on it, drawn with cairo.
// Main thread; values only.

import CGtk
import DuetEngine

/// From the area's pixels to the photo's and back: the photo as large as fits, in the middle.
struct BrushFrame: Equatable {
  let scale: Double
  let left: Double
  let top: Double

  init(photo: (width: Double, height: Double), area: (width: Double, height: Double)) {
    scale = max(1e-6, min(area.width / photo.width, area.height / photo.height))
    left = (area.width - photo.width * scale) / 2
    top = (area.height - photo.height * scale) / 2
  }

  func photo(x: Double, y: Double) -> BrushStroke.Point {
    BrushStroke.Point(x: (x - left) / scale, y: (y - top) / scale)
  }
}

@MainActor struct BrushDrawing {
  /// Magenta is rare in photos.
  private static let paint = (red: 0.9, green: 0.1, blue: 0.6)
  private static let strength = 0.55
  private static let dash = [6.0, 4.0]

  let strokes: BrushStrokes
  let frame: BrushFrame
  /// Where the brush is, and half of its width, in pixels of the photo.
  let brush: (at: BrushStroke.Point, radius: Double)?

  func draw(_ cr: OpaquePointer) {
    cairo_save(cr)
    cairo_translate(cr, frame.left, frame.top)
    cairo_scale(cr, frame.scale, frame.scale)
    cairo_rectangle(cr, 0, 0, Double(strokes.width), Double(strokes.height))
    cairo_clip(cr)
    drawStrokes(cr)
    drawSight(cr)
    drawBrush(cr)
    cairo_restore(cr)
  }

  /// In a layer of their own, so that strokes that cross do not become darker and the eraser takes paint alone.
  private func drawStrokes(_ cr: OpaquePointer) {
    cairo_push_group(cr)
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND)
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND)
    cairo_set_source_rgb(cr, Self.paint.red, Self.paint.green, Self.paint.blue)
    for stroke in strokes.strokes {
      guard let first = stroke.points.first else { continue }
      cairo_set_operator(cr, stroke.erases ? CAIRO_OPERATOR_CLEAR : CAIRO_OPERATOR_OVER)
      cairo_set_line_width(cr, 2 * stroke.radius)
      cairo_move_to(cr, first.x, first.y)
      for point in stroke.points { cairo_line_to(cr, point.x, point.y) }
      cairo_stroke(cr)
    }
    cairo_pop_group_to_source(cr)
    cairo_paint_with_alpha(cr, Self.strength)
  }

  /// The square in the middle that the network sees.
  private func drawSight(_ cr: OpaquePointer) {
    let side = Double(min(strokes.width, strokes.height)) * CounterfactualPictures.visibleShare
    let dash = Self.dash.map { $0 / frame.scale }
    cairo_rectangle(cr, (Double(strokes.width) - side) / 2, (Double(strokes.height) - side) / 2, side, side)
    cairo_set_dash(cr, dash, Int32(dash.count), 0)
    line(cr)
    cairo_set_dash(cr, nil, 0, 0)
  }

  private func drawBrush(_ cr: OpaquePointer) {
    guard let brush else { return }
    cairo_new_path(cr)
    cairo_arc(cr, brush.at.x, brush.at.y, brush.radius, 0, 2 * .pi)
    line(cr)
  }

  /// White on black, to be seen on any photo.
  private func line(_ cr: OpaquePointer) {
    cairo_set_line_width(cr, 3 / frame.scale)
    cairo_set_source_rgba(cr, 0, 0, 0, 0.5)
    cairo_stroke_preserve(cr)
    cairo_set_line_width(cr, 1.5 / frame.scale)
    cairo_set_source_rgba(cr, 1, 1, 1, 0.9)
    cairo_stroke(cr)
  }
}
