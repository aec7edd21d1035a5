// What is done to a row of features before a classifier sees it. Pure functions; any thread.

import COpenBLAS

/// How features are scaled. Training and answering use the same function, so both see the same bits.
enum FeatureScaling: Sendable {
  /// As extracted: the paper's way.
  case none
  /// Divided by the Euclidean length.
  case unitLength
  /// Raised to the power 3/4, the sign kept, then divided by the length.
  ///
  /// Pooled activations have a few large values that say little more than "there is a lot of it"; a power
  /// below 1 lets the many small ones count. Between 1/2 and 1 photos of clothes are told apart better the
  /// lower it is, and groceries the higher; 3/4 is two square roots, exact on every processor.
  case root

  func apply(_ features: some Sequence<Float>) -> [Float] {
    var row = Array(features)
    let count = row.count
    row.withUnsafeMutableBufferPointer { Self.scale($0, count: count, self) }
    return row
  }

  /// Scales every row of a `count` x `dimension` matrix in place.
  func apply(to rows: inout [Float], dimension: Int) {
    guard self != .none, dimension > 0 else { return }
    rows.withUnsafeMutableBufferPointer { rows in
      for start in stride(from: 0, to: rows.count, by: dimension) {
        Self.scale(UnsafeMutableBufferPointer(rebasing: rows[start..<start + dimension]), count: dimension, self)
      }
    }
  }

  private static func scale(_ row: UnsafeMutableBufferPointer<Float>, count: Int, _ scaling: FeatureScaling) {
    guard scaling != .none, let base = row.baseAddress else { return }
    if scaling == .root {
      for index in 0..<count {
        let root = abs(row[index]).squareRoot()
        let power = root * root.squareRoot()
        row[index] = row[index] < 0 ? -power : power
      }
    }
    let squared = cblas_dsdot(blasint(count), base, 1, base, 1)
    guard squared > 0 else { return }
    let factor = 1 / squared.squareRoot()
    for index in 0..<count { row[index] = Float(Double(row[index]) * factor) }
  }
}
