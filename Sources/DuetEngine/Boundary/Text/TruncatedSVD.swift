// The few directions in which texts differ most, of thousands of terms. Pure functions; any thread; seeded.

import COpenBLAS
import Foundation

/// Truncated singular value decomposition  Z ≈ U S V'  by subspace iteration from a random start: Halko, Martinsson
/// & Tropp, "Finding structure with randomness", SIAM Review 53, 2011, algorithms 4.4 and 5.1.
enum TruncatedSVD {
  /// Directions that are sought beyond those that are wanted, so that the last ones come out right too.
  private static let spare = 10
  /// Products with Z Z' that sharpen the subspace: singular values of texts fall off slowly.
  private static let iterations = 5
  /// A column that is left with less than this share of its length was a sum of those before it.
  private static let leastShare = 1e-9

  /// - Returns: `V`, columns x `rank` row-major with orthonormal columns, for the largest singular values, which come
  ///   first; `rank` is smaller than `dimension` where the matrix has no more directions.
  static func directions(
    of matrix: SparseRows, dimension: Int, seed: UInt64
  ) -> (vectors: [Double], singularValues: [Double]) {
    let width = min(dimension + spare, matrix.count, matrix.columns)
    guard width > 0 else { return ([], []) }
    var random = SplitMix64(seed: seed)
    let start = (0..<matrix.columns * width).map { _ in random.normal() }
    var basis = matrix.product(start, width: width)
    for _ in 0..<iterations {
      orthonormalise(&basis, rows: matrix.count, width: width)
      basis = matrix.product(matrix.transposedProduct(basis, width: width), width: width)
    }
    orthonormalise(&basis, rows: matrix.count, width: width)
    // B' = Z' Q, columns x width; the eigenvectors u of B B' give the directions B' u / s.
    let small = matrix.transposedProduct(basis, width: width)
    var gram = [Double](repeating: 0, count: width * width)
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, blasint(width), blasint(matrix.columns), 1, small, blasint(width), 0,
      &gram, blasint(width))
    let vectors = SymmetricEigen.largest(gram.map(Float.init), size: width, count: min(dimension, width))
    return projected(small, columns: matrix.columns, width: width, onto: vectors)
  }

  private static func projected(
    _ small: [Double], columns: Int, width: Int, onto vectors: [[Float]]
  ) -> (vectors: [Double], singularValues: [Double]) {
    var kept: [[Double]] = []
    var singularValues: [Double] = []
    for vector in vectors where vector.contains(where: { $0 != 0 }) {
      var direction = [Double](repeating: 0, count: columns)
      cblas_dgemv(
        CblasRowMajor, CblasNoTrans, blasint(columns), blasint(width), 1, small, blasint(width),
        vector.map(Double.init), 1, 0, &direction, 1)
      let length = cblas_dnrm2(blasint(columns), direction, 1)
      guard length > leastShare * (singularValues.first ?? length), length > 0 else { continue }
      // A direction is only known up to its sign: its largest entry becomes positive.
      let largest = direction[Int(cblas_idamax(blasint(columns), direction, 1))]
      cblas_dscal(blasint(columns), (largest < 0 ? -1 : 1) / length, &direction, 1)
      kept.append(direction)
      singularValues.append(length)
    }
    var result = [Double](repeating: 0, count: columns * kept.count)
    for (column, direction) in kept.enumerated() {
      cblas_dcopy(blasint(columns), direction, 1, &result[column], blasint(kept.count))
    }
    return (result, singularValues)
  }

  /// Gram-Schmidt, each column twice (once is not enough for nearly parallel ones); dependent columns become zero.
  static func orthonormalise(_ matrix: inout [Double], rows: Int, width: Int) {
    matrix.withUnsafeMutableBufferPointer { matrix in
      guard let base = matrix.baseAddress, rows > 0 else { return }
      var shares = [Double](repeating: 0, count: width)
      for column in 0..<width {
        let own = base + column
        let before = cblas_dnrm2(blasint(rows), own, blasint(width))
        for _ in 0..<2 where column > 0 {
          cblas_dgemv(
            CblasRowMajor, CblasTrans, blasint(rows), blasint(column), 1, base, blasint(width), own, blasint(width), 0,
            &shares, 1)
          cblas_dgemv(
            CblasRowMajor, CblasNoTrans, blasint(rows), blasint(column), -1, base, blasint(width), shares, 1, 1, own,
            blasint(width))
        }
        let length = cblas_dnrm2(blasint(rows), own, blasint(width))
        cblas_dscal(blasint(rows), length > leastShare * before ? 1 / length : 0, own, blasint(width))
      }
    }
  }
}
