// The solver of one two-category support vector machine. Pure functions; any thread.
//
// It maximises  sum_t y_t b_t - 1/2 sum_st b_s b_t K_st  with  b_t = y_t alpha_t,  0 <= alpha_t <= C,
// sum_t b_t = 0, by moving two coefficients at a time. The pair is chosen by second-order information:
// Fan, Chen & Lin, "Working Set Selection Using Second Order Information for Training SVM", JMLR 6, 2005.

/// What the solver finds: the decision value of a photo x is `sum_t coefficients[t] K(t, x) - rho`.
struct DualSolution: Sendable, Equatable {
  /// `y_t alpha_t`, one a row; 0 for rows that were held out.
  var coefficients: [Double]
  var rho: Double
  var iterations: Int
}

/// One two-category problem over a packed kernel matrix. Rows before `positives` have y = +1, the rest y = -1.
struct SequentialMinimalOptimisation {
  /// Stops where no pair of rows violates optimality by more than this, as libsvm does by default.
  static let tolerance = 1e-3
  /// The least curvature of a step, for rows that are equal (their kernel columns are too).
  private static let leastCurvature = 1e-12

  /// `count` x `count`, row-major.
  let kernel: [Float]
  let count: Int
  let positives: Int
  let cost: Double

  /// - Parameter heldOut: rows to leave out of this training, `count` entries, or empty for none.
  /// - Precondition: both sides keep at least one row.
  func solve(heldOut: [Bool] = [], tolerance: Double = tolerance) -> DualSolution {
    precondition(kernel.count == count * count && (heldOut.isEmpty || heldOut.count == count))
    // error_t = y_t - sum_s b_s K_st. It falls as b_t rises; at the optimum all free rows share one value, -rho.
    var coefficients = [Double](repeating: 0, count: count)
    var error = (0..<count).map { $0 < positives ? 1.0 : -1.0 }
    let upper = (0..<count).map { !heldOut.isEmpty && heldOut[$0] ? 0 : $0 < positives ? cost : 0 }
    let lower = (0..<count).map { !heldOut.isEmpty && heldOut[$0] ? 0 : $0 < positives ? 0 : -cost }
    let limit = 100_000 + 100 * count
    var iterations = 0
    kernel.withUnsafeBufferPointer { kernel in
      coefficients.withUnsafeMutableBufferPointer { b in
        error.withUnsafeMutableBufferPointer { error in
          upper.withUnsafeBufferPointer { upper in
            lower.withUnsafeBufferPointer { lower in
              while iterations < limit {
                guard let (i, j) = workingPair(kernel, b, error, upper, lower, tolerance) else { break }
                step(i, j, kernel, b, error, upper, lower)
                iterations += 1
              }
            }
          }
        }
      }
    }
    let rho = offset(coefficients, error, upper, lower)
    return DualSolution(coefficients: coefficients, rho: rho, iterations: iterations)
  }

  /// `i`: the row that may rise with the largest error. `j`: the row that may fall whose partner step with
  /// `i` promises the largest gain. Nil at the optimum. The first of equals is taken, so runs are repeatable.
  private func workingPair(
    _ kernel: UnsafeBufferPointer<Float>, _ b: UnsafeMutableBufferPointer<Double>,
    _ error: UnsafeMutableBufferPointer<Double>, _ upper: UnsafeBufferPointer<Double>,
    _ lower: UnsafeBufferPointer<Double>, _ tolerance: Double
  ) -> (Int, Int)? {
    var i = -1
    var highest = -Double.infinity
    for t in 0..<count where b[t] < upper[t] && error[t] > highest {
      highest = error[t]
      i = t
    }
    guard i >= 0 else { return nil }
    let row = i * count
    let own = Double(kernel[row + i])
    var j = -1
    var lowest = Double.infinity
    var bestGain = -Double.infinity
    for t in 0..<count where b[t] > lower[t] {
      lowest = min(lowest, error[t])
      let difference = highest - error[t]
      guard difference > 0 else { continue }
      let curvature = own + Double(kernel[t * count + t]) - 2 * Double(kernel[row + t])
      let gain = difference * difference / max(curvature, Self.leastCurvature)
      if gain > bestGain {
        bestGain = gain
        j = t
      }
    }
    return j >= 0 && highest - lowest >= tolerance ? (i, j) : nil
  }

  /// Raises `b_i` and lowers `b_j` by the same amount: to the optimum of the two, or to the first bound.
  private func step(
    _ i: Int, _ j: Int, _ kernel: UnsafeBufferPointer<Float>, _ b: UnsafeMutableBufferPointer<Double>,
    _ error: UnsafeMutableBufferPointer<Double>, _ upper: UnsafeBufferPointer<Double>,
    _ lower: UnsafeBufferPointer<Double>
  ) {
    let curvature = Double(kernel[i * count + i]) + Double(kernel[j * count + j]) - 2 * Double(kernel[i * count + j])
    let wanted = (error[i] - error[j]) / max(curvature, Self.leastCurvature)
    let roomUp = upper[i] - b[i]
    let roomDown = b[j] - lower[j]
    let change = min(wanted, roomUp, roomDown)
    // Set bounds exactly: a coefficient that misses its bound by rounding would be chosen again and again.
    b[i] = change == roomUp ? upper[i] : b[i] + change
    b[j] = change == roomDown ? lower[j] : b[j] - change
    for t in 0..<count {
      error[t] -= change * (Double(kernel[i * count + t]) - Double(kernel[j * count + t]))
    }
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
