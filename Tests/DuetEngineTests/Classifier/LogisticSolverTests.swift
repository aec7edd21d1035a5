// Logistic regression where the optimum is known: by its own equation, by symmetry, and with photos held out.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct LogisticSolverTests {
  private func solver(
    _ photos: SyntheticPhotos, heldOut: (Int) -> Bool = { _ in false }
  ) throws -> (rows: CanonicalRows, dots: GramMatrix, solver: LogisticSolver) {
    let rows = try CanonicalRows(photos.set, scaling: .root)
    let dots = GramMatrix.dotProducts(of: rows.features, count: rows.count, dimension: rows.dimension)
    let solver = LogisticSolver(
      kernel: TrainingKernel(rows, dots: dots), labels: rows.labels.map { Int32($0) },
      categories: rows.categories.count, weights: (0..<rows.count).map { heldOut($0) ? 0 : 1 })
    return (rows, dots, solver)
  }

  /// At the optimum each coefficient is (share of the label - probability) / penalty, and the scores are the
  /// kernel times the coefficients: checked here in double, without the solver's own products.
  private func check(_ photos: SyntheticPhotos, penalty: Float, heldOut: (Int) -> Bool = { _ in false }) throws {
    let (rows, dots, solver) = try solver(photos, heldOut: heldOut)
    let solution = solver.solve(penalty: penalty, tolerance: penalty * 0.01)
    let (n, k) = (rows.count, rows.categories.count)
    let labels = rows.labels
    var worst = 0.0
    for photo in 0..<n {
      let scores = (0..<k).map { c in
        (0..<n).reduce(0.0) { $0 + (Double(dots[photo, $1]) + 1) * Double(solution.coefficients[c * n + $1]) }
      }
      let probabilities = Temperature.softmax(scores, temperature: 1)
      for c in 0..<k {
        #expect(abs(scores[c] - Double(solution.scores[c * n + photo])) < 2e-3)
        let share = heldOut(photo) ? 0 : (c == labels[photo] ? 1 : 0) - probabilities[c]
        worst = max(worst, abs(share - Double(penalty) * Double(solution.coefficients[c * n + photo])))
      }
    }
    #expect(worst < max(1e-3, Double(penalty) * 0.02), "\(worst) left at penalty \(penalty)")
  }

  @Test(arguments: [Float(1), 0.1, 0.01, 0.001]) func theOptimumSolvesItsEquation(penalty: Float) throws {
    // More features than photos, then more photos than features: the two forms of the kernel.
    try check(SyntheticPhotos(counts: [7, 4, 9], dimension: 40, copies: 3, seed: 3), penalty: penalty)
    try check(SyntheticPhotos(counts: [20, 9, 14], dimension: 6, copies: 3, seed: 4), penalty: max(penalty, 0.1))
  }

  @Test func heldOutPhotosHaveNoCoefficients() throws {
    try check(SyntheticPhotos(counts: [6, 6], dimension: 30, seed: 5), penalty: 0.03) { $0 % 4 == 0 }
  }

  /// Two photos at right angles: the score difference d solves  penalty d / 2 = 1 / (1 + exp(d)).
  @Test func twoPhotosAtRightAngles() throws {
    let set = TrainingSet(
      categories: [CategoryID(1), CategoryID(2)], photos: [PhotoID(1), PhotoID(2)], labels: [0, 1],
      features: [1, 0, 0, 1], dimension: 2)
    let rows = try CanonicalRows(set, scaling: .root)
    let dots = GramMatrix.dotProducts(of: rows.features, count: 2, dimension: 2)
    let solver = LogisticSolver(
      kernel: TrainingKernel(rows, dots: dots), labels: [0, 1], categories: 2, weights: [1, 1])
    let solution = solver.solve(penalty: 0.1, tolerance: 1e-5)
    let difference = Double(solution.scores[0] - solution.scores[2])
    #expect(abs(0.1 * difference / 2 - 1 / (1 + exp(difference))) < 1e-5)
    #expect(abs(solution.scores[0] + solution.scores[1]) < 1e-4, "the other photo mirrors it")
  }

  /// Packed products against a plain sum, for sizes around the edges of panels and tiles.
  @Test func packedProductsAreProducts() {
    for (rows, inner, columns) in [(1, 1, 1), (3, 7, 33), (15, 5, 64), (29, 64, 31)] {
      let a = (0..<rows * inner).map { Float($0 % 11) - 5 }
      let b = (0..<inner * columns).map { Float($0 % 7) - 3 }
      var result = [Float](repeating: .nan, count: rows * columns)
      PackedMatrix(b, inner: inner, columns: columns).multiply(a, rows: rows, into: &result)
      for i in 0..<rows {
        for j in 0..<columns {
          let sum = (0..<inner).reduce(Float(0)) { $0 + a[i * inner + $1] * b[$1 * columns + j] }
          #expect(result[i * columns + j] == sum)
        }
      }
    }
  }
}
