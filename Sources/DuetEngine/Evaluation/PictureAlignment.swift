// Lays one small picture over another as well as a shift and a stretch along each side can, and says how equal they
// are then: a photo and a crop of it become equal, two different photos of one thing do not. Pure functions; any thread.

import Foundation

/// How equal two pictures are after one was laid over the other.
struct PictureAlignment: Equatable {
  /// Correlation of the colours, each channel around its own mean, where the pictures overlap; -1 to 1.
  let correlation: Float
  /// Mean difference of a channel there, in grey levels.
  let difference: Float

  /// Finds `x' = a x + b`, `y' = c y + d` (coordinates from -1 to 1) under which `moving` is most like `still`, by
  /// Gauss-Newton steps on brightness (Lucas & Kanade, IJCAI 1981), with gain and offset of the light left free.
  /// - Parameter least: gives up early on pairs that will hardly come to a correlation of this.
  static func best(_ moving: PictureSignature, over still: PictureSignature, least: Float) -> PictureAlignment {
    let gradients = Gradients(moving.luma)
    var place = Place()
    var best = (place: place, correlation: -Float.infinity)
    for step in 0..<steps {
      var equations = NormalEquations()
      let correlation = gradients.collect(place, still.luma, into: &equations)
      if correlation > best.correlation { best = (place, correlation) }
      if step == patience, best.correlation < least - hope { break }
      guard let change = equations.solved() else { break }
      place.move(change)
      if change.prefix(4).allSatisfy({ abs($0) < enough }) { break }
    }
    return measure(moving, best.place, still)
  }

  private static let steps = 10
  /// Steps after which a pair must look promising.
  private static let patience = 3
  private static let hope: Float = 0.35
  /// A step smaller than this (in half pictures) changes nothing any more.
  private static let enough: Float = 0.0005

  /// Where a pixel of the still picture lies in the moving one.
  struct Place {
    var stretchX: Float = 1
    var shiftX: Float = 0
    var stretchY: Float = 1
    var shiftY: Float = 0

    /// A longer step would leave the range in which the gradients mean anything.
    private static let longest: Float = 0.08
    /// Crops of up to a tenth of a side at each end.
    private static let most: Float = 0.2

    mutating func move(_ change: [Float]) {
      func bounded(_ value: Float, _ limit: Float) -> Float { min(limit, max(-limit, value)) }
      stretchX = 1 + bounded(stretchX - 1 + bounded(change[0], Self.longest), Self.most)
      shiftX = bounded(shiftX + bounded(change[1], Self.longest), Self.most)
      stretchY = 1 + bounded(stretchY - 1 + bounded(change[2], Self.longest), Self.most)
      shiftY = bounded(shiftY + bounded(change[3], Self.longest), Self.most)
    }
  }

  private static func measure(
    _ moving: PictureSignature, _ place: Place, _ still: PictureSignature
  ) -> PictureAlignment {
    let columns = Taps.along(stretch: place.stretchX, shift: place.shiftX)
    let rows = Taps.along(stretch: place.stretchY, shift: place.shiftY)
    var sums = [ChannelSums](repeating: ChannelSums(), count: 3)
    let side = PictureSignature.side
    for y in 0..<side where rows[y].isInside {
      for x in 0..<side where columns[x].isInside {
        for channel in 0..<3 {
          let value = Taps.value(moving.pixels, columns[x], rows[y], step: 3, offset: channel)
          sums[channel].add(value, still.pixels[(y * side + x) * 3 + channel])
        }
      }
    }
    let product = sums.reduce(0) { $0 + $1.covariance }
    let first = sums.reduce(0) { $0 + $1.firstVariance }
    let second = sums.reduce(0) { $0 + $1.secondVariance }
    let count = max(1, sums.reduce(0) { $0 + $1.count })
    let lengths = (first * second).squareRoot()
    return PictureAlignment(
      correlation: lengths > 0 ? product / lengths : 0, difference: sums.reduce(0) { $0 + $1.difference } / count)
  }
}

/// What correlation and difference of one channel are made of.
private struct ChannelSums {
  var count: Float = 0
  var difference: Float = 0
  private var first: Float = 0
  private var second: Float = 0
  private var firstSquares: Float = 0
  private var secondSquares: Float = 0
  private var products: Float = 0

  mutating func add(_ a: Float, _ b: Float) {
    count += 1
    difference += abs(a - b)
    first += a
    second += b
    firstSquares += a * a
    secondSquares += b * b
    products += a * b
  }

  var covariance: Float { count > 0 ? products - first * second / count : 0 }
  var firstVariance: Float { count > 0 ? max(0, firstSquares - first * first / count) : 0 }
  var secondVariance: Float { count > 0 ? max(0, secondSquares - second * second / count) : 0 }
}
