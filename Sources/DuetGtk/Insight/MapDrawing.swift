// One frame of the map, drawn with cairo. Main thread; it reads values and keeps nothing.
// Marks while the photos are many, thumbnails with a coloured rim once few enough are in sight.

import CGtk
import DuetEngine

@MainActor struct MapDrawing {
  /// Pixels.
  static let thumbnailSide = 56.0
  private static let radius = 6.0
  private static let dash = [6.0, 4.0]
  /// From this zoom on, if at most so many photos are in sight, they are shown as thumbnails.
  private static let thumbnailZoom = 1.4
  private static let mostThumbnails = 160

  let geometry: MapGeometry
  let items: [MapCanvas.Item]
  let selected: Set<PhotoID>
  let focused: PhotoID?
  let lasso: [MapGeometry.Pixel]
  let testPlace: PhotoMap.Point?
  /// The colour of text on this background.
  let text: GdkRGBA
  let thumbnails: MapThumbnails
  /// A PangoLayout with what the mark of the test photo is called.
  let testName: GObjectRef

  static func showsThumbnails(_ geometry: MapGeometry, _ items: [MapCanvas.Item]) -> Bool {
    geometry.zoom >= thumbnailZoom && inSight(geometry, items).count <= mostThumbnails
  }

  private static func inSight(_ geometry: MapGeometry, _ items: [MapCanvas.Item]) -> [MapCanvas.Item] {
    items.filter { item in
      let at = geometry.pixel(item.point)
      return at.x > -thumbnailSide && at.y > -thumbnailSide && at.x < geometry.width + thumbnailSide
        && at.y < geometry.height + thumbnailSide
    }
  }

  func draw(_ cr: OpaquePointer) {
    let visible = Self.inSight(geometry, items)
    let asPictures = Self.showsThumbnails(geometry, items)
    // What is chosen comes last and so lies on top.
    for item in visible.filter({ !selected.contains($0.photo) }) + visible.filter({ selected.contains($0.photo) }) {
      let at = geometry.pixel(item.point)
      if asPictures { drawPicture(cr, item, at) } else { drawMark(cr, item, at) }
    }
    if let testPlace { drawTest(cr, geometry.pixel(testPlace)) }
    drawLasso(cr)
  }

  private var rim: Double { text.red > 0.5 ? 0 : 0.25 }

  private func drawMark(_ cr: OpaquePointer, _ item: MapCanvas.Item, _ at: MapGeometry.Pixel) {
    item.mark.draw(cr, x: at.x, y: at.y, radius: Self.radius, rim: rim)
    ring(cr, item, at, radius: Self.radius + 4)
  }

  private func ring(_ cr: OpaquePointer, _ item: MapCanvas.Item, _ at: MapGeometry.Pixel, radius: Double) {
    let isFocused = item.photo == focused
    guard isFocused || selected.contains(item.photo) else { return }
    cairo_new_path(cr)
    cairo_arc(cr, at.x, at.y, radius, 0, 2 * .pi)
    useTextColour(cr, 0.9)
    cairo_set_line_width(cr, isFocused ? 3 : 2)
    cairo_stroke(cr)
  }

  private func drawPicture(_ cr: OpaquePointer, _ item: MapCanvas.Item, _ at: MapGeometry.Pixel) {
    guard let picture = thumbnails.picture(item.photo) else { return drawMark(cr, item, at) }
    let scale = Self.thumbnailSide / Double(max(picture.width, picture.height))
    let (width, height) = (Double(picture.width) * scale, Double(picture.height) * scale)
    cairo_save(cr)
    cairo_translate(cr, at.x - width / 2, at.y - height / 2)
    cairo_scale(cr, scale, scale)
    cairo_set_source_surface(cr, picture.surface, 0, 0)
    cairo_paint(cr)
    cairo_restore(cr)
    let isMarked = selected.contains(item.photo) || item.photo == focused
    cairo_rectangle(cr, at.x - width / 2, at.y - height / 2, width, height)
    let colour = item.mark.colour
    cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
    cairo_set_line_width(cr, 3)
    cairo_stroke(cr)
    if isMarked {
      cairo_rectangle(cr, at.x - width / 2 - 3.5, at.y - height / 2 - 3.5, width + 7, height + 7)
      useTextColour(cr, 0.95)
      cairo_stroke(cr)
    }
    item.mark.draw(cr, x: at.x + width / 2 - 4, y: at.y - height / 2 + 4, radius: 7, rim: rim)
  }

  /// A cross hair in a ring, with its name.
  private func drawTest(_ cr: OpaquePointer, _ at: MapGeometry.Pixel) {
    for (colour, width) in [(1 - rim, 6.0), (0.0, 0.0)] {
      cairo_new_path(cr)
      cairo_arc(cr, at.x, at.y, 13, 0, 2 * .pi)
      for (x, y) in [(1.0, 0.0), (-1, 0), (0, 1), (0, -1)] {
        cairo_move_to(cr, at.x + 8 * x, at.y + 8 * y)
        cairo_line_to(cr, at.x + 19 * x, at.y + 19 * y)
      }
      if width > 0 {
        let back = text.red > 0.5 ? 0.1 : colour
        cairo_set_source_rgba(cr, back, back, back, 0.7)
        cairo_set_line_width(cr, width)
      } else {
        useTextColour(cr, 1)
        cairo_set_line_width(cr, 2.5)
      }
      cairo_stroke(cr)
    }
    drawTestName(cr, at)
  }

  /// On a plate of its own, readable over any mark.
  private func drawTestName(_ cr: OpaquePointer, _ at: MapGeometry.Pixel) {
    let (padding, left) = (4.0, at.x + 24)
    var (width, height) = (Int32(0), Int32(0))
    pango_layout_get_pixel_size(testName.pointer, &width, &height)
    let top = at.y - Double(height) / 2
    cairo_new_path(cr)
    cairo_rectangle(cr, left - padding, top - padding, Double(width) + 2 * padding, Double(height) + 2 * padding)
    let plate = text.red > 0.5 ? 0.1 : 1.0
    cairo_set_source_rgba(cr, plate, plate, plate, 0.85)
    cairo_fill(cr)
    useTextColour(cr, 1)
    cairo_move_to(cr, left, top)
    pango_cairo_show_layout(cr, testName.pointer)
  }

  private func drawLasso(_ cr: OpaquePointer) {
    guard let first = lasso.first, lasso.count > 1 else { return }
    cairo_new_path(cr)
    cairo_move_to(cr, first.x, first.y)
    for corner in lasso.dropFirst() { cairo_line_to(cr, corner.x, corner.y) }
    cairo_close_path(cr)
    useTextColour(cr, 0.1)
    cairo_fill_preserve(cr)
    useTextColour(cr, 0.8)
    cairo_set_line_width(cr, 1.5)
    cairo_set_dash(cr, Self.dash, Int32(Self.dash.count), 0)
    cairo_stroke(cr)
    cairo_set_dash(cr, nil, 0, 0)
  }

  private func useTextColour(_ cr: OpaquePointer, _ alpha: Double) {
    cairo_set_source_rgba(cr, Double(text.red), Double(text.green), Double(text.blue), alpha)
  }
}
