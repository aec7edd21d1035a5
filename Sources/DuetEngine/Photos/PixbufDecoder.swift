// Everything that is no plain JPEG to RGB, through gdk-pixbuf. Any thread but the main one.
// The bytes are untrusted: the loader is chosen by what they are (never by the name, never SVG), and it is fed in
// pieces so that a huge claim is caught before memory is spent on it.

import CGdkPixbuf
import Foundation

enum PixbufDecoder {
  /// Bytes that the loader gets at a time.
  private static let chunkSize = 64 * 1024

  /// The picture upright, over white, its longer side at most `maxSide`.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, header: PictureHeader, name: String, maxSide: Int?
  ) throws -> RGBImage {
    guard let loader = gdk_pixbuf_loader_new_with_type(header.format.loader, nil) else {
      throw PhotoError.unsupportedFormat(name: name, format: header.format.loader.uppercased())
    }
    defer { g_object_unref(loader) }
    let request = SizeRequest(maxSide: header.format == .jpeg ? maxSide : nil)
    let kept = Unmanaged.passRetained(request)
    defer { kept.release() }
    let sizePrepared: @convention(c) (OpaquePointer?, Int32, Int32, UnsafeMutableRawPointer?) -> Void = {
      loader, width, height, request in
      guard let loader, let request else { return }
      Unmanaged<SizeRequest>.fromOpaque(request).takeUnretainedValue()
        .answer(UnsafeMutablePointer(loader), width: Int(width), height: Int(height))
    }
    let handler = g_signal_connect_data(
      loader, "size-prepared", unsafeBitCast(sizePrepared, to: GCallback.self), kept.toOpaque(), nil,
      GConnectFlags(rawValue: 0))
    defer { g_signal_handler_disconnect(loader, handler) }

    let complete = feed(bytes, to: loader, until: { request.refused != nil })
    // Closing is owed to the loader whatever happened before; its verdict counts only if all went well so far.
    let closed = gdk_pixbuf_loader_close(loader, nil) != 0
    if let megapixels = request.refused { throw PhotoError.tooManyPixels(name: name, megapixels: megapixels) }
    guard complete else { throw PhotoError.damaged(name: name) }
    guard closed, let pixbuf = gdk_pixbuf_loader_get_pixbuf(loader) else {
      throw header.format == .gif ? PhotoError.truncated(name: name) : PhotoError.damaged(name: name)
    }
    var orientation = header.orientation
    if header.format == .tiff, let option = gdk_pixbuf_get_option(pixbuf, "orientation") {
      // libtiff turns what it can by itself; what is left to do is in this option.
      orientation = Int(String(cString: option)).flatMap { ExifOrientation(rawValue: $0) } ?? .upright
    }
    // Base64, where the loader found one.
    let profile = gdk_pixbuf_get_option(pixbuf, "icc-profile").flatMap { Data(base64Encoded: String(cString: $0)) }
    return try RGBImage(pixbuf: pixbuf, name: name, maxSide: maxSide).standardRGB(from: profile).turned(orientation)
  }

  /// Whether the loader took all bytes.
  private static func feed(
    _ bytes: UnsafeRawBufferPointer, to loader: UnsafeMutablePointer<GdkPixbufLoader>, until stop: () -> Bool
  ) -> Bool {
    var start = 0
    while start < bytes.count, !stop() {
      let end = min(start + chunkSize, bytes.count)
      let chunk = UnsafeRawBufferPointer(rebasing: bytes[start..<end]).bindMemory(to: UInt8.self)
      guard gdk_pixbuf_loader_write(loader, chunk.baseAddress, gsize(chunk.count), nil) != 0 else { return false }
      start = end
    }
    return true
  }

  /// What the loader asks as soon as it has read the size. Used on one thread, inside one call of `decode`.
  private final class SizeRequest {
    let maxSide: Int?
    /// The megapixels claimed, where they are too many.
    private(set) var refused: Int?

    init(maxSide: Int?) { self.maxSide = maxSide }

    func answer(_ loader: UnsafeMutablePointer<GdkPixbufLoader>, width: Int, height: Int) {
      guard width * height <= PhotoDecoder.pixelLimit else {
        refused = width * height / 1_000_000
        gdk_pixbuf_loader_set_size(loader, 0, 0)  // makes every loader give up before it allocates
        return
      }
      guard let maxSide else { return }
      // Exactly the sizes that libjpeg can produce, so that gdk-pixbuf does not resize once more.
      let divisor = JpegDecoder.divisor(width: width, height: height, maxSide: maxSide)
      guard divisor > 1 else { return }
      gdk_pixbuf_loader_set_size(
        loader, Int32((width + divisor - 1) / divisor), Int32((height + divisor - 1) / divisor))
    }
  }
}

extension PictureHeader.Format {
  /// The name of gdk-pixbuf's loader.
  fileprivate var loader: String {
    switch self {
    case .jpeg: "jpeg"
    case .png: "png"
    case .gif: "gif"
    case .bmp: "bmp"
    case .tiff: "tiff"
    case .webp: "webp"
    }
  }
}
