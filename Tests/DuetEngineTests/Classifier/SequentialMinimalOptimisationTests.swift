// The solver on problems whose optimum is known from pencil and paper.

import Testing

@testable import DuetEngine

@Suite struct SequentialMinimalOptimisationTests {
  /// Two photos with kernel value k: the dual is 2a - a^2 (1 - k), so a = 1 / (1 - k) unless C is less.
  @Test func twoPointsMeetInTheMiddle() {
    let free = SequentialMinimalOptimisation(kernel: [1, 0.5, 0.5, 1], count: 2, positives: 1, cost: 10).solve()
    #expect(free.coefficients == [2, -2])
    #expect(free.rho == 0)
    let bounded = SequentialMinimalOptimisation(kernel: [1, 0.5, 0.5, 1], count: 2, positives: 1, cost: 1).solve()
    #expect(bounded.coefficients == [1, -1])
    #expect(bounded.rho == 0)
  }

  /// 3 and 5 against 1 and -1 on a line, linear kernel: the border is at 2, the margin from 1 to 3, so the
  /// weight is 1 = 3a - 1a and the outer points do not count.
  @Test func fourPointsOnALineKeepTwoSupportVectors() {
    let solution = line([3, 5, 1, -1], positives: 2).solve(tolerance: 1e-12)
    for (found, expected) in zip(solution.coefficients, [0.5, 0, -0.5, 0]) { #expect(abs(found - expected) < 1e-9) }
    #expect(abs(solution.rho - 2) < 1e-9)
  }

  @Test func heldOutRowsAreAsIfTheyWereNotThere() {
    let without = line([5, 1, -1], positives: 1).solve(tolerance: 1e-12)
    let masked = line([3, 5, 1, -1], positives: 2).solve(heldOut: [true, false, false, false], tolerance: 1e-12)
    #expect(masked.coefficients[0] == 0)
    #expect(Array(masked.coefficients.dropFirst()) == without.coefficients)
    #expect(masked.rho == without.rho)
    // By hand: border at 3, weight 1/2 = 5a - 1a.
    #expect(abs(without.coefficients[0] - 0.125) < 1e-9)
    #expect(abs(without.rho - 1.5) < 1e-9)
  }

  /// The same photo on both sides cannot be told apart: both coefficients go to the bound, nothing diverges.
  @Test func equalPointsOnBothSidesStopAtTheBound() {
    let solution = SequentialMinimalOptimisation(kernel: [1, 1, 1, 1], count: 2, positives: 1, cost: 10).solve()
    #expect(solution.coefficients == [10, -10])
    #expect(solution.rho == 0)
    #expect(solution.iterations == 1)
  }

  private func line(_ x: [Float], positives: Int) -> SequentialMinimalOptimisation {
    let kernel = x.flatMap { a in x.map { a * $0 } }
    return SequentialMinimalOptimisation(kernel: kernel, count: x.count, positives: positives, cost: 10)
  }
}
