// Which pixels of a photo a person painted over: run lengths, small enough to keep in the project.
// A value; any thread. Masks from a file are untrusted: what does not add up is no mask.

import Foundation

/// A set of pixels of a `width` x `height` picture.
public struct RegionMask: Sendable, Equatable {
  /// Longest side of a picture that can be painted on, in pixels: that of a project's copy.
  public static let largestSide = PhotoImporter.copySide

  public let width: Int
  public let height: Int
  /// Lengths of runs in reading order, beginning with pixels that are not painted (possibly 0 of them), taking
  /// turns; the last run reaches the end of the picture.
  let runs: [Int]

  /// - Parameter isPainted: one value a pixel, row by row.
  /// - Precondition: `isPainted.count == width * height`, both sides 1...``largestSide``.
  public init(width: Int, height: Int, isPainted: [Bool]) {
    precondition(isPainted.count == width * height && Self.isPossible(width, height))
    self.width = width
    self.height = height
    var runs: [Int] = []
    var (state, length) = (false, 0)
    for pixel in isPainted {
      if pixel != state {
        runs.append(length)
        (state, length) = (pixel, 0)
      }
      length += 1
    }
    runs.append(length)
    self.runs = runs
  }

  /// One value a pixel, row by row.
  public var isPainted: [Bool] {
    var pixels: [Bool] = []
    pixels.reserveCapacity(width * height)
    for (index, length) in runs.enumerated() {
      pixels.append(contentsOf: repeatElement(index % 2 == 1, count: length))
    }
    return pixels
  }

  /// Painted pixels.
  public var count: Int { stride(from: 1, to: runs.count, by: 2).reduce(0) { $0 + runs[$1] } }

  /// Painted pixels as a share of the picture, 0 to 1.
  public var share: Double { Double(count) / Double(width * height) }

  private static func isPossible(_ width: Int, _ height: Int) -> Bool {
    (1...largestSide).contains(width) && (1...largestSide).contains(height)
  }
}

// MARK: As bytes: width, height and every run as LEB128, seven bits a byte, the last byte below 128.

extension RegionMask {
  /// What the project keeps.
  public var encoded: Data {
    var bytes = Data()
    for number in [width, height] + runs {
      var rest = number
      while rest > 0x7f {
        bytes.append(UInt8(rest & 0x7f) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    return bytes
  }

  /// Nil unless the bytes are exactly one mask of a possible size.
  public init?(decoding data: Data) {
    // A run has at least one pixel but for the first: more bytes than this say nothing new.
    guard data.count <= 4 * Self.largestSide * Self.largestSide else { return nil }
    var numbers: [Int] = []
    var (number, shift) = (0, 0)
    for byte in data {
      guard shift < 28 else { return nil }
      number |= Int(byte & 0x7f) << shift
      shift += 7
      if byte < 0x80 {
        numbers.append(number)
        (number, shift) = (0, 0)
      }
    }
    guard shift == 0, numbers.count >= 3, Self.isPossible(numbers[0], numbers[1]) else { return nil }
    let runs = Array(numbers.dropFirst(2))
    guard runs.dropFirst().allSatisfy({ $0 > 0 }), runs.reduce(0, +) == numbers[0] * numbers[1] else { return nil }
    (width, height, self.runs) = (numbers[0], numbers[1], runs)
  }
}
