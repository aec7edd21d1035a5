// A picture made very small, so that thousands of pairs can be compared: 32 x 32 pixels in colour, whatever the
// shape of the photo. Made from the project's thumbnail. A value; any thread.

import Foundation

/// `side` x `side` RGB, row-major, as numbers from 0 to 255.
public struct PictureSignature: Sendable, Equatable {
  /// Large enough to see a crop of a few percent, small enough that a comparison takes microseconds.
  static let side = 32
  /// Blocks of the coarse form along a side.
  static let coarseSide = 8

  /// Interleaved: `pixels[(y * side + x) * 3 + channel]`.
  let pixels: [Float]
  /// Brightness (ITU-R BT.601), one number a pixel.
  let luma: [Float]
  /// Mean brightness of 8 x 8 blocks, centred and at unit length: a dot product of two is their correlation. All
  /// zeros for an even picture.
  let coarse: [Float]
  /// Standard deviation of the brightness, in grey levels.
  let contrast: Float

  public init(_ picture: RGBImage) {
    let small = picture.resized(width: Self.side, height: Self.side, filter: .bicubic)
    self.init(pixels: small.pixels.map(Float.init))
  }

  /// Of a thumbnail's JPEG bytes.
  /// - Throws: `PhotoError`.
  public init(thumbnail: Data) throws {
    self.init(try PhotoDecoder.decode(thumbnail, name: "", maxSide: nil))
  }

  private init(pixels: [Float]) {
    self.pixels = pixels
    let luma = (0..<Self.side * Self.side).map { at -> Float in
      let (red, green, blue) = (pixels[at * 3], pixels[at * 3 + 1], pixels[at * 3 + 2])
      return 0.299 * red + 0.587 * green + 0.114 * blue
    }
    self.luma = luma
    let level = luma.reduce(0, +) / Float(luma.count)
    let squares: Float = luma.reduce(0) { $0 + ($1 - level) * ($1 - level) }
    contrast = (squares / Float(luma.count)).squareRoot()
    let block = Self.side / Self.coarseSide
    var sums = [Float](repeating: 0, count: Self.coarseSide * Self.coarseSide)
    for y in 0..<Self.side {
      for x in 0..<Self.side {
        let place = y / block * Self.coarseSide + x / block
        sums[place] += luma[y * Self.side + x]
      }
    }
    let mean = sums.reduce(0, +) / Float(sums.count)
    coarse = FeatureScaling.unitLength.apply(sums.map { $0 - mean })
  }

  /// As in a mirror: left and right exchanged.
  var mirrored: PictureSignature {
    var result: [Float] = []
    result.reserveCapacity(pixels.count)
    for y in 0..<Self.side {
      for x in (0..<Self.side).reversed() {
        let at = (y * Self.side + x) * 3
        result += pixels[at..<at + 3]
      }
    }
    return PictureSignature(pixels: result)
  }

  /// Correlation of the coarse forms: a first look that throws most pairs of different photos out.
  func coarseCorrelation(_ other: PictureSignature) -> Float {
    zip(coarse, other.coarse).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
