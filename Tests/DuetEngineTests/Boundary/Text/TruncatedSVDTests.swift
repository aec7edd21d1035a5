// Sparse products and the truncated SVD, against matrices whose answer is known.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TruncatedSVDTests {
  private func sparse(_ rows: [[Double]]) -> SparseRows {
    var matrix = SparseRows(columns: rows.first?.count ?? 0)
    for row in rows { matrix.append(row.enumerated().filter { $0.element != 0 }.map { ($0.offset, $0.element) }) }
    return matrix
  }

  private func square(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

  @Test func productsByHand() {
    let matrix = sparse([[1, 0, 2], [0, 0, 0], [0, -3, 1]])
    #expect(matrix.product([1, 2, 3, 4, 5, 6], width: 2) == [11, 14, 0, 0, -4, -6])
    #expect(matrix.transposedProduct([1, 10, 100], width: 1) == [1, -300, 102])
  }

  @Test func aKnownDecompositionIsFound() {
    // diag(3, 2, 1) turned by 90 degrees in the first two coordinates, and a row that repeats the first.
    let svd = TruncatedSVD.directions(of: sparse([[0, 3, 0], [2, 0, 0], [0, 0, 1]]), dimension: 2, seed: 0)
    #expect(zip(svd.singularValues, [3, 2]).allSatisfy { abs($0 - $1) < 1e-5 })
    let expected: [Double] = [0, 1, 1, 0, 0, 0]
    #expect(svd.vectors.count == 6)
    #expect(zip(svd.vectors, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func aMatrixOfLowRankHasNoMoreDirections() {
    let svd = TruncatedSVD.directions(of: sparse([[1, 2, 0], [2, 4, 0], [0, 0, 0]]), dimension: 3, seed: 0)
    #expect(svd.singularValues.count == 1)
    #expect(abs(svd.singularValues[0] - 5) < 1e-5)
    #expect(TruncatedSVD.directions(of: SparseRows(columns: 4), dimension: 2, seed: 0).vectors.isEmpty)
  }

  /// A large matrix of rank 3 with noise: the directions are orthonormal, keep what can be kept, and do not depend on
  /// anything but the seed.
  @Test func noisyRankThreeIsKept() {
    var random = SplitMix64(seed: 3)
    func number() -> Double { Double(random.next() >> 11) * 0x1p-52 - 1 }
    let (rows, columns) = (60, 80)
    let left = (0..<rows * 3).map { _ in number() }
    let right = (0..<columns * 3).map { _ in number() }
    let strengths = [9.0, 5, 3]
    var dense = [[Double]](repeating: [Double](repeating: 0, count: columns), count: rows)
    for i in 0..<rows {
      for j in 0..<columns {
        dense[i][j] = 0.02 * number()
        for k in 0..<3 { dense[i][j] += strengths[k] * left[i * 3 + k] * right[j * 3 + k] }
      }
    }
    let matrix = sparse(dense)
    let svd = TruncatedSVD.directions(of: matrix, dimension: 3, seed: 7)
    #expect(svd.singularValues.count == 3)
    let again = TruncatedSVD.directions(of: matrix, dimension: 3, seed: 7)
    #expect(again.vectors == svd.vectors)
    for a in 0..<3 {
      for b in 0..<3 {
        var product = 0.0
        for row in 0..<columns { product += svd.vectors[row * 3 + a] * svd.vectors[row * 3 + b] }
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-4)
      }
    }
    let kept = square(matrix.product(svd.vectors, width: 3))
    let all = square(Array(dense.joined()))
    #expect(kept > 0.9999 * all && kept <= all * (1 + 1e-9))
  }
}
