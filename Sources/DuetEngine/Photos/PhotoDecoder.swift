// From the bytes of any supported file to an upright RGB picture, through gdk-pixbuf. Any thread but the main one.
// The bytes are untrusted: PictureHeader looks at them first, the loader is chosen by what they are (never by the
// name, never SVG), and it is fed in pieces so that a huge claim is caught before memory is spent on it.

import CGdkPixbuf
import CKernels
import Foundation
import Synchronization

public enum PhotoDecoder {
  /// Most pixels that a picture may claim: 200 megapixels.
  public static let pixelLimit = 200_000_000
  /// Bytes that the loader gets at a time.
  private static let chunkSize = 64 * 1024
  /// Pictures that cannot be shrunk while they are read and have more pixels than this are decoded one at a time.
  private static let bigPicture = 40_000_000
  private static let bigPictureTurn = Mutex(())

  /// Decodes a picture: upright, over white, 8-bit RGB.
  ///
  /// A JPEG is shrunk by its own decoder by 2, 4 or 8 where that keeps at least `maxSide` pixels; then, as for all
  /// formats, a longer side above `maxSide` is resized to it (bicubic, antialiased). Nothing is ever enlarged.
  /// Memory beside the bytes and the result: for a plain JPEG a few rows and 3 bytes for each shrunk pixel; for all
  /// others, and for progressive JPEGs, 3 or 4 bytes for each pixel of the file.
  ///
  /// - Parameters:
  ///   - name: what messages call the picture.
  ///   - maxSide: longest side of the result in pixels; nil keeps the size.
  /// - Throws: `PhotoError`.
  public static func decode(_ data: Data, name: String, maxSide: Int?) throws -> RGBImage {
    guard !data.isEmpty else { throw PhotoError.empty(name: name) }
    return try data.withUnsafeBytes { bytes in
      let header = try PictureHeader(bytes, name: name)
      guard header.width > 0, header.height > 0 else { throw PhotoError.damaged(name: name) }
      let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
      guard !overflow, pixels <= pixelLimit else {
        throw PhotoError.tooManyPixels(name: name, megapixels: overflow ? Int.max / 1_000_000 : pixels / 1_000_000)
      }
      let picture = UnsafeRawBufferPointer(rebasing: bytes[..<min(header.end, bytes.count)])
      guard header.format != .jpeg || header.isProgressive, pixels > bigPicture else {
        return try decode(picture, header: header, name: name, maxSide: maxSide)
      }
      return try bigPictureTurn.withLock { _ in
        try decode(picture, header: header, name: name, maxSide: maxSide)
      }
    }
  }

  /// By how much libjpeg shrinks while it decodes: the largest of 1, 2, 4, 8 that leaves at least `maxSide` pixels.
  static func shrinkingDivisor(longerSide: Int, maxSide: Int) -> Int {
    [8, 4, 2].first { (longerSide + $0 - 1) / $0 >= maxSide } ?? 1
  }

  private static func decode(
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
    return try RGBImage(pixbuf: pixbuf, name: name, maxSide: maxSide).turned(orientation)
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
      let divisor = PhotoDecoder.shrinkingDivisor(longerSide: max(width, height), maxSide: maxSide)
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
