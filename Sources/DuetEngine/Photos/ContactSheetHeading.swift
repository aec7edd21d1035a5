// The words on a contact sheet: the line above it, and the photos' numbers. Pango chooses the fonts, so any script that
// the computer can show works. Any thread but the main one; Pango keeps a font map for each thread. Nothing outlives the call.

import CGdkPixbuf
import CPangoCairo

enum SheetHeading {
  /// Draws `text` in black on white onto `sheet`, which must be 8-bit RGB without alpha.
  /// - Parameters:
  ///   - left, top: upper left corner in pixels; the rectangle must lie inside the sheet.
  ///   - share: size of the letters as a part of `height`.
  static func draw(
    _ text: String, width: Int, height: Int, onto sheet: OpaquePointer, x left: Int, y top: Int = 0,
    share: Double = 0.55
  ) {
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)) else { return }
    defer { cairo_surface_destroy(surface) }
    guard let context = cairo_create(surface) else { return }
    defer { cairo_destroy(context) }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_set_source_rgb(context, 0, 0, 0)
    layOut(text, width: width, height: height, share: share, in: context)
    cairo_surface_flush(surface)
    copy(surface, width: width, height: height, to: sheet, x: left, y: top)
  }

  private static func layOut(
    _ text: String, width: Int, height: Int, share: Double, in context: OpaquePointer
  ) {
    guard let layout = pango_cairo_create_layout(context) else { return }
    defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
    let font = pango_font_description_from_string("Sans Bold")
    defer { pango_font_description_free(font) }
    pango_font_description_set_absolute_size(font, Double(height) * share * Double(PANGO_SCALE))
    pango_layout_set_font_description(layout, font)
    pango_layout_set_single_paragraph_mode(layout, 1)
    pango_layout_set_width(layout, Int32(width) * PANGO_SCALE)
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    pango_layout_set_text(layout, text, -1)
    var textHeight: Int32 = 0
    pango_layout_get_pixel_size(layout, nil, &textHeight)
    cairo_move_to(context, 0, max(0, (Double(height) - Double(textHeight)) / 2))
    pango_cairo_show_layout(context, layout)
  }

  /// Cairo keeps a pixel as 0x00RRGGBB in the machine's byte order; the sheet wants the bytes R, G, B.
  private static func copy(
    _ surface: OpaquePointer, width: Int, height: Int, to sheet: OpaquePointer, x left: Int, y top: Int
  ) {
    guard let source = cairo_image_surface_get_data(surface), let target = gdk_pixbuf_get_pixels(sheet) else { return }
    let sourceStride = Int(cairo_image_surface_get_stride(surface))
    let targetStride = Int(gdk_pixbuf_get_rowstride(sheet))
    for y in 0..<height {
      let row = UnsafeRawPointer(source + y * sourceStride)
      for x in 0..<width {
        let pixel = row.loadUnaligned(fromByteOffset: x * 4, as: UInt32.self)
        let out = target + (top + y) * targetStride + (left + x) * 3
        out[0] = UInt8(truncatingIfNeeded: pixel >> 16)
        out[1] = UInt8(truncatingIfNeeded: pixel >> 8)
        out[2] = UInt8(truncatingIfNeeded: pixel)
      }
    }
  }
}
