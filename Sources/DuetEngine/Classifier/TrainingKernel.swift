// The linear kernel of all training photos as logistic regression uses it: never by itself, only applied to
// blocks of numbers, one a photo and category. A value; any thread.

/// `K = X X' + 1`: dot products of scaled rows, plus one for the intercept, so that an intercept is a
/// weight on a feature that is always 1 (its penalty is felt by nobody: the rows have length 1).
///
/// All blocks are [columns, count]: one category after the other, one number a photo.
struct TrainingKernel: Sendable {
  /// Photos.
  let count: Int
  private let form: Form

  /// The constant `c` of ``applyInverse(_:_:columns:)``. Measured with 450 photos, 1 takes half as many steps
  /// as 0.1; with 2,000, 10 takes two thirds of those of 1. It also keeps `K + c` invertible in single precision.
  let shift: Float
  private static let photosForShift: Float = 400

  /// With more photos than features a single product keeps all cores busy, if there are enough of them.
  var usesAllCores: Bool {
    if case .tall = form { count >= Self.photosForAllCores } else { false }
  }

  private static let photosForAllCores = 1_000

  private enum Form: Sendable {
    /// `K` and `(K + c)^-1`, [count, count].
    case square(kernel: PackedMatrix, inverse: PackedMatrix)
    /// With more photos than features: the rows with a 1 at their end, [count, width], that turned round,
    /// and `(X'X + c)^-1`, [width, width].
    case tall(rows: PackedMatrix, turned: PackedMatrix, inverse: PackedMatrix)
  }

  /// - Parameters:
  ///   - dots: dot products of `rows.features`.
  ///   - bias: of every row the feature that is always 1, or 0 for a difference of two rows; nil: all 1.
  init(_ rows: CanonicalRows, dots: GramMatrix, bias: [Float]? = nil) {
    count = rows.count
    let width = rows.dimension + 1
    shift = max(1, Float(rows.count) / Self.photosForShift)
    if rows.count <= width {
      var kernel = dots.values.map { $0 + 1 }
      if let bias {
        for row in 0..<count { for other in 0..<count { kernel[row * count + other] += bias[row] * bias[other] - 1 } }
      }
      form = .square(
        kernel: PackedMatrix(kernel, inner: count, columns: count),
        inverse: Self.shiftedInverse(kernel, order: count, shift: shift))
    } else {
      var tall: [Float] = []
      tall.reserveCapacity(count * width)
      for row in 0..<count {
        tall += rows.features[row * rows.dimension..<(row + 1) * rows.dimension]
        tall.append(bias?[row] ?? 1)
      }
      let across = LinearAlgebra.transposed(tall, rows: count, columns: width)
      let products = GramMatrix.dotProducts(of: across, count: width, dimension: count).values
      form = .tall(
        rows: PackedMatrix(tall, inner: count, columns: width),
        turned: PackedMatrix(tall, inner: width, columns: count, transposed: true),
        inverse: Self.shiftedInverse(products, order: width, shift: shift))
    }
  }

  /// `K` times every column.
  func apply(_ block: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, columns: Int) {
    switch form {
    case .square(let kernel, _):
      kernel.multiply(block, rows: columns, into: result)
    case .tall(let rows, let turned, _):
      var inFeatures = [Float](repeating: 0, count: columns * rows.columns)
      multiply(block, columns, rows, into: &inFeatures)
      multiply(inFeatures, columns, turned, into: result)
    }
  }

  /// `(K + c)^-1` times every column; for the tall form by the identity
  /// `(X X' + c)^-1 = (1 - X (X'X + c)^-1 X') / c`.
  func applyInverse(_ block: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, columns: Int) {
    switch form {
    case .square(_, let inverse):
      inverse.multiply(block, rows: columns, into: result)
    case .tall(let rows, let turned, let inverse):
      var inFeatures = [Float](repeating: 0, count: columns * rows.columns)
      var solved = inFeatures
      multiply(block, columns, rows, into: &inFeatures)
      multiply(inFeatures, columns, inverse, into: &solved)
      multiply(solved, columns, turned, into: result)
      for index in 0..<columns * count { result[index] = (block[index] - result[index]) / shift }
    }
  }

  private func multiply(
    _ block: UnsafePointer<Float>, _ columns: Int, _ matrix: PackedMatrix, into result: UnsafeMutablePointer<Float>
  ) {
    if usesAllCores {
      matrix.multiplyOnAllCores(block, rows: columns, into: result)
    } else {
      matrix.multiply(block, rows: columns, into: result)
    }
  }

  private static func shiftedInverse(_ matrix: [Float], order: Int, shift: Float) -> PackedMatrix {
    var shifted = matrix
    for index in 0..<order { shifted[index * order + index] += shift }
    guard let inverse = LinearAlgebra.inverse(shifted, order: order) else {
      preconditionFailure("dot products of usable features plus 1 are positive definite")
    }
    return PackedMatrix(inverse, inner: order, columns: order)
  }
}
