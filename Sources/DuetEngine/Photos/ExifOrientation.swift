// How a camera was held, read from a photo's Exif block, and the two bits of arithmetic around it.
// The block is untrusted: every offset is checked. Values; any thread. Source: TIFF 6.0, section 2; Exif 2.32, 4.6.4.

/// The 16- and 32-bit numbers of a byte range, in either byte order; nil past its end.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  var bigEndian = true

  func uint8(_ at: Int) -> Int? { at >= 0 && at < bytes.count ? Int(bytes[at]) : nil }

  func uint16(_ at: Int) -> Int? {
    guard at >= 0, at <= bytes.count - 2 else { return nil }
    let a = Int(bytes[at])
    let b = Int(bytes[at + 1])
    return bigEndian ? a << 8 | b : b << 8 | a
  }

  func uint32(_ at: Int) -> Int? {
    guard let a = uint16(at), let b = uint16(at + 2) else { return nil }
    return bigEndian ? a << 16 | b : b << 16 | a
  }

  /// Whether the bytes at `at` are these.
  func matches(_ text: StaticString, _ at: Int) -> Bool {
    guard at >= 0, at <= bytes.count - text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(bytes[at..<at + text.utf8CodeUnitCount]) }
  }
}

/// The first directory of a TIFF structure, which is what an Exif block is.
struct TiffDirectory {
  private var reader: ByteReader
  private let start: Int

  /// nil where the header is none or the directory lies outside.
  init?(_ bytes: UnsafeRawBufferPointer) {
    reader = ByteReader(bytes: bytes)
    if reader.matches("II*\0", 0) {
      reader.bigEndian = false
    } else if !reader.matches("MM\0*", 0) {
      return nil
    }
    guard let offset = reader.uint32(4), offset >= 8, reader.uint16(offset) != nil else { return nil }
    start = offset
  }

  /// The value of a tag that holds one short or long number.
  func number(_ tag: Int) -> Int? {
    guard let count = reader.uint16(start) else { return nil }
    for index in 0..<count {
      let entry = start + 2 + index * 12
      guard let found = reader.uint16(entry) else { return nil }
      guard found == tag else { continue }
      switch reader.uint16(entry + 2) {
      case 3: return reader.uint16(entry + 8)
      case 4: return reader.uint32(entry + 8)
      default: return nil
      }
    }
    return nil
  }

  static let widthTag = 256
  static let heightTag = 257
  static let orientationTag = 274
}

/// The eight ways in which stored rows and columns may lie to the upright picture.
enum ExifOrientation: Int {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case flipped = 4
  case transposed = 5
  case quarterTurnRight = 6
  case transversed = 7
  case quarterTurnLeft = 8

  /// Of an Exif block (without its "Exif" heading); upright where it says nothing or nonsense.
  init(exif: UnsafeRawBufferPointer) {
    let value = TiffDirectory(exif)?.number(TiffDirectory.orientationTag)
    self = value.flatMap { ExifOrientation(rawValue: $0) } ?? .upright
  }
}
