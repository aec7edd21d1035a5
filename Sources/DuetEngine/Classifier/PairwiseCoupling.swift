// From the probabilities of all pairs of categories to one probability a category: the second method of
// Wu, Lin & Weng, "Probability Estimates for Multi-class Classification by Pairwise Coupling", JMLR 5, 2004.
// Pure functions; any thread.

enum PairwiseCoupling {
  /// Pair probabilities are kept this far from 0 and 1, so that the system below has one solution.
  private static let margin = 1e-7

  /// The probabilities p (sum 1) that minimise `sum_i sum_{j != i} (r_ji p_i - r_ij p_j)^2`.
  ///
  /// The minimum is where `Q p` has all entries equal, with `Q_ii = sum_{j != i} r_ji^2`,
  /// `Q_ij = -r_ji r_ij`. That linear system is solved directly rather than iterated upon.
  /// - Parameter pairs: r_ij for (0,1), (0,2), ..., (1,2), ...: the probability of i where it is i or j.
  static func probabilities(pairs: [Double], count k: Int) -> [Double] {
    precondition(pairs.count == k * (k - 1) / 2)
    guard k > 1 else { return [Double](repeating: 1, count: k) }
    var r = [[Double]](repeating: [Double](repeating: 0, count: k), count: k)
    var next = 0
    for i in 0..<k {
      for j in i + 1..<k {
        r[i][j] = min(1 - margin, max(margin, pairs[next]))
        r[j][i] = 1 - r[i][j]
        next += 1
      }
    }
    // [Q e; e' 0] [p; b] = [0; 1]
    var system = [[Double]](repeating: [Double](repeating: 0, count: k + 2), count: k + 1)
    for i in 0..<k {
      for j in 0..<k where j != i {
        system[i][i] += r[j][i] * r[j][i]
        system[i][j] = -r[j][i] * r[i][j]
      }
      system[i][k] = 1
      system[k][i] = 1
    }
    system[k][k + 1] = 1
    guard let solution = solve(&system) else { return [Double](repeating: 1 / Double(k), count: k) }
    let positive = solution.prefix(k).map { max(0, $0) }
    let sum = positive.reduce(0, +)
    return positive.map { $0 / sum }
  }

  /// Gaussian elimination with partial pivoting on an augmented matrix; nil where it is singular.
  private static func solve(_ a: inout [[Double]]) -> [Double]? {
    let n = a.count
    for column in 0..<n {
      var pivot = column
      for row in column..<n where abs(a[row][column]) > abs(a[pivot][column]) { pivot = row }
      guard abs(a[pivot][column]) > 1e-300 else { return nil }
      a.swapAt(column, pivot)
      for row in column + 1..<n {
        let factor = a[row][column] / a[column][column]
        guard factor != 0 else { continue }
        for k in column...n { a[row][k] -= factor * a[column][k] }
      }
    }
    var x = [Double](repeating: 0, count: n)
    for row in stride(from: n - 1, through: 0, by: -1) {
      var value = a[row][n]
      for k in row + 1..<n { value -= a[row][k] * x[k] }
      x[row] = value / a[row][row]
    }
    return x.allSatisfy(\.isFinite) ? x : nil
  }
}
