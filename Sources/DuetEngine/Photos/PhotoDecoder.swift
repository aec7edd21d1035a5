// From the bytes of any supported file to an upright RGB picture: looks at the bytes, refuses what is too big or not
// all there, and hands the rest to the decoder for it. Any thread but the main one. The bytes are untrusted.

import Foundation
import Synchronization

public enum PhotoDecoder {
  /// Most pixels that a picture may claim: 200 megapixels.
  public static let pixelLimit = 200_000_000
  /// Pictures that cannot be shrunk while they are read and have more pixels than this are decoded one at a time.
  private static let bigPicture = 40_000_000
  private static let bigPictureTurn = Mutex(())

  /// Decodes a picture: upright, over white, 8-bit sRGB.
  ///
  /// A JPEG is shrunk by its own decoder by 2, 4 or 8 where that leaves at least fifteen sixteenths of `maxSide`
  /// (``JpegDecoder/divisor(width:height:maxSide:)``); then, as for all formats, a longer side above `maxSide` is
  /// resized to it (bicubic, antialiased). Nothing is ever enlarged. Colours with a profile become sRGB.
  /// Memory beside the bytes and the result: for a plain JPEG a few rows and 3 bytes for each shrunk pixel; for
  /// progressive JPEGs 3 bytes, for all other pictures 3 or 4 bytes for each pixel of the file.
  ///
  /// - Parameters:
  ///   - name: what messages call the picture.
  ///   - maxSide: longest side of the result in pixels; nil keeps the size.
  /// - Throws: `PhotoError`.
  public static func decode(_ data: Data, name: String, maxSide: Int?) throws -> RGBImage {
    try data.withUnsafeBytes { try decode($0, header: header(of: $0, name: name), name: name, maxSide: maxSide) }
  }

  /// What a picture says of itself, where it may be decoded at all.
  /// - Throws: `PhotoError`.
  static func header(of bytes: UnsafeRawBufferPointer, name: String) throws -> PictureHeader {
    guard !bytes.isEmpty else { throw PhotoError.empty(name: name) }
    let header = try PictureHeader(bytes, name: name)
    guard header.width > 0, header.height > 0 else { throw PhotoError.damaged(name: name) }
    let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
    guard !overflow, pixels <= pixelLimit else {
      throw PhotoError.tooManyPixels(name: name, megapixels: overflow ? Int.max / 1_000_000 : pixels / 1_000_000)
    }
    return header
  }

  /// - Parameter header: that of these very bytes.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, header: PictureHeader, name: String, maxSide: Int?
  ) throws -> RGBImage {
    let picture = UnsafeRawBufferPointer(rebasing: bytes[..<min(header.end, bytes.count)])
    func decoded() throws -> RGBImage {
      guard header.format == .jpeg, let stored = try JpegDecoder.decode(picture, name: name, maxSide: maxSide) else {
        return try PixbufDecoder.decode(picture, header: header, name: name, maxSide: maxSide)
      }
      let (width, height) = RGBImage.size(stored.width, stored.height, within: maxSide)
      return stored.resized(width: width, height: height, filter: .bicubic)
        .standardRGB(from: header.profile).turned(header.orientation)
    }
    let mayBeBig = header.format != .jpeg || header.isProgressive
    guard mayBeBig, header.width * header.height > bigPicture else { return try decoded() }
    return try bigPictureTurn.withLock { _ in try decoded() }
  }
}
