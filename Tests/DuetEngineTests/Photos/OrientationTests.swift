// All eight ways in which a camera may have been held, in the formats that say so.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct OrientationTests {
  /// Corners (top left, top right, bottom left, bottom right) of the upright picture when red, green / blue, yellow
  /// is stored. From the definition: orientation 6, for one, says that stored row 0 is the right side and stored
  /// column 0 the top, so stored red comes to the top right and stored blue to the top left.
  static let upright: [(orientation: Int, corners: [Colour])] = [
    (1, [.red, .green, .blue, .yellow]),
    (2, [.green, .red, .yellow, .blue]),
    (3, [.yellow, .blue, .green, .red]),
    (4, [.blue, .yellow, .red, .green]),
    (5, [.red, .blue, .green, .yellow]),
    (6, [.blue, .red, .yellow, .green]),
    (7, [.yellow, .green, .blue, .red]),
    (8, [.green, .yellow, .red, .blue]),
  ]

  private func check(_ image: RGBImage, _ expected: (orientation: Int, corners: [Colour])) {
    let size = expected.orientation >= 5 ? (16, 32) : (32, 16)
    #expect((image.width, image.height) == size)
    #expect(image.corners == expected.corners)
  }

  @Test(arguments: 0..<8) func jpeg(index: Int) throws {
    let expected = Self.upright[index]
    let data = try PictureFixtures.jpeg(
      PictureFixtures.data("quarters.jpg"), orientation: UInt8(expected.orientation))
    check(try PhotoDecoder.decode(data, name: "a.jpg", maxSide: nil), expected)
  }

  @Test(arguments: 0..<8) func tiff(index: Int) throws {
    let expected = Self.upright[index]
    let data = PictureFixtures.tiff(
      width: 32, height: 16, pixels: PictureFixtures.quarters.pixels, orientation: expected.orientation)
    check(try PhotoDecoder.decode(data, name: "a.tif", maxSide: nil), expected)
  }

  @Test(arguments: ["turned.png", "turned.webp"]) func chunk(name: String) throws {
    check(try PhotoDecoder.decode(PictureFixtures.data(name), name: name, maxSide: nil), Self.upright[5])
  }

  @Test func shrinkingAndTurningGoTogether() throws {
    let data = try PictureFixtures.jpeg(PictureFixtures.data("quarters.jpg"), orientation: 8)
    let image = try PhotoDecoder.decode(data, name: "a.jpg", maxSide: 16)
    #expect((image.width, image.height) == (8, 16))
    #expect(image.colour(1, 2, tolerance: 40) == .green && image.colour(6, 13, tolerance: 40) == .blue)
  }

  @Test func nonsenseIsUpright() throws {
    let stored = try PictureFixtures.data("quarters.jpg")
    for orientation in [UInt8(0), 9, 255] {
      let image = try PhotoDecoder.decode(
        PictureFixtures.jpeg(stored, orientation: orientation), name: "a.jpg", maxSide: nil)
      check(image, Self.upright[0])
    }
  }

  @Test func brokenExifBlocksAreHarmless() {
    let blocks: [[UInt8]] = [
      [], Array("II*\0".utf8), Array("II*\0".utf8) + [255, 255, 255, 255],
      Array("MM\0*".utf8) + [0, 0, 0, 8, 0xFF, 0xFF],
      Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3],
    ]
    for block in blocks {
      #expect(block.withUnsafeBytes { ExifOrientation(exif: $0) } == .upright)
    }
  }
}
