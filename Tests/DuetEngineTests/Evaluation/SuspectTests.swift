// Photos in the wrong category come first in the ranking: by hand, and measured with flipped labels on real photos.

import Testing

@testable import DuetEngine

@Suite struct SuspectTests {
  /// Two directions; rows 0-4 along the first, 5-9 along the second, all a little different.
  private func twoGroups(labels: [Int]) -> TrainingSet {
    let features = (0..<10).flatMap { row -> [Float] in
      let wobble = Float(row % 5) / 20
      return row < 5 ? [1, wobble, 0] : [wobble, 1, 0.1]
    }
    return TrainingSet(
      categories: [CategoryID(7), CategoryID(8)], photos: (1...10).map { PhotoID($0) }, labels: labels,
      features: features, dimension: 3)
  }

  @Test func theFlippedPhotoIsFirstAndTheOnlyOneFound() {
    let set = twoGroups(labels: [0, 0, 1, 0, 0, 1, 1, 1, 1, 1])
    let ranking = Suspects.ranking(set)
    #expect(ranking.count == 10)
    #expect(ranking.first?.photo == PhotoID(3))
    #expect(ranking.first?.category == CategoryID(8) && ranking.first?.suggested == CategoryID(7))
    #expect(Suspects.find(set).map(\.photo) == [PhotoID(3)])
    #expect(Suspects.find(set, confirmed: [PhotoID(3)]).isEmpty)
  }

  @Test func nothingIsFoundWhereAllIsRight() {
    #expect(Suspects.find(twoGroups(labels: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])).isEmpty)
  }

  @Test func oneCategoryHasNoSuspects() {
    #expect(Suspects.ranking(twoGroups(labels: [Int](repeating: 0, count: 10))).isEmpty)
  }

  /// A wrong photo that is there twice must not vouch for itself.
  @Test func copiesDoNotVouchForEachOther() {
    let base = twoGroups(labels: [0, 0, 1, 0, 0, 1, 1, 1, 1, 1])
    let rows = Array(0..<10) + [2, 2, 2]
    let doubled = base.rows(rows)
    let set = TrainingSet(
      categories: base.categories, photos: rows.indices.map { PhotoID(Int64($0 + 1)) }, labels: doubled.labels,
      features: doubled.features, dimension: 3)
    let found = Suspects.find(set, groups: rows).map(\.photo)
    #expect(Set(found) == [PhotoID(3), PhotoID(11), PhotoID(12), PhotoID(13)])
  }

  /// Leaving rows out in closed form against leaving them out in earnest.
  @Test func heldOutAnswersAreThoseOfATrainingWithoutThePhoto() throws {
    let set = SyntheticPhotos(counts: [4, 3, 3], dimension: 6, seed: 2).set
    let groups = [0, 1, 1, 3, 4, 5, 5, 5, 8, 9]
    let cosines = FeatureCosines(set)
    let answers = try #require(HeldOutRidge.answers(cosines, labels: set.labels, groups: groups, categories: 3))
    for row in 0..<10 {
      let kept = (0..<10).filter { groups[$0] != groups[row] }
      func kernel(_ a: Int, _ b: Int) -> Float {
        1 + (0..<6).reduce(0) { $0 + cosines.rows[a * 6 + $1] * cosines.rows[b * 6 + $1] }
      }
      let system = kept.flatMap { a in kept.map { b in kernel(a, b) + (a == b ? HeldOutRidge.ridge : 0) } }
      let matrix = try #require(LinearAlgebra.inverse(system, order: kept.count))
      for category in 0..<3 {
        var value: Float = 0
        for (i, a) in kept.enumerated() {
          for (j, b) in kept.enumerated() where set.labels[b] == category {
            value += kernel(row, a) * matrix[i * kept.count + j]
          }
        }
        #expect(abs(answers[row * 3 + category] - value) < 1e-3)
      }
    }
  }

  /// 5 % of 200 labels flipped by lot: how many of them are in the first tenth of the ranking?
  @Test(
    .enabled(if: SharedPhotos.areThere, SharedPhotos.needs), arguments: [("grocery10", 0.95), ("clothing10", 0.80)])
  func flippedLabelsAreNearTheTop(name: String, least: Double) throws {
    let photos = try SharedPhotos.named(name)
    let seeds = 30
    var found = 0
    var flipped = 0
    for seed in 0..<seeds {
      var random = SplitMix64(seed: UInt64(seed))
      let right = photos.chosen(perCategory: 20, &random)
      var labels = right.labels
      let wrong = random.permutation(labels.count).prefix(labels.count / 20)
      for row in wrong {
        let step = 1 + Int(random.next().multipliedFullWidth(by: 9).high)
        labels[row] = (labels[row] + step) % 10
      }
      let set = TrainingSet(
        categories: right.categories, photos: right.photos, labels: labels, features: right.features,
        dimension: right.dimension)
      let top = Set(Suspects.ranking(set).prefix(labels.count / 10).map(\.photo))
      found += wrong.count { top.contains(set.photos[$0]) }
      flipped += wrong.count
    }
    let share = Double(found) / Double(flipped)
    print("suspects: \(name): \(found) of \(flipped) flipped photos in the first tenth")
    #expect(share >= least)
  }
}
