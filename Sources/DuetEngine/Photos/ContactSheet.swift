// One picture of a whole category for an assistant to look at: the name as a heading, then its photos in
// a grid. Any thread but the main one (it decodes and draws). Every C object made here is released here.

import CGdkPixbuf
import CPangoCairo
import Foundation

/// A picture of a category, as it is attached to a request.
public struct ContactSheet: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// Which of the thumbnails are on it, in order; damaged ones are left out.
  public let shown: [Int]
  public var photoCount: Int { shown.count }
  public let jpeg: Data

  /// Photos in a row, and pixels: side of a photo's square, space around it, height of the heading.
  static let columns = 10
  static let cell = 96
  static let gap = 6
  static let headingHeight = 40
  /// Height of a photo's number and width of its digits, in pixels: large enough for a model that sees the sheet small.
  static let numberHeight = 20
  static let digitWidth = 11

  /// Draws a sheet.
  /// - Parameters:
  ///   - heading: any script; one line, shortened with an ellipsis where it is too long.
  ///   - thumbnails: encoded pictures in the order of the grid, row by row.
  ///   - numbers: of the photos, printed in their lower left corners; empty: none.
  /// - Returns: nil if none of the thumbnails can be read.
  public static func draw(heading: String, thumbnails: [Data], numbers: [Int64] = []) -> ContactSheet? {
    let all = thumbnails.map(fitted)
    let shown = all.indices.filter { all[$0] != nil }
    let pictures = all.compactMap { $0 }
    defer { pictures.forEach { g_object_unref(UnsafeMutableRawPointer($0)) } }
    guard !pictures.isEmpty else { return nil }

    // A narrow sheet for few photos costs the assistant less, but the heading needs some room.
    let columns = max(4, min(Self.columns, pictures.count))
    let rows = (pictures.count + columns - 1) / columns
    let width = columns * (cell + gap) + gap
    let height = headingHeight + rows * (cell + gap) + gap
    guard let sheet = gdk_pixbuf_new(GDK_COLORSPACE_RGB, 0, 8, Int32(width), Int32(height)) else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(sheet)) }
    gdk_pixbuf_fill(sheet, 0xFFFF_FFFF)
    SheetHeading.draw(heading, width: width - 2 * gap, height: headingHeight, onto: sheet, x: gap)

    for (index, picture) in pictures.enumerated() {
      let w = gdk_pixbuf_get_width(picture)
      let h = gdk_pixbuf_get_height(picture)
      let x = gap + (index % columns) * (cell + gap) + (cell - Int(w)) / 2
      let y = headingHeight + (index / columns) * (cell + gap) + (cell - Int(h)) / 2
      gdk_pixbuf_copy_area(picture, 0, 0, w, h, sheet, Int32(x), Int32(y))
      guard numbers.indices.contains(shown[index]) else { continue }
      let number = String(numbers[shown[index]])
      SheetHeading.draw(
        number, width: min(cell, number.count * digitWidth + 4), height: numberHeight, onto: sheet,
        x: gap + (index % columns) * (cell + gap),
        y: headingHeight + (index / columns) * (cell + gap) + cell - numberHeight, share: 0.8)
    }
    guard let jpeg = encoded(sheet) else { return nil }
    return ContactSheet(width: width, height: height, shown: shown, jpeg: jpeg)
  }

  /// A new reference to the decoded picture without transparency, at most `cell` on its longer side.
  private static func fitted(_ data: Data) -> OpaquePointer? {
    let bytes = data.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
    defer { g_bytes_unref(bytes) }
    guard let stream = g_memory_input_stream_new_from_bytes(bytes) else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(stream)) }
    guard let decoded = gdk_pixbuf_new_from_stream_at_scale(stream, Int32(cell), Int32(cell), 1, nil, nil)
    else { return nil }
    guard gdk_pixbuf_get_has_alpha(decoded) != 0 || gdk_pixbuf_get_n_channels(decoded) != 3 else { return decoded }
    defer { g_object_unref(UnsafeMutableRawPointer(decoded)) }
    let (w, h) = (gdk_pixbuf_get_width(decoded), gdk_pixbuf_get_height(decoded))
    guard let flat = gdk_pixbuf_new(GDK_COLORSPACE_RGB, 0, 8, w, h) else { return nil }
    gdk_pixbuf_fill(flat, 0xFFFF_FFFF)
    gdk_pixbuf_composite(decoded, flat, 0, 0, w, h, 0, 0, 1, 1, GDK_INTERP_NEAREST, 255)
    return flat
  }

  private static func encoded(_ pixbuf: OpaquePointer) -> Data? {
    var buffer: UnsafeMutablePointer<gchar>?
    var size: gsize = 0
    let saved = "quality".withCString { key in
      "80".withCString { value in
        var keys: [UnsafeMutablePointer<CChar>?] = [UnsafeMutablePointer(mutating: key), nil]
        var values: [UnsafeMutablePointer<CChar>?] = [UnsafeMutablePointer(mutating: value), nil]
        return gdk_pixbuf_save_to_bufferv(pixbuf, &buffer, &size, "jpeg", &keys, &values, nil)
      }
    }
    guard saved != 0, let buffer else { return nil }
    defer { g_free(buffer) }
    return Data(bytes: buffer, count: Int(size))
  }
}
