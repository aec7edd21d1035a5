// A walk over the segments of a JPEG, from its start to its end mark, without decoding anything.
// Any thread; reads only; every offset is checked. Source: ITU-T T.81, annex B.

import Foundation

/// Finds a JPEG's size, its orientation, and whether its end is there.
enum JpegFrame {
  /// - Throws: `PhotoError.truncated` where the end mark or a segment is missing.
  static func header(_ reader: ByteReader, name: String) throws -> PictureHeader {
    var size: (width: Int, height: Int)?
    var orientation: ExifOrientation?
    var isProgressive = false
    var profile = ProfileParts()
    var at = 2
    while let byte = reader.uint8(at), let marker = reader.uint8(at + 1) {
      guard byte == 0xFF else { throw PhotoError.damaged(name: name) }
      switch marker {
      case 0xFF:  // filling before a marker
        at += 1
      case 0xD9:
        guard let size else { throw PhotoError.damaged(name: name) }
        var header = PictureHeader(
          format: .jpeg, width: size.width, height: size.height, orientation: orientation ?? .upright, end: at + 2)
        header.isProgressive = isProgressive
        header.profile = profile.whole
        return header
      case 0x01, 0xD0...0xD8:  // marks without a length
        at += 2
      default:
        guard let length = reader.uint16(at + 2) else { throw PhotoError.truncated(name: name) }
        guard length >= 2 else { throw PhotoError.damaged(name: name) }
        let next = at + 2 + length
        guard next <= reader.bytes.count else { throw PhotoError.truncated(name: name) }
        if marker == 0xE1, orientation == nil, length >= 8, reader.matches("Exif\0\0", at + 4) {
          orientation = ExifOrientation(exif: UnsafeRawBufferPointer(rebasing: reader.bytes[at + 10..<next]))
        } else if marker == 0xE2, length >= 16, reader.matches("ICC_PROFILE\0", at + 4) {
          profile.add(reader.bytes[at + 16..<next])
        } else if isFrame(marker), size == nil, let height = reader.uint16(at + 5), let width = reader.uint16(at + 7) {
          size = (width, height)
          isProgressive = [0xC2, 0xC6, 0xCA, 0xCE].contains(marker)
        }
        at = marker == 0xDA ? endOfScan(reader.bytes, next) : next
      }
    }
    throw PhotoError.truncated(name: name)
  }

  /// Start-of-frame marks: 0xC0 to 0xCF without the tables that share the range.
  private static func isFrame(_ marker: Int) -> Bool {
    (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
  }

  /// The next mark behind compressed data, in which 0xFF is followed by 0 or by a restart mark.
  private static func endOfScan(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var at = start
    while at + 1 < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + at, 0xFF, bytes.count - 1 - at)
    {
      at = UnsafeRawPointer(found) - base
      let next = bytes[at + 1]
      if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return at }
      at += 1
    }
    return bytes.count
  }
}

/// A colour profile that lies in numbered pieces of at most 64 KB. Source: ICC.1:2010, annex B.4.
private struct ProfileParts {
  private var parts: [Int: Data] = [:]
  private var expected: Int?

  /// - Parameter piece: its number from 1, how many there are, and its bytes.
  mutating func add(_ piece: Slice<UnsafeRawBufferPointer>) {
    expected = Int(piece[piece.startIndex + 1])
    parts[Int(piece[piece.startIndex])] = Data(piece.dropFirst(2))
  }

  /// nil where a piece is missing.
  var whole: Data? {
    guard let expected, expected > 0 else { return nil }
    let found = (1...expected).compactMap { parts[$0] }
    return found.count == expected ? found.reduce(into: Data()) { $0.append($1) } : nil
  }
}
