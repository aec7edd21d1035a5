// Cosines of all photos with each other, a strip of rows at a time: for thousands of photos the whole matrix would
// take more memory than the photos. Pure functions; any thread. Every strip asks whether the work is still wanted.

import COpenBLAS
import Foundation

/// Features at unit length, so that a dot product is a cosine.
struct FeatureCosines: Sendable {
  let count: Int
  let dimension: Int
  /// `count` x `dimension`, row-major; rows of zeros stay zeros.
  let rows: [Float]

  /// Rows of a strip: a few megabytes for thousands of photos.
  private static let stripRows = 128

  init(_ set: TrainingSet) { self.init(features: set.features, count: set.photos.count, dimension: set.dimension) }

  /// - Precondition: `features.count == count * dimension`.
  init(features: [Float], count: Int, dimension: Int) {
    precondition(features.count == count * dimension)
    self.count = count
    self.dimension = dimension
    var rows = features
    FeatureScaling.unitLength.apply(to: &rows, dimension: dimension)
    self.rows = rows
  }

  /// Calls `body` for every strip, with the cosines of its rows with the rows from 0 to `upTo(strip)`.
  ///
  /// - Parameter body: the rows of the strip, the width of a line, and the lines.
  /// - Throws: `CancellationError`.
  private func eachStrip(
    triangle: Bool, _ body: (_ strip: Range<Int>, _ width: Int, _ values: UnsafeBufferPointer<Float>) -> Void
  ) throws {
    LinearAlgebra.useOneThread
    guard dimension > 0 else { return }
    var values = [Float](repeating: 0, count: min(Self.stripRows, max(1, count)) * max(1, count))
    for start in stride(from: 0, to: count, by: Self.stripRows) {
      try Task.checkCancellation()
      let strip = start..<min(count, start + Self.stripRows)
      let width = triangle ? strip.upperBound : count
      rows.withUnsafeBufferPointer { rows in
        values.withUnsafeMutableBufferPointer { values in
          guard let base = rows.baseAddress else { return }
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, blasint(strip.count), blasint(width), blasint(dimension),
            1, base + start * dimension, blasint(dimension), base, blasint(dimension),
            0, values.baseAddress, blasint(width))
          body(strip, width, UnsafeBufferPointer(values))
        }
      }
    }
  }

  /// All pairs with a cosine of at least `least`, the earlier row second: `first > second`, sorted by first.
  /// - Throws: `CancellationError`.
  func pairs(atLeast least: Float) throws -> [(first: Int, second: Int, cosine: Float)] {
    var pairs: [(first: Int, second: Int, cosine: Float)] = []
    try eachStrip(triangle: true) { strip, width, values in
      for row in strip {
        let line = (row - strip.lowerBound) * width
        for other in 0..<row where values[line + other] >= least { 
          pairs.append((row, other, values[line + other]))
        }
      }
    }
    return pairs
  }

  /// The `k` nearest other rows of every row with their cosines, nearest first, the earlier row of equals first;
  /// exact. `k` or `count - 1` a row, whichever is less, one row after the other.
  /// - Throws: `CancellationError`.
  func nearest(_ k: Int) throws -> [(row: Int, cosine: Float)] {
    let k = min(k, max(0, count - 1))
    guard k > 0 else { return [] }
    var result: [(row: Int, cosine: Float)] = []
    result.reserveCapacity(count * k)
    var best = [(row: Int, cosine: Float)](repeating: (0, 0), count: k)
    try eachStrip(triangle: false) { strip, width, values in
      best.withUnsafeMutableBufferPointer { best in
        for row in strip {
          let line = (row - strip.lowerBound) * width
          var found = 0
          for other in 0..<width where other != row {
            let cosine = values[line + other]
            if found == k, cosine <= best[k - 1].cosine { continue }
            var place = min(found, k - 1)
            while place > 0, best[place - 1].cosine < cosine {
              best[place] = best[place - 1]
              place -= 1
            }
            best[place] = (other, cosine)
            found = min(k, found + 1)
          }
          result += best
        }
      }
    }
    return result
  }
}
