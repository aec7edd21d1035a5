// The linear model on top of text features: logistic loss on texts, a margin on differences, a quadratic penalty.
// Values; any thread. The optimum is unique and is found to convergence.

import COpenBLAS
import Foundation

/// What a head learns from. Rows have `dimension` numbers each.
struct TextExamples: Sendable {
  var dimension: Int
  /// points x dimension.
  var points: [Double] = []
  /// +1 for label 1, -1 for label 0; one for each point.
  var signs: [Double] = []
  /// How much each point counts; one for each point.
  var shares: [Double] = []
  /// differences x dimension: from a text to its edited copy, turned so that it points to label 1, of length one.
  var differences: [Double] = []

  var pointCount: Int { signs.count }
  var differenceCount: Int { dimension > 0 ? differences.count / dimension : 0 }
}

/// Weights and bias that minimise
///
///     mean over texts, by their shares, of  ln(1 + exp(-s (w x + b)))
///     + strength * mean over differences of  ln(1 + exp(margin - d w))
///     + penalty * |w|²
///
/// The second term is the softplus form of a direction: moving a text along the way that a person showed must raise
/// the score of label 1 by at least the margin.
struct TextHead: Sendable, Equatable {
  static let margin = 4.0

  var weights: [Double]
  var bias = 0.0
  /// What a score is multiplied with so that its logistic function is a probability.
  var sharpness = 1.0

  /// `w x + b`.
  func score(_ point: [Double]) -> Double {
    cblas_ddot(blasint(weights.count), weights, 1, point, 1) + bias
  }

  func probability(_ point: [Double]) -> Double { Self.logistic(sharpness * score(point)) }

  static func logistic(_ x: Double) -> Double { x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)) }
  /// ln(1 + e^x), without overflow.
  static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }
}

/// The loss of a head at any weights, with its derivatives.
struct TextObjective {
  let examples: TextExamples
  let penalty: Double
  var margin = TextHead.margin
  var strength = 1.0

  /// Keeps the bias finite where there is nothing that holds it.
  private static let biasPenalty = 1e-9
  private static let mostSteps = 100

  /// - Parameter at: weights, then the bias.
  /// - Returns: the gradient in the same order; the curvature (upper triangle, row-major) if asked for.
  func evaluate(_ at: [Double], curvature wantsCurvature: Bool = false) -> (
    loss: Double, gradient: [Double], curvature: [Double]
  ) {
    LinearAlgebra.useOneThread
    let d = examples.dimension
    let size = d + 1
    var loss = penalty * cblas_ddot(blasint(d), at, 1, at, 1) + Self.biasPenalty * at[d] * at[d]
    var gradient = at.map { $0 * 2 * penalty }
    gradient[d] = 2 * Self.biasPenalty * at[d]
    var curvature = [Double](repeating: 0, count: wantsCurvature ? size * size : 0)

    let (n, m) = (examples.pointCount, examples.differenceCount)
    let total = max(examples.shares.reduce(0, +), .leastNormalMagnitude)
    var pull = product(examples.points, rows: n, at).map { $0 + at[d] }
    var bend = [Double](repeating: 0, count: n)
    for index in 0..<n {
      let sign = examples.signs[index]
      let share = examples.shares[index] / total
      let wrong = TextHead.logistic(-sign * pull[index])
      loss += share * TextHead.softplus(-sign * pull[index])
      pull[index] = -share * sign * wrong
      bend[index] = share * wrong * (1 - wrong)
    }
    addTransposed(examples.points, rows: n, pull, to: &gradient)
    gradient[d] += pull.reduce(0, +)
    if wantsCurvature { addCurvature(examples.points, rows: n, bend, bias: 1, to: &curvature) }

    var push = product(examples.differences, rows: m, at)
    var pressure = [Double](repeating: 0, count: m)
    for index in 0..<m {
      let lacking = TextHead.logistic(margin - push[index])
      loss += strength * TextHead.softplus(margin - push[index]) / Double(m)
      push[index] = -strength * lacking / Double(m)
      pressure[index] = strength * lacking * (1 - lacking) / Double(m)
    }
    addTransposed(examples.differences, rows: m, push, to: &gradient)
    if wantsCurvature {
      addCurvature(examples.differences, rows: m, pressure, bias: 0, to: &curvature)
      for index in 0..<d { curvature[index * size + index] += 2 * penalty }
      curvature[d * size + d] += 2 * Self.biasPenalty
    }
    return (loss, gradient, curvature)
  }

  /// Newton's method with steps halved until the loss falls enough (Armijo).
  /// - Parameter start: where to begin, such as the optimum for another penalty.
  func optimum(from start: TextHead? = nil, tolerance: Double = 1e-9) -> TextHead {
    let d = examples.dimension
    var at = start.map { $0.weights + [$0.bias] } ?? [Double](repeating: 0, count: d + 1)
    var now = evaluate(at, curvature: true)
    for _ in 0..<Self.mostSteps where now.gradient.contains(where: { abs($0) > tolerance }) {
      guard let step = solve(now.curvature, now.gradient) else { break }
      let slope = cblas_ddot(blasint(d + 1), step, 1, now.gradient, 1)
      var length = 1.0
      var next = at
      cblas_daxpy(blasint(d + 1), -length, step, 1, &next, 1)
      while evaluate(next).loss > now.loss - 1e-4 * length * slope, length > 1e-8 {
        length /= 2
        next = at
        cblas_daxpy(blasint(d + 1), -length, step, 1, &next, 1)
      }
      guard length > 1e-8 else { break }
      at = next
      now = evaluate(at, curvature: true)
    }
    return TextHead(weights: Array(at.prefix(d)), bias: at[d])
  }

  private func product(_ rows: [Double], rows count: Int, _ at: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    guard count > 0 else { return result }
    let d = blasint(examples.dimension)
    cblas_dgemv(CblasRowMajor, CblasNoTrans, blasint(count), d, 1, rows, d, at, 1, 0, &result, 1)
    return result
  }

  private func addTransposed(_ rows: [Double], rows count: Int, _ factors: [Double], to sum: inout [Double]) {
    guard count > 0 else { return }
    let d = blasint(examples.dimension)
    cblas_dgemv(CblasRowMajor, CblasTrans, blasint(count), d, 1, rows, d, factors, 1, 1, &sum, 1)
  }

  /// Adds the sum of `factor [row, bias] [row, bias]'`, upper triangle.
  private func addCurvature(
    _ rows: [Double], rows count: Int, _ factors: [Double], bias: Double, to sum: inout [Double]
  ) {
    guard count > 0 else { return }
    let d = examples.dimension
    var scaled = [Double](repeating: 0, count: count * (d + 1))
    scaled.withUnsafeMutableBufferPointer { scaled in
      rows.withUnsafeBufferPointer { rows in
        guard let to = scaled.baseAddress, let from = rows.baseAddress else { return }
        for row in 0..<count {
          let factor = factors[row].squareRoot()
          cblas_daxpy(blasint(d), factor, from + row * d, 1, to + row * (d + 1), 1)
          to[row * (d + 1) + d] = factor * bias
        }
      }
    }
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, blasint(d + 1), blasint(count), 1, scaled, blasint(d + 1), 1, &sum,
      blasint(d + 1))
  }

  /// Nil where the matrix has no Cholesky factor.
  private func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (factor, solution) = (matrix, right)
    var (order, columns, info) = (Int32(right.count), Int32(1), Int32(0))
    // Column-major "lower" is the upper triangle of our rows.
    dposv_("L", &order, &columns, &factor, &order, &solution, &order, &info, 1)
    return info == 0 ? solution : nil
  }
}
