// The solver of one two-category support vector machine. Pure functions; any thread.
//
// It maximises  sum_t y_t b_t - 1/2 sum_st b_s b_t K_st  with  b_t = y_t alpha_t,  0 <= alpha_t <= C,
// sum_t b_t = 0, by moving two coefficients at a time. The loop itself is ck_smo in CKernels.

import CKernels

/// What the solver finds: the decision value of a photo x is `sum_t coefficients[t] K(t, x) - rho`.
struct DualSolution: Sendable, Equatable {
  /// `y_t alpha_t`, one a row; 0 for rows that were held out.
  var coefficients: [Double]
  var rho: Double
  var iterations: Int
  /// `y_t - sum_s coefficients[s] K_st` of every row, held-out ones included: their decision values come free.
  var errors: [Double]

  /// The decision value of a row of the problem itself.
  func decision(row: Int, isFirst: Bool) -> Double { (isFirst ? 1 : -1) - errors[row] - rho }
}

/// One two-category problem over a packed kernel matrix. Rows before `positives` have y = +1, the rest y = -1.
struct SequentialMinimalOptimisation: Sendable {
  /// Stops where no pair of rows violates optimality by more than this, as libsvm does by default.
  static let tolerance = 1e-3
  /// Rows are padded to a multiple of this, the widest vector of doubles.
  private static let lanes = 8
  private static let instructions = InstructionSet.best

  /// Rows, and floats from one row of `kernel` to the next.
  let count: Int
  let stride: Int
  let positives: Int
  let cost: Double
  private let kernel: FrozenFloats
  private let diagonal: [Float]

  /// - Parameter copyRow: writes the `count` kernel values of a row to where it is told.
  init(count: Int, positives: Int, cost: Double, copyRow: (Int, UnsafeMutablePointer<Float>) -> Void) {
    self.count = count
    self.positives = positives
    self.cost = cost
    let stride = (count + Self.lanes - 1) / Self.lanes * Self.lanes
    self.stride = stride
    var diagonal = [Float](repeating: 0, count: stride)
    kernel = FrozenFloats(count: count * stride) { memory in
      guard let base = memory.baseAddress else { return }
      for row in 0..<count {
        copyRow(row, base + row * stride)
        diagonal[row] = base[row * stride + row]
      }
    }
    self.diagonal = diagonal
  }

  /// - Parameter kernel: `count` x `count`, row-major.
  init(kernel: [Float], count: Int, positives: Int, cost: Double) {
    precondition(kernel.count == count * count)
    self.init(count: count, positives: positives, cost: cost) { row, target in
      for column in 0..<count { target[column] = kernel[row * count + column] }
    }
  }

  /// - Parameter heldOut: rows to leave out of this training, `count` entries, or empty for none.
  /// - Precondition: both sides keep at least one row.
  func solve(heldOut: [Bool] = [], tolerance: Double = tolerance) -> DualSolution {
    precondition(heldOut.isEmpty || heldOut.count == count)
    // error_t = y_t - sum_s b_s K_st. It falls as b_t rises; at the optimum all free rows share one value, -rho.
    var coefficients = [Double](repeating: 0, count: stride)
    var error = coefficients
    var (upper, lower) = (coefficients, coefficients)
    var up = [Double](repeating: -.infinity, count: stride)
    var down = up
    for row in 0..<count {
      error[row] = row < positives ? 1 : -1
      guard heldOut.isEmpty || !heldOut[row] else { continue }
      if row < positives {
        (upper[row], up[row]) = (cost, 0)
      } else {
        (lower[row], down[row]) = (-cost, 0)
      }
    }
    let steps = kernel.read { kernel in
      ck_smo(
        Self.instructions.code, kernel, diagonal, stride, &error, &coefficients, upper, lower, &up, &down,
        tolerance, 100_000 + 100 * count)
    }
    let rho = offset(coefficients, error, upper, lower)
    return DualSolution(
      coefficients: Array(coefficients.prefix(count)), rho: rho, iterations: steps, errors: Array(error.prefix(count)))
  }

  /// rho: minus the mean error of the free rows; where there are none, the middle of what the bounds allow.
  private func offset(_ b: [Double], _ error: [Double], _ upper: [Double], _ lower: [Double]) -> Double {
    var sum = 0.0
    var free = 0
    var least = -Double.infinity
    var most = Double.infinity
    for t in 0..<count where upper[t] > lower[t] {
      if b[t] > lower[t] && b[t] < upper[t] {
        sum -= error[t]
        free += 1
      } else if b[t] < upper[t] {
        most = min(most, -error[t])
      } else {
        least = max(least, -error[t])
      }
    }
    return free > 0 ? sum / Double(free) : (most + least) / 2
  }
}
