// What a simple classifier says of every photo when it has not seen that photo, without training it again for each:
// kernel ridge regression has the answer in closed form. Pure functions; any thread.

import Foundation

/// Kernel ridge regression from features to categories, each photo answered for by all the others.
///
/// With `A = (K + 1 + lambda I)^-1` (the 1 stands for an intercept) and `alpha = A Y` the residual of row i with
/// the row left out is `alpha_i / A_ii` (Golub, Heath & Wahba, Technometrics 1979); with a group B of rows left out
/// it is `A_BB^-1 alpha_B`.
enum HeldOutRidge {
  /// Measured with flipped labels in two photo sets: 0.1 to 1 are alike.
  static let ridge: Float = 0.3

  /// `count` x `categories` values, row-major: near 1 for the category the others speak for, near 0 for the rest.
  ///
  /// - Parameters:
  ///   - labels: of every row.
  ///   - groups: a group number for every row; rows of one group are left out together.
  static func answers(_ cosines: FeatureCosines, labels: [Int], groups: [Int], categories: Int) -> [Float]? {
    let n = cosines.count
    precondition(labels.count == n && groups.count == n)
    guard n > 1, let inverse = inverse(cosines) else { return nil }
    var alpha = [Float](repeating: 0, count: n * categories)
    for row in 0..<n {
      for other in 0..<n { alpha[row * categories + labels[other]] += inverse[row * n + other] }
    }
    var result = [Float](repeating: 0, count: n * categories)
    for rows in Dictionary(grouping: 0..<n, by: { groups[$0] }).values {
      let block = rows.flatMap { row in rows.map { inverse[row * n + $0] } }
      for category in 0..<categories {
        let right = rows.map { alpha[$0 * categories + category] }
        for (row, residual) in zip(rows, SymmetricSystem.solve(block, right)) {
          result[row * categories + category] = (labels[row] == category ? 1 : 0) - residual
        }
      }
    }
    return result
  }

  /// `(K + 1 + lambda I)^-1`, or nil where the numbers do not allow it.
  private static func inverse(_ cosines: FeatureCosines) -> [Float]? {
    let n = cosines.count
    var matrix = GramMatrix.dotProducts(of: cosines.rows, count: n, dimension: cosines.dimension).values
    for at in matrix.indices { matrix[at] += 1 }
    for row in 0..<n { matrix[row * n + row] += ridge }
    return LinearAlgebra.inverse(matrix, order: n)
  }
}

/// Small symmetric positive definite systems, by Cholesky's factor.
enum SymmetricSystem {
  /// The solution of a small system, in double; zeros where it has none.
  static func solve(_ matrix: [Float], _ right: [Float]) -> [Float] {
    let n = right.count
    if n == 1 { return [matrix[0] != 0 ? right[0] / matrix[0] : 0] }
    var factor = matrix.map(Double.init)
    var solution = right.map(Double.init)
    for i in 0..<n {
      for j in 0...i {
        var sum = factor[i * n + j]
        for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
        if i == j {
          guard sum > 0 else { return [Float](repeating: 0, count: n) }
          factor[i * n + i] = sum.squareRoot()
        } else {
          factor[i * n + j] = sum / factor[j * n + j]
        }
      }
      for k in 0..<i { solution[i] -= factor[i * n + k] * solution[k] }
      solution[i] /= factor[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<n { solution[i] -= factor[k * n + i] * solution[k] }
      solution[i] /= factor[i * n + i]
    }
    return solution.map(Float.init)
  }
}
