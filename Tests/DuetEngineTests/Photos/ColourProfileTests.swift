// Photos that bring a colour profile: Display P3 is converted, sRGB is left alone, nonsense is ignored.

import CLcms
import Foundation
import Testing

@testable import DuetEngine

@Suite struct ColourProfileTests {
  /// A profile with the sRGB curve and these red, green and blue (CIE xy), white at D65.
  private static func profile(_ red: (Double, Double), _ green: (Double, Double), _ blue: (Double, Double)) -> Data {
    var white = cmsCIExyY(x: 0.3127, y: 0.3290, Y: 1)
    var primaries = cmsCIExyYTRIPLE(
      Red: cmsCIExyY(x: red.0, y: red.1, Y: 1), Green: cmsCIExyY(x: green.0, y: green.1, Y: 1),
      Blue: cmsCIExyY(x: blue.0, y: blue.1, Y: 1))
    // IEC 61966-2-1: above 0.04045 ((v + 0.055) / 1.055)^2.4, below it v / 12.92.
    let curve = cmsBuildParametricToneCurve(nil, 4, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045])
    defer { cmsFreeToneCurve(curve) }
    let profile = cmsCreateRGBProfile(&white, &primaries, [curve, curve, curve])
    defer { cmsCloseProfile(profile) }
    var size: cmsUInt32Number = 0
    cmsSaveProfileToMem(profile, nil, &size)
    var data = Data(count: Int(size))
    _ = data.withUnsafeMutableBytes { cmsSaveProfileToMem(profile, $0.baseAddress, &size) }
    return data
  }

  private static let displayP3 = profile((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
  private static let standard = profile((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))

  /// A JPEG with a profile, in one piece or several.
  private func jpeg(_ jpeg: Data, profile: Data, pieces: Int = 1) -> Data {
    let length = (profile.count + pieces - 1) / pieces
    var segments = Data()
    for piece in 0..<pieces {
      let bytes = profile.dropFirst(piece * length).prefix(length)
      let size = 2 + 14 + bytes.count
      segments += [0xFF, 0xE2, UInt8(size >> 8), UInt8(size & 0xFF)] + Array("ICC_PROFILE\0".utf8)
      segments += [UInt8(piece + 1), UInt8(pieces)] + bytes
    }
    return jpeg.prefix(2) + segments + jpeg.dropFirst(2)
  }

  private func flat(_ pixel: [UInt8]) -> RGBImage {
    RGBImage(width: 16, height: 16, pixels: (0..<256).flatMap { _ in pixel })
  }

  /// Display P3 (200, 100, 50) by hand: linear 0.5776, 0.1274, 0.0319; times the matrix from P3 to sRGB
  /// (1.2249 -0.2249 0 / -0.0420 1.0420 0 / -0.0197 -0.0786 1.0983): 0.6788, 0.1085, 0.0136; as bytes 215, 93, 31.
  private static let orange: [UInt8] = [200, 100, 50]
  private static let orangeInSRGB = [215, 93, 31]

  @Test(arguments: [1, 3]) func displayP3InAJpegBecomesSRGB(pieces: Int) throws {
    let plain = try flat(Self.orange).jpeg(quality: 100)
    let data = jpeg(plain, profile: Self.displayP3, pieces: pieces)
    let photo = try PhotoImporter.load(.data(data, name: "phone.jpg"))
    let pixel = try PhotoDecoder.decode(photo.copy, name: "copy", maxSide: nil).pixel(7, 7)
    for (found, expected) in zip(pixel, Self.orangeInSRGB) { #expect(abs(Int(found) - expected) <= 3, "\(pixel)") }
    #expect(photo.copy.range(of: Data("ICC_PROFILE".utf8)) == nil)
  }

  @Test func displayP3InAPngBecomesSRGB() throws {
    let data = PlainPNG.file(flat(Self.orange), profile: Self.displayP3)
    let pixel = try PhotoDecoder.decode(data, name: "phone.png", maxSide: nil).pixel(7, 7)
    for (found, expected) in zip(pixel, Self.orangeInSRGB) { #expect(abs(Int(found) - expected) <= 1, "\(pixel)") }
  }

  @Test func greyStaysGrey() {
    let grey = flat([128, 128, 128])
    for value in grey.standardRGB(from: Self.displayP3).pixels { #expect(abs(Int(value) - 128) <= 1) }
  }

  @Test func sRGBByAnyNameIsLeftAlone() throws {
    #expect(ColourProfile.isStandard(Self.standard) && ColourProfile.isStandard(nil))
    #expect(!ColourProfile.isStandard(Self.displayP3))
    let plain = try PictureFixtures.data("quarters.jpg")
    let photo = try PhotoImporter.load(.data(jpeg(plain, profile: Self.standard), name: "a.jpg"))
    #expect(photo.copy == (try PhotoImporter.load(.data(plain, name: "a.jpg")).copy))
  }

  @Test func brokenProfilesAreIgnored() throws {
    let plain = try PictureFixtures.data("quarters.jpg")
    let pixels = try PhotoDecoder.decode(plain, name: "a.jpg", maxSide: nil)
    for broken in [Data(), Data(count: 200), Self.displayP3.prefix(300), Data(repeating: 0xFF, count: 5000)] {
      let data = jpeg(plain, profile: broken)
      #expect(try PhotoDecoder.decode(data, name: "a.jpg", maxSide: nil) == pixels)
    }
    var incomplete = jpeg(plain, profile: Self.displayP3, pieces: 2)
    let first = try #require(incomplete.range(of: Data("ICC_PROFILE\0".utf8)))
    incomplete[first.upperBound] = 2  // the second piece twice, the first never
    #expect(try PhotoDecoder.decode(incomplete, name: "a.jpg", maxSide: nil) == pixels)
  }
}

/// PNG files without compression, so that a test can write what no saver of ours does: a profile.
/// Source: PNG, third edition, 5 and 11.3.2; RFC 1950 and 1951 for the stored blocks.
private enum PlainPNG {
  static func file(_ image: RGBImage, profile: Data) -> Data {
    let row = image.width * 3
    let rows = (0..<image.height).flatMap { [0] + image.pixels[$0 * row..<($0 + 1) * row] }
    let header = big(image.width) + big(image.height) + [8, 2, 0, 0, 0]
    return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      + chunk("IHDR", header) + chunk("iCCP", Array("P3\0\0".utf8) + stored(Array(profile)))
      + chunk("IDAT", stored(rows)) + chunk("IEND", [])
  }

  private static func big(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

  private static func chunk(_ type: String, _ body: [UInt8]) -> Data {
    let named = Array(type.utf8) + body
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in named {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Data(big(body.count) + named + big(Int(~remainder)))
  }

  /// One stored block: at most 65,535 bytes.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    let length = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)]
    let sums = bytes.reduce((1, 0)) { sums, byte in
      let first = (sums.0 + Int(byte)) % 65521
      return (first, (sums.1 + first) % 65521)
    }
    return [0x78, 0x01, 1] + length + length.map { ~$0 } + bytes + big(sums.1 << 16 | sums.0)
  }
}
