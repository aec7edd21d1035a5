// What is done to a row of features before a classifier sees it. Pure functions; any thread.

import CKernels
import COpenBLAS
import Dispatch

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

  /// Rows that one core takes at a time: enough work to be worth the hand-over.
  private static let rowsInBlock = 64

  func apply(_ features: some Sequence<Float>) -> [Float] {
    var row = Array(features)
    let count = row.count
    row.withUnsafeMutableBufferPointer { Self.scale($0, count: count, self) }
    return row
  }

  /// Scales every row of a `count` x `dimension` matrix in place.
  func apply(to rows: inout [Float], dimension: Int) {
    guard self != .none, dimension > 0 else { return }
    let count = rows.count / dimension
    let blocks = (count + Self.rowsInBlock - 1) / Self.rowsInBlock
    rows.withUnsafeMutableBufferPointer { rows in
      // Every block has rows of its own.
      nonisolated(unsafe) let rows = rows
      DispatchQueue.concurrentPerform(iterations: blocks) { block in
        for row in block * Self.rowsInBlock..<min(count, (block + 1) * Self.rowsInBlock) {
          let start = row * dimension
          Self.scale(UnsafeMutableBufferPointer(rebasing: rows[start..<start + dimension]), count: dimension, self)
        }
      }
    }
  }

  private static func scale(_ row: UnsafeMutableBufferPointer<Float>, count: Int, _ scaling: FeatureScaling) {
    guard scaling != .none, let base = row.baseAddress else { return }
    if scaling == .root { ck_power_three_quarters(base, count) }
    let squared = cblas_dsdot(blasint(count), base, 1, base, 1)
    guard squared > 0 else { return }
    let factor = 1 / squared.squareRoot()
    for index in 0..<count { row[index] = Float(Double(row[index]) * factor) }
  }
}
