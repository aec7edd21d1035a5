// Products of all training rows with each other, computed once: the rbf kernel of every pair of
// categories and of every calibration fold, and the cosines of the neighbour search, are read from it.
// Values; any thread. OpenBLAS is kept on one thread, so that sums come out the same every time.

import CKernels
import Dispatch
import Foundation

/// A symmetric `count` x `count` matrix, row-major, stored in full.
struct GramMatrix: Sendable {
  let count: Int
  let values: [Float]

  subscript(row: Int, column: Int) -> Float { values[row * count + column] }

  /// Rows of one block: a multiple of the widest panel and of tiles, small enough to share out evenly.
  private static func blockSize(_ count: Int) -> Int { count < 1_000 ? 32 : 224 }

  /// Dot products of the rows of a `count` x `dimension` matrix.
  ///
  /// Blocks of rows, up to the diagonal, go to the cores in any order; how a number is summed up does not
  /// depend on how many cores there are.
  static func dotProducts(of rows: [Float], count: Int, dimension: Int) -> GramMatrix {
    precondition(rows.count == count * dimension)
    guard count > 0, dimension > 0 else {
      return GramMatrix(count: count, values: [Float](repeating: 0, count: count * count))
    }
    let size = blockSize(count)
    let blocks = (count + size - 1) / size
    let turned = PackedMatrix(rows, inner: dimension, columns: count, transposed: true)
    let values = rows.withUnsafeBufferPointer { rows in
      made(count) { values in
        // Every block writes rows of its own, and mirrors them only where no other block writes.
        nonisolated(unsafe) let (rows, values) = (rows, values)
        DispatchQueue.concurrentPerform(iterations: blocks) { index in
          // The longest first, so that no core waits for the last one.
          let top = (blocks - 1 - index) * size
          let bottom = min(count, top + size)
          guard let x = rows.baseAddress, let out = values.baseAddress else { return }
          turned.multiply(
            x + top * dimension, rows: bottom - top, into: out + top * count, columns: 0..<bottom)
          mirror(out, count: count, rows: top..<bottom)
        }
      }
    }
    return GramMatrix(count: count, values: values)
  }

  /// The rbf kernel `exp(-gamma |x - y|^2)`, from dot products: `|x - y|^2 = x.x + y.y - 2 x.y`.
  func rbf(gamma: Double) -> GramMatrix {
    let n = count
    let squared = (0..<n).map { self[$0, $0] }
    let size = Self.blockSize(n)
    let blocks = (n + size - 1) / size
    let kernel = values.withUnsafeBufferPointer { dots in
      Self.made(n) { kernel in
        // Every block writes rows of its own, and mirrors them only where no other block writes.
        nonisolated(unsafe) let (dots, kernel) = (dots, kernel)
        DispatchQueue.concurrentPerform(iterations: blocks) { index in
          let top = (blocks - 1 - index) * size
          let bottom = min(n, top + size)
          guard let from = dots.baseAddress, let to = kernel.baseAddress else { return }
          for row in top..<bottom {
            ck_rbf_row(from + row * n, squared, squared[row], gamma, row, to + row * n)
            to[row * n + row] = 1
          }
          Self.mirror(to, count: n, rows: top..<bottom)
        }
      }
    }
    return GramMatrix(count: n, values: kernel)
  }

  /// Cosines of the rows, from dot products; 0 where a row is all zeros.
  func cosines() -> GramMatrix {
    let n = count
    let inverse = (0..<n).map { i in self[i, i] > 0 ? 1 / self[i, i].squareRoot() : 0 }
    var result = values
    result.withUnsafeMutableBufferPointer { result in
      for i in 0..<n {
        for j in 0..<n { result[i * n + j] = min(1, max(-1, result[i * n + j] * inverse[i] * inverse[j])) }
      }
    }
    return GramMatrix(count: n, values: result)
  }

  /// Memory for `count` x `count` values, not zeroed first: `fill` writes them all.
  private static func made(_ count: Int, fill: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
    [Float](unsafeUninitializedCapacity: count * count) { values, written in
      LargePages.advise(UnsafeMutableRawBufferPointer(values))
      fill(values)
      written = count * count
    }
  }

  /// Copies what lies left of the diagonal in `rows` to above it, in squares that fit the cache.
  private static func mirror(_ values: UnsafeMutablePointer<Float>, count n: Int, rows: Range<Int>) {
    let square = 32
    for left in stride(from: 0, to: rows.upperBound, by: square) {
      for i in rows {
        for j in left..<max(left, min(left + square, i)) { values[j * n + i] = values[i * n + j] }
      }
    }
  }
}

/// The width of the rbf kernel.
enum Gamma {
  /// scikit-learn's `gamma="scale"`: `1 / (dimension * variance of all elements)`, 1 where all are equal.
  static func scale(_ rows: [Float], dimension: Int) -> Double {
    guard !rows.isEmpty, dimension > 0 else { return 1 }
    let count = Double(rows.count)
    let mean = rows.reduce(0.0) { $0 + Double($1) } / count
    let variance = rows.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return variance > 0 ? 1 / (Double(dimension) * variance) : 1
  }
}
