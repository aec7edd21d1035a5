// The two directions in which the photos differ most. LAPACK finds them; pure functions, any thread.

import COpenBLAS
import Foundation

/// Principal component analysis to two dimensions: Pearson, Philosophical Magazine 1901.
struct PrincipalComponents: Sendable {
  static let count = 2
  private let mean: [Float]
  /// `count` x `dimension`, orthonormal rows; zeros where the photos do not differ any more.
  private let directions: [Float]
  private let dimension: Int

  /// - Parameter rows: `count` x `dimension`, row-major.
  init(_ rows: [Float], count n: Int, dimension: Int) {
    self.dimension = dimension
    var mean = [Float](repeating: 0, count: dimension)
    for row in 0..<n {
      for column in 0..<dimension { mean[column] += rows[row * dimension + column] / Float(n) }
    }
    self.mean = mean
    var centred = rows
    for row in 0..<n {
      for column in 0..<dimension { centred[row * dimension + column] -= mean[column] }
    }
    directions = n < dimension
      ? Self.byRows(centred, n, dimension) : Self.byColumns(centred, n, dimension)
  }

  /// Where a photo lies.
  func project(_ row: ArraySlice<Float>) -> (x: Float, y: Float) {
    var (x, y): (Float, Float) = (0, 0)
    for (column, value) in row.enumerated() {
      x += (value - mean[column]) * directions[column]
      y += (value - mean[column]) * directions[dimension + column]
    }
    return (x, y)
  }

  /// Few photos: the eigenvectors `u` of `X X^T` give the directions `X^T u`.
  private static func byRows(_ centred: [Float], _ n: Int, _ dimension: Int) -> [Float] {
    let gram = GramMatrix.dotProducts(of: centred, count: n, dimension: dimension)
    let vectors = SymmetricEigen.largest(gram.values, size: n, count: count)
    return vectors.flatMap { vector in
      var direction = [Float](repeating: 0, count: dimension)
      for row in 0..<n {
        for column in 0..<dimension { direction[column] += vector[row] * centred[row * dimension + column] }
      }
      return oriented(FeatureScaling.unitLength.apply(direction))
    }
  }

  /// Many photos: the eigenvectors of `X^T X`.
  private static func byColumns(_ centred: [Float], _ n: Int, _ dimension: Int) -> [Float] {
    LinearAlgebra.useOneThread
    var scatter = [Float](repeating: 0, count: dimension * dimension)
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasTrans, blasint(dimension), blasint(n), 1, centred, blasint(dimension), 0,
      &scatter, blasint(dimension))
    return SymmetricEigen.largest(scatter, size: dimension, count: count).flatMap(oriented)
  }

  /// A direction is only known up to its sign: the entry of largest size becomes positive.
  private static func oriented(_ direction: [Float]) -> [Float] {
    let largest = direction.max { abs($0) < abs($1) } ?? 0
    return largest < 0 ? direction.map { -$0 } : direction
  }
}

/// Eigenvectors of symmetric matrices.
enum SymmetricEigen {
  /// Those of the `count` largest eigenvalues, largest first; vectors of zeros for what is not above 0.
  ///
  /// - Parameter matrix: `size` x `size`; the upper triangle of its rows is read.
  static func largest(_ matrix: [Float], size: Int, count: Int) -> [[Float]] {
    var vectors = [[Float]](repeating: [Float](repeating: 0, count: size), count: count)
    let wanted = min(count, size)
    guard wanted > 0 else { return vectors }
    LinearAlgebra.useOneThread
    var a = matrix
    var n = Int32(size)
    var (lowest, highest, tolerance): (Float, Float, Float) = (0, 0, 0)
    var (first, last) = (Int32(size - wanted + 1), Int32(size))
    var (found, info) = (Int32(0), Int32(0))
    var values = [Float](repeating: 0, count: size)
    var columns = [Float](repeating: 0, count: size * wanted)
    var support = [Int32](repeating: 0, count: 2 * wanted)
    // Workspaces as the routine's manual asks for them: 26 n numbers (more is faster) and 10 n integers.
    var workSize = Int32(34 * size)
    var work = [Float](repeating: 0, count: 34 * size)
    var integerSize = Int32(10 * size)
    var integers = [Int32](repeating: 0, count: 10 * size)
    // Our rows are LAPACK's columns: what is the upper triangle here is "L" there.
    ssyevr_(
      "V", "I", "L", &n, &a, &n, &lowest, &highest, &first, &last, &tolerance, &found, &values, &columns, &n,
      &support, &work, &workSize, &integers, &integerSize, &info, 1, 1, 1)
    guard info == 0 else { return vectors }
    for index in 0..<Int(found) where values[index] > 0 {
      let place = Int(found) - 1 - index
      if vectors.indices.contains(place) { vectors[place] = Array(columns[index * size..<(index + 1) * size]) }
    }
    return vectors
  }
}
