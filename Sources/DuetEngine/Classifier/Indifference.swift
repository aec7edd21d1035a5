// Directions in feature space along which scores should not change: "this does not matter", as a change of the
// features that comes before the training and is folded into its weights afterwards. Pure functions; any thread.

import COpenBLAS

/// The penalty `strength / 2 sum_j |W d_j|^2` on what directions `d_j` do to the scores, without touching the solver.
///
/// Training minimises `loss(W X') + penalty / 2 |W|^2`. With the directions as rows of D and
/// `M = 1 + D'D / softness` the extra penalty makes that `loss(W X') + penalty / 2 tr(W M W')`, which is the same as a
/// plain training on the rows `X S` with `S = M^-1/2`, whose weights W~ give `W = W~ S`. With the eigenvectors v_i of
/// D'D and their eigenvalues l_i, `S = 1 - sum_i (1 - sqrt(softness / (softness + l_i))) v_i v_i'`: along a direction
/// that was marked often nearly nothing is left of a feature, and all of it everywhere else.
///
/// It is the difference form of the tangent penalty of Simard et al., "Tangent prop" (NIPS 1991), with real pictures
/// at both ends.
struct Indifference: Sendable {
  /// [rank, dimension]: orthonormal rows.
  private let axes: [Float]
  /// What is taken away along each axis, 0 to 1.
  private let shares: [Float]
  private let dimension: Int

  /// Measured on groceries with stickers, ten marks a category: 0.01 to 0.1 bring back all that the stickers took, 0.3
  /// brings back 96 %, 1 brings back 90 %, 3 brings back 82 %. Ten marks on the background of photos without stickers
  /// cost 0.4 points with 0.03, 0.2 with 0.1 and 0.1 with 0.3.
  static let softness: Float = 0.2
  /// Axes shorter than this share of the longest are rounding.
  private static let leastLength: Float = 1e-5

  /// - Parameter directions: [count, dimension], each already multiplied by the root of its weight.
  /// - Returns: nil where there is no direction of any length.
  init?(directions: [Float], dimension: Int) {
    let count = directions.count / dimension
    precondition(directions.count == count * dimension)
    let lengths = Self.axes(of: directions, count: count, dimension: dimension)
    let longest = lengths.map(\.squaredLength).max() ?? 0
    guard longest > 0 else { return nil }
    let kept = lengths.filter { $0.squaredLength > Self.leastLength * longest }
    axes = kept.flatMap(\.axis)
    shares = kept.map { 1 - (Self.softness / (Self.softness + $0.squaredLength)).squareRoot() }
    self.dimension = dimension
  }

  /// The eigenvectors of D'D with their eigenvalues, from the smaller of D D' and D'D.
  private static func axes(
    of directions: [Float], count: Int, dimension: Int
  ) -> [(axis: [Float], squaredLength: Float)] {
    if count <= dimension {
      // D D' u = l u gives v = D'u / sqrt(l), and |D'u|^2 = l.
      let gram = GramMatrix.dotProducts(of: directions, count: count, dimension: dimension)
      return SymmetricEigen.largest(gram.values, size: count, count: count).compactMap { vector in
        let turned = LinearAlgebra.product(vector, rows: 1, inner: count, directions, columns: dimension)
        let squared = squaredLength(turned)
        return squared > 0 ? (turned.map { $0 / squared.squareRoot() }, squared) : nil
      }
    }
    var products = [Float](repeating: 0, count: dimension * dimension)
    LinearAlgebra.useOneThread
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasTrans, blasint(dimension), blasint(count), 1, directions, blasint(dimension), 0,
      &products, blasint(dimension))
    return SymmetricEigen.largest(products, size: dimension, count: dimension).map { vector in
      (vector, squaredLength(LinearAlgebra.product(directions, rows: count, columns: dimension, vector)))
    }
  }

  private static func squaredLength(_ vector: [Float]) -> Float {
    Float(cblas_dsdot(blasint(vector.count), vector, 1, vector, 1))
  }

  /// Every row times S. S is symmetric: weights are turned back the same way.
  func apply(to rows: inout [Float]) {
    let count = rows.count / dimension
    guard count > 0, !shares.isEmpty else { return }
    var along = LinearAlgebra.product(
      rows, rows: count, inner: dimension, axes, columns: shares.count, transposed: true)
    for row in 0..<count { for axis in shares.indices { along[row * shares.count + axis] *= shares[axis] } }
    let taken = LinearAlgebra.product(along, rows: count, inner: shares.count, axes, columns: dimension)
    cblas_saxpy(blasint(rows.count), -1, taken, 1, &rows, 1)
  }
}
