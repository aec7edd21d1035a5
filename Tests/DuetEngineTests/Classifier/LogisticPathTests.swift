// The choice of a penalty, in both orders of work, and the products on all cores that one of them stands on.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct LogisticPathTests {
  private func path(_ photos: SyntheticPhotos, folds limit: Int) throws -> (path: LogisticPath, rows: CanonicalRows) {
    let rows = try CanonicalRows(photos.set, scaling: .root)
    let dots = GramMatrix.dotProducts(of: rows.features, count: rows.count, dimension: rows.dimension)
    let groups = CalibrationFolds.groups(starts: rows.starts, cosines: dots)
    let folds = CalibrationFolds.assign(starts: rows.starts, groups: groups, limit: limit)
    let path = LogisticPath(
      kernel: TrainingKernel(rows, dots: dots), labels: rows.labels, categories: rows.categories.count,
      folds: folds, used: Set(folds.filter { $0 >= 0 }).sorted(), weights: [Float](repeating: 1, count: rows.count))
    return (path, rows)
  }

  /// The solution is the whole set's: its gradient, sum_t (label - probability) x_t - penalty w, is next to nothing beside
  /// either part, although with many photos it began where the folds ended.
  @Test(arguments: [true, false]) func theChosenSolutionIsOneOfTheWholeSet(isLarge: Bool) throws {
    // Over a thousand photos, and more than features: candidates are tried in turn.
    let counts = isLarge ? [400, 350, 330] : [16, 12, 14]
    let (path, rows) = try path(SyntheticPhotos(counts: counts, dimension: 60, copies: 2, seed: 8), folds: 4)
    #expect(path.kernel.usesAllCores == isLarge)
    let choice = path.choose()
    #expect(LogisticPath.penalties.contains(choice.penalty))
    let temperature = try #require(choice.temperature)
    #expect(temperature > 0)
    let (n, width) = (path.labels.count, rows.dimension + 1)
    var gradient = [Double](repeating: 0, count: 3 * width)
    var pull = gradient
    for photo in 0..<n {
      let scores = (0..<3).map { Double(choice.solution.scores[$0 * n + photo]) }
      let probabilities = Temperature.softmax(scores, temperature: 1)
      let row = rows.features[photo * rows.dimension..<(photo + 1) * rows.dimension].map { Double($0) } + [1]
      for category in 0..<3 {
        let share = (category == path.labels[photo] ? 1 : 0) - probabilities[category]
        let held = Double(choice.penalty) * Double(choice.solution.coefficients[category * n + photo])
        for (column, value) in row.enumerated() {
          gradient[category * width + column] += (share - held) * value
          pull[category * width + column] += held * value
        }
      }
    }
    func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    #expect(length(gradient) < 0.02 * length(pull), "\(length(gradient)) beside \(length(pull))")
  }

  /// Where nothing can be held out there is a solution and no temperature.
  @Test func onePhotoACategoryHasNoTemperature() throws {
    let (path, _) = try path(SyntheticPhotos(counts: [1, 1], dimension: 4, seed: 2), folds: 10)
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
