// Photos that bring a colour profile: Display P3 is converted, sRGB is left alone, nonsense is ignored.

import CGdkPixbuf
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
    let data = try png(flat(Self.orange), profile: Self.displayP3)
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

  private struct NotWritten: Error {}

  private func png(_ image: RGBImage, profile: Data) throws -> Data {
    var bytes: UnsafeMutablePointer<CChar>?
    var count: gsize = 0
    var keys = [strdup("icc-profile"), nil]
    var values = [strdup(profile.base64EncodedString()), nil]
    defer {
      free(keys[0])
      free(values[0])
      g_free(bytes)
    }
    let saved = image.pixels.withUnsafeBufferPointer { pixels in
      let pixbuf = gdk_pixbuf_new_from_data(
        pixels.baseAddress, GDK_COLORSPACE_RGB, 0, 8, Int32(image.width), Int32(image.height),
        Int32(image.width * 3), nil, nil)
      defer { pixbuf.map { g_object_unref(UnsafeMutableRawPointer($0)) } }
      return gdk_pixbuf_save_to_bufferv(pixbuf, &bytes, &count, "png", &keys, &values, nil)
    }
    guard saved != 0, let bytes else { throw NotWritten() }
    return Data(bytes: bytes, count: Int(count))
  }
}
