// A look at a picture's first bytes and its frame, before any decoder sees it: which format, how many pixels it
// claims, whether it is all there, how the camera was held. Decoders forgive a missing end; we do not, because half
// a photo teaches a category the colour grey. Any thread; reads only; every offset is checked.

import Foundation

/// What a picture says of itself.
struct PictureHeader {
  enum Format { case jpeg, png, gif, bmp, tiff, webp }

  let format: Format
  let width: Int
  let height: Int
  var orientation = ExifOrientation.upright
  /// Where the picture ends; a phone may put a film behind it.
  var end: Int
  /// A JPEG of several scans, all of which a decoder must keep: 3 bytes a pixel, however small the result.
  var isProgressive = false
  /// A JPEG's colour profile, as it is embedded; other formats leave theirs to their loader.
  var profile: Data?

  /// - Throws: `PhotoError`: not a picture, a format we do not read, or a part is missing.
  init(_ data: UnsafeRawBufferPointer, name: String) throws {
    let reader = ByteReader(bytes: data)
    if reader.uint8(0) == 0x89, reader.matches("PNG\r\n", 1) {
      self = try Self.png(reader, name: name)
    } else if reader.uint16(0) == 0xFFD8, reader.uint8(2) == 0xFF {
      self = try JpegFrame.header(reader, name: name)
    } else if reader.matches("GIF87a", 0) || reader.matches("GIF89a", 0) {
      self = try Self.gif(reader, name: name)
    } else if reader.matches("RIFF", 0), reader.matches("WEBP", 8) {
      self = try Self.webp(reader, name: name)
    } else if reader.matches("BM", 0), let size = Self.little(reader).uint32(14),
      [12, 40, 52, 56, 64, 108, 124].contains(size)
    {
      self = try Self.bmp(Self.little(reader), headerSize: size, name: name)
    } else if reader.matches("II*\0", 0) || reader.matches("MM\0*", 0) {
      self = try Self.tiff(data, name: name)
    } else if let format = Self.knownButUnread(reader) {
      throw PhotoError.unsupportedFormat(name: name, format: format)
    } else {
      throw PhotoError.notAPicture(name: name)
    }
  }

  init(format: Format, width: Int, height: Int, orientation: ExifOrientation = .upright, end: Int) {
    self.format = format
    self.width = width
    self.height = height
    self.orientation = orientation
    self.end = end
  }

  private static func little(_ reader: ByteReader) -> ByteReader { ByteReader(bytes: reader.bytes, bigEndian: false) }

  /// Pictures that people have and that we can name, so that they know what to do: where, which bytes, what.
  private static let unread: [(at: Int, mark: StaticString, format: String)] = [
    (4, "ftypavif", "AVIF"), (4, "ftypavis", "AVIF"), (4, "ftyphei", "HEIC"), (4, "ftyphev", "HEIC"),
    (4, "ftypmif1", "HEIC"), (4, "ftypmsf1", "HEIC"), (4, "ftypcrx", "raw (CR3)"), (4, "jP  ", "JPEG 2000"),
    (4, "JXL ", "JPEG XL"), (0, "<svg", "SVG"), (0, "%PDF", "PDF"), (0, "8BPS", "Photoshop"),
    (0, "gimp xcf", "GIMP"), (0, "II+\0", "BigTIFF"), (0, "MM\0+", "BigTIFF"), (0, "\0\0\u{1}\0", "icon (ICO)"),
    (0, "P6\n", "PPM"), (0, "P5\n", "PGM"),
  ]

  private static func knownButUnread(_ reader: ByteReader) -> String? {
    unread.first { reader.matches($0.mark, $0.at) }?.format
  }

  /// Chunks up to IEND: length, name, data, checksum.
  private static func png(_ reader: ByteReader, name: String) throws -> PictureHeader {
    guard reader.matches("IHDR", 12), let width = reader.uint32(16), let height = reader.uint32(20) else {
      throw PhotoError.truncated(name: name)
    }
    var orientation = ExifOrientation.upright
    var at = 8
    while let length = reader.uint32(at) {
      let next = at + 12 + length
      guard next <= reader.bytes.count else { break }
      if reader.matches("IEND", at + 4) {
        return PictureHeader(format: .png, width: width, height: height, orientation: orientation, end: next)
      }
      if reader.matches("eXIf", at + 4) {
        orientation = ExifOrientation(exif: UnsafeRawBufferPointer(rebasing: reader.bytes[at + 8..<at + 8 + length]))
      }
      at = next
    }
    throw PhotoError.truncated(name: name)
  }

