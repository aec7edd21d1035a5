// What must hold for every model: order does not matter, bars are probabilities, the label is the largest.

import Testing

@testable import DuetEngine

@Suite struct TrainerTests {
  @Test(arguments: ClassifierKind.allCases) func orderOfPhotosDoesNotMatter(kind: ClassifierKind) throws {
    var photos = SyntheticPhotos(counts: [9, 4, 13], copies: 3, seed: 5)
    let expected = try Trainer.train(photos.set, kind: kind).encoded()
    var random = SplitMix64(seed: 6)
    for _ in 0..<5 {
      photos.rows.shuffle(using: &random)
      #expect(try Trainer.train(photos.set, kind: kind).encoded() == expected)
    }
    photos.rows[0].features[0] += 0.25
    #expect(try Trainer.train(photos.set, kind: kind).encoded() != expected)
  }

  @Test(arguments: ClassifierKind.allCases) func anyPhotosGiveProbabilities(kind: ClassifierKind) throws {
    var random = SplitMix64(seed: 42)
    for seed in 0..<40 {
      let categories = Int.random(in: 2...10, using: &random)
      let most = seed % 3 == 0 ? 2 : seed % 3 == 1 ? 6 : 50
      let counts = (0..<categories).map { _ in Int.random(in: 1...most, using: &random) }
      let copies = seed % 2 == 0 ? 0 : Int.random(in: 1...6, using: &random)
      let photos = SyntheticPhotos(counts: counts, dimension: 6, copies: copies, seed: UInt64(seed))
      let model = try Trainer.train(photos.set, kind: kind)
      let unseen = (0..<4).map { _ in (0..<6).map { _ in Float.random(in: 0...3, using: &random) } }
      let zeros = [Float](repeating: 0, count: 6)
      for features in photos.rows.prefix(8).map(\.features) + unseen + [zeros] {
        let prediction = model.predict(features)
        let bars = prediction.bars.map(\.probability)
        #expect(bars.allSatisfy { $0 >= 0 && $0 <= 1 }, "seed \(seed)")
        #expect(model.probabilities(features) == bars, "seed \(seed)")
        #expect(abs(bars.reduce(0, +) - 1) < 1e-9, "seed \(seed)")
        #expect(prediction.label == prediction.bars[bars.indexOfLargest].category)
        #expect(prediction.nearest.count == min(3, photos.rows.count))
        #expect(prediction.nearest.allSatisfy { $0.similarity >= -1 && $0.similarity <= 1 })
      }
      if case .machines(let machines) = model.scorer {
        #expect(machines.pairs.allSatisfy { $0.sigmoid.map { $0.slope < 0 } ?? (kind == .svm) })
      }
      #expect(model.temperature >= Temperature.lowest && model.temperature <= Temperature.highest)
    }
  }

  /// Far apart clusters: with any number of photos, one a category included, each photo is its own category's.
  @Test(arguments: ClassifierKind.allCases, [1, 2, 3, 8]) func clearCategoriesAreToldApart(
    kind: ClassifierKind, count: Int
  ) throws {
    var random = SplitMix64(seed: 9)
    var features: [Float] = []
    var labels: [Int] = []
    for label in 0..<4 {
      for _ in 0..<count {
        features += (0..<4).map { ($0 == label ? 3 : 0) + Float.random(in: 0...0.2, using: &random) }
        labels.append(label)
      }
    }
    let set = TrainingSet(
      categories: (0..<4).map { CategoryID($0) }, photos: labels.indices.map { PhotoID(Int64($0)) },
      labels: labels, features: features, dimension: 4)
    let model = try Trainer.train(set, kind: kind)
    for (row, label) in labels.enumerated() {
      let prediction = model.predict(Array(features[row * 4..<row * 4 + 4]))
      #expect(prediction.label == CategoryID(Int64(label)))
      #expect(prediction.nearest.first?.photo == PhotoID(Int64(row)))
      #expect(prediction.nearest.first?.category == CategoryID(Int64(label)))
    }
  }

  @Test func categoriesWithoutPhotosAreLeftOut() throws {
    let photos = SyntheticPhotos(counts: [0, 4, 0, 3], seed: 1)
    let model = try Trainer.train(photos.set)
    #expect(model.categories == [photos.categories[1], photos.categories[3]])
    #expect(model.photoCount == 7)
  }

  @Test func oneCategoryIsNotEnough() {
    #expect(throws: TrainingError.tooFewCategories) { try Trainer.train(SyntheticPhotos(counts: [5, 0], seed: 1).set) }
    #expect(throws: TrainingError.tooFewCategories) { try Trainer.train(SyntheticPhotos(counts: [], seed: 1).set) }
    #expect(TrainingError.tooFewCategories.message == "2 categories with photos are needed")
  }

  @Test(arguments: [Float.nan, .infinity, 1e9]) func damagedFeaturesAreRefused(value: Float) {
    var photos = SyntheticPhotos(counts: [2, 2], seed: 1)
    photos.rows[1].features[3] = value
    #expect(throws: TrainingError.damagedFeatures) { try Trainer.train(photos.set) }
  }

  @Test func aPhotoUnlikeAllOthersIsUnknown() throws {
    // Two tight bundles of directions; the new photo points along an axis that nobody uses.
    var random = SplitMix64(seed: 3)
    var features: [Float] = []
    for row in 0..<20 {
      features += (0..<3).map { $0 == row % 2 ? 1 : $0 == 2 ? 0 : Float.random(in: 0...0.1, using: &random) }
    }
    let set = TrainingSet(
      categories: [CategoryID(1), CategoryID(2)], photos: (0..<20).map { PhotoID($0) },
      labels: (0..<20).map { $0 % 2 }, features: features, dimension: 3)
    let model = try Trainer.train(set)
    #expect(model.predict([1, 0.05, 0]).known)
    #expect(!model.predict([0, 0, 1]).known)
    #expect(!model.predict([1, 0.05]).known, "another extractor's features")
    #expect(!model.predict([.nan, 0, 0]).known)
  }

  @Test func fewPhotosMakeEverythingKnown() throws {
    let model = try Trainer.train(SyntheticPhotos(counts: [2, 2], dimension: 3, seed: 1).set)
    #expect(model.predict([-5, 1, -1]).known)
  }

  /// Both categories hold the same single photo: nothing can be said, and the bars say so.
  @Test(arguments: ClassifierKind.allCases) func theSamePhotoInBothCategoriesIsEven(kind: ClassifierKind) throws {
    let set = TrainingSet(
      categories: [CategoryID(8), CategoryID(3)], photos: [PhotoID(1), PhotoID(2)], labels: [0, 1],
      features: [1, 2, 1, 2], dimension: 2)
    let prediction = try Trainer.train(set, kind: kind).predict([1, 2])
    #expect(prediction.bars.allSatisfy { abs($0.probability - 0.5) < 1e-5 })
    #expect(prediction.label == prediction.bars[prediction.bars.map(\.probability).indexOfLargest].category)
  }
}
