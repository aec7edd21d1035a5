// One of the k (k - 1) / 2 two-category machines of a one-vs-one classifier. A value; any thread.

/// Tells category `first` from category `second`: a positive decision value speaks for `first`.
struct PairwiseClassifier: Sendable, Equatable {
  /// Indices into the model's categories, `first < second`.
  let first: Int
  let second: Int
  /// `y alpha` of the rows of `first`, then of `second`, in the model's order of rows.
  let coefficients: [Double]
  let rho: Double
  /// Only in a model of `ClassifierKind.paper`.
  var sigmoid: PlattSigmoid?

  /// `sum_t coefficients[t] kernel[t] - rho`.
  /// - Parameter kernel: kernel values of one photo with all rows of the model.
  /// - Parameter starts: where the rows of each category begin, as in `CanonicalRows`.
  func decision(kernel: UnsafeBufferPointer<Float>, starts: [Int]) -> Double {
    var sum = -rho
    var next = 0
    for category in [first, second] {
      for row in starts[category]..<starts[category + 1] {
        sum += coefficients[next] * Double(kernel[row])
        next += 1
      }
    }
    return sum
  }

  /// All pairs in the order (0,1), (0,2), ..., (1,2), ...
  static func pairs(of categories: Int) -> [(first: Int, second: Int)] {
    (0..<categories).flatMap { a in (a + 1..<categories).map { (a, $0) } }
  }
}

/// A pair's problem over its own part of the kernel, with rows held out in turn by masking them.
struct PairwiseProblem: Sendable {
  let first: Int
  let second: Int
  let rows: [Int]
  /// How many of `rows`, from the start, are of `first`.
  let firsts: Int
  private let solver: SequentialMinimalOptimisation

  init(first: Int, second: Int, starts: [Int], kernel: GramMatrix, cost: Double) {
    self.first = first
    self.second = second
    let a = starts[first]..<starts[first + 1]
    let b = starts[second]..<starts[second + 1]
    let rows = Array(a) + Array(b)
    self.rows = rows
    firsts = a.count
    solver = SequentialMinimalOptimisation(count: rows.count, positives: a.count, cost: cost) { row, target in
      kernel.values.withUnsafeBufferPointer { values in
        guard let source = values.baseAddress.map({ $0 + rows[row] * kernel.count }) else { return }
        target.update(from: source + a.lowerBound, count: a.count)
        (target + a.count).update(from: source + b.lowerBound, count: b.count)
      }
    }
  }

  /// The machine that answers: decision values end within 1e-5 of the optimum, beside which libsvm's own stop (1e-3)
  /// is coarse. Folds are only averaged over and stop where libsvm does.
  static let finalTolerance = 1e-5

  func solution(tolerance: Double = finalTolerance) -> DualSolution { solver.solve(tolerance: tolerance) }

  /// The machine trained without the rows whose fold is `fold`; nil where no row of this pair is in it.
  /// - Parameter folds: a fold for every row of the model, -1 for rows that are never held out.
  func solution(without fold: Int, of folds: [Int]) -> DualSolution? {
    let heldOut = rows.map { folds[$0] == fold }
    return heldOut.contains(true) ? solver.solve(heldOut: heldOut) : nil
  }

  func classifier(_ solution: DualSolution) -> PairwiseClassifier {
    PairwiseClassifier(first: first, second: second, coefficients: solution.coefficients, rho: solution.rho)
  }
}
