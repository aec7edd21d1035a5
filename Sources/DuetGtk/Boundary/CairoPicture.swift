// A picture in memory that cairo draws on and paints from: what does not change from frame to frame is drawn once.
// Main thread. It owns its surface.

import CGtk

@MainActor final class CairoPicture {
  /// Pixels on the screen; in memory there are `scale` times as many a side.
  let width: Double
  let height: Double
  let scale: Double
  private let surface: OpaquePointer

  /// Nil without a size, or without memory for it.
  init?(width: Double, height: Double, scale: Double) {
    let (columns, rows) = (Int32((width * scale).rounded(.up)), Int32((height * scale).rounded(.up)))
    guard columns > 0, rows > 0, let made = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, columns, rows) else {
      return nil
    }
    guard cairo_surface_status(made) == CAIRO_STATUS_SUCCESS else {
      cairo_surface_destroy(made)
      return nil
    }
    cairo_surface_set_device_scale(made, scale, scale)
    (self.width, self.height, self.scale, surface) = (width, height, scale, made)
  }

  isolated deinit { cairo_surface_destroy(surface) }

  func draw(_ body: (OpaquePointer) -> Void) {
    guard let cr = cairo_create(surface) else { return }
    defer { cairo_destroy(cr) }
    body(cr)
  }

  /// Writes pixels as cairo keeps them: alpha, red, green, blue from the highest byte on, `stride` pixels a row.
  func fill(
    _ body: (_ pixels: UnsafeMutableBufferPointer<UInt32>, _ width: Int, _ height: Int, _ stride: Int) -> Void
  ) {
    cairo_surface_flush(surface)
    let (columns, rows) = (Int(cairo_image_surface_get_width(surface)), Int(cairo_image_surface_get_height(surface)))
    let stride = Int(cairo_image_surface_get_stride(surface)) / MemoryLayout<UInt32>.stride
    guard let data = cairo_image_surface_get_data(surface) else { return }
    data.withMemoryRebound(to: UInt32.self, capacity: rows * stride) {
      body(UnsafeMutableBufferPointer(start: $0, count: rows * stride), columns, rows, stride)
    }
    cairo_surface_mark_dirty(surface)
  }

  /// Paints it with its left upper corner at a place.
  func paint(_ cr: OpaquePointer, x: Double, y: Double) {
    cairo_set_source_surface(cr, surface, x, y)
    cairo_paint(cr)
  }
}
