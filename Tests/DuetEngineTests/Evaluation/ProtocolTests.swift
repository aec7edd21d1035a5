// Which photos are trained on and which are tested on, in both protocols.

import Testing

@testable import DuetEngine

@Suite struct ProtocolTests {
  /// First outputs for seed 0, as published with the generator's reference implementation.
  @Test func splitMixIsTheReferenceGenerator() {
    var random = SplitMix64(seed: 0)
    #expect(random.next() == 0xE220_A839_7B1D_CDAF)
    #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    #expect(random.next() == 0x06C4_5D18_8009_454F)
  }

  @Test func permutationsAreRepeatableAndComplete() {
    var (a, b, c) = (SplitMix64(seed: 1), SplitMix64(seed: 1), SplitMix64(seed: 2))
    let order = a.permutation(50)
    #expect(order.sorted() == Array(0..<50))
    #expect(order == b.permutation(50) && order != c.permutation(50) && order != a.permutation(50))
    #expect(a.permutation(0).isEmpty && a.permutation(1) == [0])
  }

  @Test func holdOutTestsOnWhatComesAfterTheBorder() throws {
    let set = SyntheticPhotos(counts: [12, 60, 51], dimension: 2, seed: 1).set
    var random = SplitMix64(seed: 7)
    let split = try HoldOutEvaluation(perCategory: 5).split(set, &random)
    func count(_ rows: [Int], _ label: Int) -> Int { rows.count { set.labels[$0] == label } }
    #expect((0..<3).map { count(split.training, $0) } == [5, 5, 5])
    // 12 photos are fewer than 50: everything after the first 5. Else everything after the first 50.
    #expect((0..<3).map { count(split.testing, $0) } == [7, 10, 1])
    #expect(Set(split.training).isDisjoint(with: split.testing))
  }

  @Test func theSameSeedTestsOnTheSamePhotosForAnyTrainingSize() throws {
    let set = SyntheticPhotos(counts: [60, 60], dimension: 2, seed: 1).set
    var (a, b) = (SplitMix64(seed: 7), SplitMix64(seed: 7))
    let five = try HoldOutEvaluation(perCategory: 5).split(set, &a)
    let fifty = try HoldOutEvaluation(perCategory: 50).split(set, &b)
    #expect(five.testing == fifty.testing)
    #expect(Set(five.training).isSubset(of: fifty.training))
  }

  @Test func tooFewPhotosAreNamed() {
    let set = SyntheticPhotos(counts: [20, 10], dimension: 2, seed: 1).set
    #expect(throws: EvaluationError.tooFewPhotos(category: set.categories[1], needed: 11)) {
      try HoldOutEvaluation(perCategory: 10).run(set)
    }
    #expect(throws: EvaluationError.tooFewPhotos(category: set.categories[1], needed: 16)) {
      try HoldOutEvaluation(perCategory: 5, holdOutAfter: 15).run(set)
    }
  }

  @Test func copiesStayInOneFold() {
    let base = SyntheticPhotos(counts: [10, 10], dimension: 20, copies: 8, seed: 3)
    let folds = CrossValidation(folds: 5, seed: 1).assignment(base.set)
    for a in base.rows.indices {
      for b in base.rows.indices where base.rows[a].features == base.rows[b].features {
        #expect(folds[a] == folds[b])
      }
    }
    #expect(Set(folds) == Set(0..<5))
  }

  @Test func everyPhotoIsTestedOnceAndASinglePhotoNever() throws {
    let set = SyntheticPhotos(counts: [11, 7, 1], dimension: 20, seed: 4).set
    let report = try CrossValidation().run(set)
    #expect(report.testCount == 18)
    #expect(report.confusionMatrix.map { $0.reduce(0, +) } == [11, 7, 0])
    #expect(try CrossValidation().run(set) == report, "the same seed, the same report")
  }

  @Test(arguments: [[5, 0], [1, 1], [5, 1]]) func tooFewPhotosForFolds(counts: [Int]) {
    let set = SyntheticPhotos(counts: counts, dimension: 20, seed: 4).set
    #expect(throws: EvaluationError.nothingToHoldOut) { try CrossValidation().run(set) }
  }

  /// Categories that overlap nowhere are always told apart; labels drawn by lot are not.
  @Test func scoresTellSenseFromNonsense() throws {
    var features: [Float] = []
    for row in 0..<40 { features += [row % 2 == 0 ? 1 : 0, row % 2 == 0 ? 0 : 1, Float(row) / 40] }
    func set(_ labels: [Int]) -> TrainingSet {
      TrainingSet(
        categories: [CategoryID(1), CategoryID(2)], photos: (0..<40).map { PhotoID($0) }, labels: labels,
        features: features, dimension: 3)
    }
    let hold = HoldOutEvaluation(perCategory: 8, repeats: 10, seed: 1)
    #expect(try hold.run(set((0..<40).map { $0 % 2 })).accuracy == 1)
    var random = SplitMix64(seed: 5)
    let drawn = random.permutation(40).map { $0 % 2 }
    let nonsense = try hold.run(set(drawn))
    #expect(nonsense.accuracy < 0.75 && nonsense.accuracy > 0.25)
  }
}
