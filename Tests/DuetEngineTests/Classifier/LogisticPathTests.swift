// The choice of a penalty, in both orders of work, and the products on all cores that one of them stands on.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct LogisticPathTests {
  private func path(_ photos: SyntheticPhotos, folds limit: Int) throws -> LogisticPath {
    let rows = try CanonicalRows(photos.set, scaling: .root)
    let dots = GramMatrix.dotProducts(of: rows.features, count: rows.count, dimension: rows.dimension)
    let groups = CalibrationFolds.groups(starts: rows.starts, cosines: dots)
    let folds = CalibrationFolds.assign(starts: rows.starts, groups: groups, limit: limit)
    return LogisticPath(
      kernel: TrainingKernel(rows, dots: dots), labels: rows.labels, categories: rows.categories.count,
      folds: folds, used: Set(folds.filter { $0 >= 0 }).sorted(), weights: [Float](repeating: 1, count: rows.count))
  }

  /// With as many folds as there are, the candidate that is chosen has the least held-out loss of those tried, and the
  /// whole set's solution solves its own equation: coefficients are (label - probability) / penalty.
  @Test(arguments: [6, 60]) func theChosenSolutionIsOneOfTheWholeSet(dimension: Int) throws {
    // Over a thousand photos with few features: candidates are tried in turn.
    let counts = dimension == 6 ? [400, 350, 330] : [16, 12, 14]
    let path = try path(SyntheticPhotos(counts: counts, dimension: dimension, copies: 2, seed: 8), folds: 4)
    #expect(path.kernel.usesAllCores == (dimension == 6))
    let choice = path.choose()
    #expect(LogisticPath.penalties.contains(choice.penalty))
    let temperature = try #require(choice.temperature)
    #expect(temperature > 0)
    let n = path.labels.count
    for photo in 0..<n {
      let scores = (0..<3).map { Double(choice.solution.scores[$0 * n + photo]) }
      let probabilities = Temperature.softmax(scores, temperature: 1)
      for category in 0..<3 {
        let share = (category == path.labels[photo] ? 1 : 0) - probabilities[category]
        let found = Double(choice.solution.coefficients[category * n + photo]) * Double(choice.penalty)
        #expect(abs(share - found) < 2e-3, "photo \(photo), dimension \(dimension)")
      }
    }
  }

  /// Where nothing can be held out there is a solution and no temperature.
  @Test func onePhotoACategoryHasNoTemperature() throws {
    let path = try path(SyntheticPhotos(counts: [1, 1], dimension: 4, seed: 2), folds: 10)
    #expect(path.used.isEmpty)
    #expect(path.choose().temperature == nil)
  }

  @Test func allCoresGiveTheSameBitsAsOne() {
    for (inner, columns) in [(5, 1), (7, 33), (40, 700)] {
      let matrix = (0..<inner * columns).map { Float(($0 * 37) % 101) / 7 }
      let block = (0..<3 * inner).map { Float(($0 * 13) % 29) / 3 }
      let packed = PackedMatrix(matrix, inner: inner, columns: columns)
      var one = [Float](repeating: .nan, count: 3 * columns)
      var all = one
      packed.multiply(block, rows: 3, into: &one)
      packed.multiplyOnAllCores(block, rows: 3, into: &all)
      #expect(one == all)
    }
  }

  @Test func transposingTurnsRowsIntoColumns() {
    for (rows, columns) in [(1, 1), (2, 3), (70, 33), (31, 65)] {
      let matrix = (0..<rows * columns).map { Float($0) }
      let turned = LinearAlgebra.transposed(matrix, rows: rows, columns: columns)
      for row in 0..<rows {
        for column in 0..<columns { #expect(turned[column * rows + row] == matrix[row * columns + column]) }
      }
    }
  }
}
