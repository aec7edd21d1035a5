// Small pictures for decoding tests: those in Fixtures, and bytes that tests build themselves.

import Foundation

@testable import DuetEngine

enum PictureFixtures {
  static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func data(_ name: String) throws -> Data { try Data(contentsOf: directory.appendingPathComponent(name)) }

  /// A JPEG with an Exif block that holds nothing but the orientation.
  static func jpeg(_ jpeg: Data, orientation: UInt8) -> Data {
    let block: [UInt8] =
      Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1]  // one entry, big-endian, at offset 8
      + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0] + [0, 0, 0, 0]
    let segment = [0xFF, 0xE1, UInt8((block.count + 2) >> 8), UInt8((block.count + 2) & 0xFF)] + block
    return jpeg.prefix(2) + Data(segment) + jpeg.dropFirst(2)
  }

  /// An uncompressed 8-bit RGB TIFF, little-endian: header, pixels, directory.
  static func tiff(width: Int, height: Int, pixels: [UInt8], orientation: Int) -> Data {
    func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }
    func long(_ value: Int) -> [UInt8] { short(value & 0xFFFF) + short(value >> 16) }
    func entry(_ tag: Int, _ value: Int) -> [UInt8] { short(tag) + short(4) + long(1) + long(value) }
    let bits = 8 + pixels.count
    let directory = bits + 6
    let entries: [[UInt8]] = [
      entry(256, width), entry(257, height), short(258) + short(3) + long(3) + long(bits), entry(259, 1),
      entry(262, 2), entry(273, 8), short(274) + short(3) + long(1) + short(orientation) + short(0), entry(277, 3),
      entry(278, height), entry(279, pixels.count),
    ]
    return Data(
      Array("II*\0".utf8) + long(directory) + pixels + short(8) + short(8) + short(8) + short(entries.count)
        + entries.flatMap { $0 } + long(0))
  }

  /// 32 x 16: red, green above blue, yellow.
  static let quarters: RGBImage = {
    var pixels: [UInt8] = []
    for y in 0..<16 {
      for x in 0..<32 { pixels += (y < 8 ? (x < 16 ? Colour.red : .green) : (x < 16 ? .blue : .yellow)).bytes }
    }
    return RGBImage(width: 32, height: 16, pixels: pixels)
  }()
}

/// A pure colour that a test can name.
enum Colour: CaseIterable {
  case red, green, blue, yellow, white, black

  var bytes: [UInt8] {
    switch self {
    case .red: [255, 0, 0]
    case .green: [0, 255, 0]
    case .blue: [0, 0, 255]
    case .yellow: [255, 255, 0]
    case .white: [255, 255, 255]
    case .black: [0, 0, 0]
    }
  }
}

extension RGBImage {
  func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(pixels[(y * width + x) * 3..<(y * width + x) * 3 + 3]) }

  /// The pure colour of a pixel; nil where no channel-wise difference below `tolerance` finds one.
  func colour(_ x: Int, _ y: Int, tolerance: Int = 12) -> Colour? {
    Colour.allCases.first { colour in
      zip(colour.bytes, pixel(x, y)).allSatisfy { abs(Int($0) - Int($1)) <= tolerance }
    }
  }

  /// The colours near the corners: top left, top right, bottom left, bottom right.
  var corners: [Colour?] {
    [colour(2, 2), colour(width - 3, 2), colour(2, height - 3), colour(width - 3, height - 3)]
  }
}

extension RGBImage {
  /// Every byte at random: the hardest picture for rounding and for edges.
  static func noise(width: Int, height: Int, seed: UInt64) -> RGBImage {
    var random = SplitMix64(seed: seed)
    return RGBImage(
      width: width, height: height,
      pixels: (0..<width * height * 3).map { _ in UInt8(truncatingIfNeeded: random.next()) })
  }
}
