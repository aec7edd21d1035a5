// JPEG to RGB through libjpeg-turbo, shrunk while it is decoded where a smaller picture is wanted. Any thread but the
// main one; every call has a decoder of its own. The bytes are untrusted, and PhotoDecoder has looked at them before.

import CTurboJPEG
import Foundation

enum JpegDecoder {
  /// The shorter side that is left by shrinking, in pixels, at least: twice what the extractors resize it to.
  static let leastShortSide = 512

  /// Decodes a grey or YCbCr (or RGB) JPEG as it is stored, not yet turned upright.
  ///
  /// - Parameter maxSide: the longer side that is wanted; the result may be larger, see ``divisor(width:height:maxSide:)``.
  /// - Returns: nil for kinds of JPEG that this decoder does not read: four inks, or unusual ways to store colour.
  /// - Throws: `PhotoError`.
  static func decode(_ bytes: UnsafeRawBufferPointer, name: String, maxSide: Int?) throws -> RGBImage? {
    guard let decoder = tjInitDecompress() else { throw PhotoError.damaged(name: name) }
    defer { tjDestroy(decoder) }
    let source = bytes.bindMemory(to: UInt8.self)
    guard let start = source.baseAddress, let frame = JpegKind(decoder, bytes), frame.isReadable else { return nil }
    guard frame.width * frame.height <= PhotoDecoder.pixelLimit else {
      throw PhotoError.tooManyPixels(name: name, megapixels: frame.width * frame.height / 1_000_000)
    }
    let divisor = maxSide.map { Self.divisor(width: frame.width, height: frame.height, maxSide: $0) } ?? 1
    let width = (frame.width + divisor - 1) / divisor
    let height = (frame.height + divisor - 1) / divisor
    var isDecoded = false
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { output, written in
      let status = tjDecompress2(
        decoder, start, UInt(source.count), output.baseAddress, Int32(width), 0, Int32(height),
        Int32(TJPF_RGB.rawValue), TJFLAG_LIMITSCANS)
      // A warning is a blemish that every viewer forgives; that the picture has its end is known already.
      isDecoded = status == 0 || UInt32(tjGetErrorCode(decoder)) == TJERR_WARNING.rawValue
      written = isDecoded ? width * height * 3 : 0
    }
    guard isDecoded else { throw PhotoError.damaged(name: name) }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  /// By how much a JPEG is shrunk while it is decoded for a longer side of `maxSide`: the largest of 1, 2, 4 and 8
  /// that leaves fifteen sixteenths of it, and 512 pixels of the shorter side where the wanted picture has them.
  ///
  /// The sixteenth lets photos of 12 and 48 megapixels (4,032 and 8,064 pixels wide) come out at 1,008 pixels, ready
  /// without another resize. The decoder offers other eighths, but has no vector code for them: 3/8 takes longer than
  /// 4/8, and 5/8 longer than the whole.
  static func divisor(width: Int, height: Int, maxSide: Int) -> Int {
    let wanted = RGBImage.size(width, height, within: maxSide)
    let longer = max(wanted.0, wanted.1)
    let shorter = min(wanted.0, wanted.1, leastShortSide)
    return [8, 4, 2].first { divisor in
      (max(width, height) + divisor - 1) / divisor * 16 >= longer * 15
        && (min(width, height) + divisor - 1) / divisor >= shorter
    } ?? 1
  }
}

/// What the decoder says of a JPEG before it decodes it.
struct JpegKind {
  let width: Int
  let height: Int
  private let colours: Int32

  /// - Parameter decoder: any TurboJPEG handle that can read.
  /// - Returns: nil where the decoder cannot make out the frame.
  init?(_ decoder: tjhandle, _ bytes: UnsafeRawBufferPointer) {
    let source = bytes.bindMemory(to: UInt8.self)
    var (width, height, sampling, colours) = (Int32(0), Int32(0), Int32(0), Int32(0))
    guard
      tjDecompressHeader3(
        decoder, source.baseAddress, UInt(source.count), &width, &height, &sampling, &colours) == 0,
      width > 0, height > 0
    else { return nil }
    self.width = Int(width)
    self.height = Int(height)
    self.colours = colours
  }

  /// Whether its colours become RGB without a printer's profile.
  var isReadable: Bool { isPlain || colours == Int32(TJCS_RGB.rawValue) }

  /// Whether it is stored as every camera does: grey, or brightness and two colour differences.
  var isPlain: Bool { colours == Int32(TJCS_YCbCr.rawValue) || colours == Int32(TJCS_GRAY.rawValue) }
}