  /// The screen's size; that the first frame is whole is for the decoder to say.
  private static func gif(_ reader: ByteReader, name: String) throws -> PictureHeader {
    let reader = little(reader)
    guard let width = reader.uint16(6), let height = reader.uint16(8) else { throw PhotoError.truncated(name: name) }
    return PictureHeader(format: .gif, width: width, height: height, end: reader.bytes.count)
  }

  private static func bmp(_ reader: ByteReader, headerSize: Int, name: String) throws -> PictureHeader {
    let old = headerSize == 12
    guard let start = reader.uint32(10), let rawWidth = old ? reader.uint16(18) : reader.uint32(18),
      let rawHeight = old ? reader.uint16(20) : reader.uint32(22), let bits = reader.uint16(old ? 24 : 28)
    else { throw PhotoError.truncated(name: name) }
    let compression = old ? 0 : reader.uint32(30) ?? 0
    // A negative height says that rows go from top to bottom.
    let height = rawHeight > Int(Int32.max) ? Int(UInt32.max) - rawHeight + 1 : rawHeight
    if compression == 0 || compression == 3 {
      let row = (rawWidth * bits + 31) / 32 * 4
      let (size, overflow) = row.multipliedReportingOverflow(by: height)
      let fits = !overflow && size <= reader.bytes.count - start
      guard fits || rawWidth * height > PhotoDecoder.pixelLimit else { throw PhotoError.truncated(name: name) }
    } else if let size = reader.uint32(2), size > reader.bytes.count {
      throw PhotoError.truncated(name: name)
    }
    return PictureHeader(format: .bmp, width: rawWidth, height: height, end: reader.bytes.count)
  }

  /// Directories may lie anywhere in the file, so only the sizes are read here.
  private static func tiff(_ data: UnsafeRawBufferPointer, name: String) throws -> PictureHeader {
    guard let directory = TiffDirectory(data), let width = directory.number(TiffDirectory.widthTag),
      let height = directory.number(TiffDirectory.heightTag)
    else { throw PhotoError.truncated(name: name) }
    return PictureHeader(format: .tiff, width: width, height: height, end: data.count)
  }

  /// RIFF chunks: a plain (VP8), lossless (VP8L) or extended (VP8X) picture, its Exif block behind it.
  private static func webp(_ reader: ByteReader, name: String) throws -> PictureHeader {
    let reader = little(reader)
    guard let size = reader.uint32(4), size + 8 <= reader.bytes.count else { throw PhotoError.truncated(name: name) }
    let end = size + 8
    var found: (width: Int, height: Int)?
    var orientation = ExifOrientation.upright
    var at = 12
    while at + 8 <= end, let length = reader.uint32(at + 4), at + 8 + length <= end {
      let body = at + 8
      if found == nil, reader.matches("VP8X", at), let a = reader.uint32(body + 4), let b = reader.uint32(body + 6) {
        found = ((a & 0xFF_FFFF) + 1, (b >> 8 & 0xFF_FFFF) + 1)
      } else if found == nil, reader.matches("VP8 ", at), let a = reader.uint16(body + 6),
        let b = reader.uint16(body + 8)
      {
        found = (a & 0x3FFF, b & 0x3FFF)
      } else if found == nil, reader.matches("VP8L", at), let bits = reader.uint32(body + 1) {
        found = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
      } else if reader.matches("EXIF", at) {
        let heading = reader.matches("Exif\0\0", body) ? min(6, length) : 0
        orientation = ExifOrientation(
          exif: UnsafeRawBufferPointer(rebasing: reader.bytes[body + heading..<body + length]))
      }
      at = body + length + length % 2
    }
    guard let found else { throw PhotoError.truncated(name: name) }
    return PictureHeader(format: .webp, width: found.width, height: found.height, orientation: orientation, end: end)
  }
}
