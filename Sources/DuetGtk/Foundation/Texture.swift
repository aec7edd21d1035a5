// Pictures ready to draw. A GdkTexture never changes after it was made, so it may be made on any thread and
// shown on the main one. Decoding costs milliseconds: it never happens on the main thread.

import CGtk
import Foundation

/// Owns one GdkTexture. Any thread: textures are immutable and reference counting is atomic.
final class Texture: Sendable {
  // Safe: the pointer never changes, the texture behind it is immutable, and g_object_unref is thread-safe.
  nonisolated(unsafe) let pointer: OpaquePointer

  var width: Int { Int(gdk_texture_get_width(pointer)) }
  var height: Int { Int(gdk_texture_get_height(pointer)) }

  /// Takes over a reference that the caller owns.
  init(adopting texture: OpaquePointer) { pointer = texture }

  /// Adds a reference of its own.
  init(retaining texture: OpaquePointer) { pointer = OpaquePointer(g_object_ref(UnsafeMutableRawPointer(texture))) }

  deinit { g_object_unref(UnsafeMutableRawPointer(pointer)) }

  /// Decodes JPEG or PNG bytes; nil if they are neither. Takes milliseconds: call it off the main thread.
  nonisolated static func decode(_ encoded: Data) -> Texture? {
    let bytes = encoded.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
    defer { g_bytes_unref(bytes) }
    var error: UnsafeMutablePointer<GError>?
    defer { g_clear_error(&error) }
    return gdk_texture_new_from_bytes(bytes, &error).map { Texture(adopting: $0) }
  }

  /// The picture as PNG bytes, without loss. Takes milliseconds: call it off the main thread.
  nonisolated func pngData() -> Data? {
    guard let bytes = gdk_texture_save_to_png_bytes(pointer) else { return nil }
    defer { g_bytes_unref(bytes) }
    var size: gsize = 0
    guard let start = g_bytes_get_data(bytes, &size), size > 0 else { return nil }
    return Data(bytes: start, count: Int(size))
  }
}
