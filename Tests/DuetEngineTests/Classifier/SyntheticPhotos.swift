// Seeded rows of features for the classifier's tests: clusters that overlap, with copies among them.

@testable import DuetEngine

struct SyntheticPhotos {
  var categories: [CategoryID]
  var rows: [(photo: PhotoID, label: Int, features: [Float])] = []
  let dimension: Int

  /// - Parameter counts: photos in each category, 0 allowed.
  /// - Parameter copies: how many rows to add a second time, some of them in another category.
  init(counts: [Int], dimension: Int = 12, copies: Int = 0, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    self.dimension = dimension
    categories = counts.indices.map { CategoryID(Int64(100 + $0 * 7)) }
    var next: Int64 = 1
    for (label, count) in counts.enumerated() {
      let centre = (0..<dimension).map { _ in Float.random(in: 0...1, using: &random) }
      for _ in 0..<count {
        let features = centre.map { max(0, $0 + Float.random(in: -0.6...0.6, using: &random)) }
        rows.append((PhotoID(next), label, features))
        next += 1
      }
    }
    for _ in 0..<copies where !rows.isEmpty {
      let original = rows[Int.random(in: rows.indices, using: &random)]
      let label = Bool.random(using: &random) ? original.label : (original.label + 1) % counts.count
      rows.append((PhotoID(next), label, original.features))
      next += 1
    }
  }

  var set: TrainingSet {
    TrainingSet(
      categories: categories, photos: rows.map(\.photo), labels: rows.map(\.label),
      features: rows.flatMap(\.features), dimension: dimension)
  }
}
