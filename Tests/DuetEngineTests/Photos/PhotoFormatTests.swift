// Every format and colour type that people bring comes out as the same upright RGB.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PhotoFormatTests {
  private func decode(_ name: String, maxSide: Int? = nil) throws -> RGBImage {
    try PhotoDecoder.decode(PictureFixtures.data(name), name: name, maxSide: maxSide)
  }

  @Test(
    arguments: [
      "quarters.png", "quarters.bmp", "quarters.tif", "quarters.jpg", "quarters-progressive.jpg", "palette.png",
      "quarters.webp", "gps.jpg",
    ])
  func quarters(name: String) throws {
    let image = try decode(name)
    #expect((image.width, image.height) == (32, 16))
    #expect(image.corners == [.red, .green, .blue, .yellow])
  }

  @Test func losslessFormatsAreExact() throws {
    for name in ["quarters.png", "quarters.bmp", "quarters.tif", "palette.png", "quarters.webp"] {
      #expect(try decode(name) == PictureFixtures.quarters, "\(name)")
    }
  }

  @Test func lossyWebP() throws {
    let image = try decode("quarters-lossy.webp")
    #expect((image.width, image.height) == (32, 16))
    #expect(image.colour(4, 4, tolerance: 30) == .red)
    #expect(image.colour(28, 12, tolerance: 30) == .yellow)
  }

  @Test func greyJPEG() throws {
    let image = try decode("grey.jpg")
    #expect(image.pixels.allSatisfy { abs(Int($0) - 128) <= 1 })
  }

  @Test func greyWith16Bits() throws {
    #expect(try decode("grey16.png").pixel(5, 5) == [0x40, 0x40, 0x40])
  }

  @Test func colourWith16Bits() throws {
    let pixel = try decode("colour16.png").pixel(31, 15)
    // 0x80FF lies between two 8-bit levels: cut or rounded, both are right.
    #expect(pixel == [0x80, 0x40, 0xFF] || pixel == [0x81, 0x40, 0xFF])
  }

  @Test func cmykJPEG() throws {
    // Cyan 0, magenta 100 %, yellow 100 %, black 0 is red.
    let image = try decode("cmyk.jpg")
    #expect(image.colour(3, 3) == .red && image.colour(28, 12) == .red)
  }

  @Test func transparencyIsOverWhite() throws {
    let image = try decode("transparent.png")
    // 128 of 255 red over white: 255, 127, 127.
    #expect(image.pixel(0, 0) == [255, 127, 127])
    #expect(image.colour(31, 15) == .white)
  }

  @Test func transparentPaletteIsOverWhite() throws {
    let image = try decode("transparent-palette.png")
    #expect(image.colour(0, 0, tolerance: 0) == .blue)
    #expect(image.colour(31, 15, tolerance: 0) == .white)
  }

  @Test func gifShowsItsFirstFrame() throws {
    #expect(try decode("two-frames.gif").corners == [.red, .red, .red, .red])
  }

  @Test func longerSideIsLimitedAndNeverEnlarged() throws {
    let small = try decode("quarters.png", maxSide: 8)
    #expect((small.width, small.height) == (8, 4))
    #expect(small.colour(0, 0) == .red && small.colour(7, 3) == .yellow)
    #expect(try decode("quarters.png", maxSide: 1024).width == 32)
    // A side never becomes nothing.
    let line = RGBImage(width: 400, height: 1, pixels: [UInt8](repeating: 9, count: 1200))
    let decoded = try PhotoDecoder.decode(line.jpeg(quality: 95), name: "line.jpg", maxSide: 100)
    #expect((decoded.width, decoded.height) == (100, 1))
  }

  /// The smallest scale that leaves 960 of 1,024 pixels, and 512 of the shorter side where the copy has them.
  @Test(arguments: [
    (8064, 6048, 8), (8193, 6000, 8), (7679, 5000, 8), (7672, 5000, 4), (4032, 3024, 4), (3024, 4032, 4),
    (3839, 2880, 4), (3836, 2880, 2), (2048, 1536, 2), (1918, 1080, 1), (1024, 768, 1), (640, 480, 1),
    (90_000, 1000, 8),
    // 2:1: the copy is 1,024 x 512; a quarter is 507 pixels high, so half is decoded.
    (4056, 2028, 2),
  ])
  func shrinkingLeavesEnough(width: Int, height: Int, divisor: Int) {
    #expect(JpegDecoder.divisor(width: width, height: height, maxSide: 1024) == divisor)
  }

  @Test func jpegIsShrunkWhileItIsRead() throws {
    var pixels: [UInt8] = []
    for y in 0..<384 {
      for x in 0..<512 { pixels += [UInt8(x / 2), UInt8(y / 2), 100] }
    }
    let data = try RGBImage(width: 512, height: 384, pixels: pixels).jpeg(quality: 95)
    let whole = try PhotoDecoder.decode(data, name: "a.jpg", maxSide: nil)
    #expect((whole.width, whole.height) == (512, 384))
    let small = try PhotoDecoder.decode(data, name: "a.jpg", maxSide: 100)
    #expect((small.width, small.height) == (100, 75))
    // A smooth ramp stays one: pixel (50, 37) of 100 x 75 lies at 258.6 of 512 and 192 of 384.
    for (value, expected) in zip(small.pixel(50, 37), [129, 96, 100]) { #expect(abs(Int(value) - expected) <= 2) }
  }
}
