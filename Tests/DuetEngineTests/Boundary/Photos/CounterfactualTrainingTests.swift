// What counterfactuals do to a model, on rows whose answer is known.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CounterfactualTrainingTests {
  /// Two categories that differ in feature 0 a little and in feature 1, the confound, a lot; 2 to 7 are noise.
  private static func confounded(marks: Int, seed: UInt64 = 3) -> TrainingSet {
    var random = SplitMix64(seed: seed)
    func noise(_ size: Float) -> Float { Float.random(in: 0..<size, using: &random) }
    var features: [Float] = []
    var labels: [Int] = []
    var rows: [CounterfactualRow] = []
    for photo in 0..<40 {
      let label = photo % 2
      var row: [Float] = [label == 0 ? 0.4 + noise(0.6) : noise(0.6), label == 0 ? 0.05 : 1]
      row += (0..<6).map { _ in 0.3 + noise(0.4) }
      features += row
      labels.append(label)
      guard photo < marks else { continue }
      for value: Float in [0.05, 0.35, 0.65, 1] {
        var changed = row
        changed[1] = value
        rows.append(CounterfactualRow(photo: PhotoID(Int64(photo + 1)), meaning: .same, features: changed, weight: 0.25))
      }
    }
    return TrainingSet(
      categories: [CategoryID(1), CategoryID(2)], photos: (1...40).map { PhotoID($0) }, labels: labels,
      features: features, dimension: 8, counterfactuals: rows)
  }

  /// Share of right answers on photos whose confound says the opposite.
  private static func accuracy(_ model: TrainedModel) -> Double {
    var random = SplitMix64(seed: 99)
    var right = 0
    for photo in 0..<200 {
      let label = photo % 2
      let value = Float.random(in: 0..<0.35, using: &random)
      var row: [Float] = [label == 0 ? 0.65 + value : value, label == 0 ? 1 : 0.05]
      row += (0..<6).map { _ in 0.3 + Float.random(in: 0..<0.4, using: &random) }
      if model.predict(row).label == CategoryID(Int64(label + 1)) { right += 1 }
    }
    return Double(right) / 200
  }

  @Test func marksTakeAConfoundAway() throws {
    let fooled = Self.accuracy(try Trainer.train(Self.confounded(marks: 0)))
    let marked = Self.accuracy(try Trainer.train(Self.confounded(marks: 10)))
    #expect(fooled < 0.3, "without marks the confound decides: \(fooled)")
    #expect(marked > 0.7, "with marks it does not: \(marked)")
  }

  @Test func theOrderOfCounterfactualsDoesNotMatter() throws {
    let set = Self.confounded(marks: 6)
    let turned = TrainingSet(
      categories: set.categories, photos: set.photos, labels: set.labels, features: set.features,
      dimension: set.dimension, counterfactuals: set.counterfactuals.reversed())
    #expect(try Trainer.train(turned) == Trainer.train(set))
  }

  @Test func photosAndTheTestForUnknownOnesStayAsTheyWere() throws {
    let plain = try Trainer.train(Self.confounded(marks: 0))
    let marked = try Trainer.train(Self.confounded(marks: 10))
    #expect(marked.familiarity == plain.familiarity && marked.photos == plain.photos)
    #expect(marked.features == plain.features && marked.starts == plain.starts)
    #expect(marked.scorer != plain.scorer)
  }

  @Test func otherClassifiersAndRowsOfOtherPhotosChangeNothing() throws {
    let (plain, marked) = (Self.confounded(marks: 0), Self.confounded(marks: 10))
    for kind in [ClassifierKind.svm, .paper] {
      #expect(try Trainer.train(marked, kind: kind) == Trainer.train(plain, kind: kind))
    }
    let stray = plain.with([
      CounterfactualRow(photo: PhotoID(77), meaning: .same, features: [Float](repeating: 0.5, count: 8)),
      CounterfactualRow(photo: PhotoID(1), meaning: .labelled(PhotoID(3)), features: []),
    ])
    #expect(try Trainer.train(stray).photos == Trainer.train(plain).photos)
    #expect(stray.rows([1, 2]).counterfactuals.isEmpty)
    #expect(marked.rows([0, 2]).counterfactuals.map(\.photo) == [1, 1, 1, 1, 3, 3, 3, 3].map { PhotoID($0) })
  }

  @Test func aPhotoThatNobodyCanNameIsLessOfWhatItWas() throws {
    let plain = Self.confounded(marks: 0)
    // Photo 1, of the first category, without its feature 2: that one spoke for the category, somebody says.
    let before = Array(plain.features[0..<8])
    var after = before
    after[2] = 0
    func fall(_ set: TrainingSet) throws -> Double {
      let model = try Trainer.train(set)
      return model.decisionFunction(before)[0] - model.decisionFunction(after)[0]
    }
    let said = plain.with([CounterfactualRow(photo: PhotoID(1), meaning: .less, features: after)])
    #expect(try fall(said) > fall(plain) + 0.05)
  }

  @Test func addedRowsStandWithTheirPhotosAndDifferencesHaveNoIntercept() throws {
    let set = Self.confounded(marks: 0).with([
      CounterfactualRow(photo: PhotoID(2), meaning: .less, features: [Float](repeating: 0.5, count: 8), weight: 0.1),
      CounterfactualRow(photo: PhotoID(2), meaning: .same, features: [Float](repeating: 0.4, count: 8), weight: 0.25),
    ])
    let base = try CanonicalRows(set, scaling: .root)
    let more = try #require(try CounterfactualRows(base, groups: Array(0..<40), of: set, scaling: .root))
    #expect(more.rows.starts == [0, 20, 42] && more.isPhoto.suffix(2) == [false, false])
    #expect(more.weights == [Float](repeating: 1, count: 40) + [0.25, 0.1])
    #expect(more.bias == [Float](repeating: 1, count: 41) + [0])
    let photo = try #require(base.photos.firstIndex(of: PhotoID(2)))
    #expect(more.groups.suffix(2) == [photo, photo] && more.rows.photos.suffix(2) == [PhotoID(2), PhotoID(2)])
  }

  @Test func damagedRowsAreRefused() {
    let set = Self.confounded(marks: 0).with([
      CounterfactualRow(photo: PhotoID(1), meaning: .same, features: [.nan] + [Float](repeating: 0, count: 7))
    ])
    #expect(throws: TrainingError.damagedFeatures) { try Trainer.train(set) }
  }

  @Test func moreDirectionsThanFeaturesGiveTheSameTurn() throws {
    var random = SplitMix64(seed: 8)
    let few = (0..<5 * 8).map { _ in Float.random(in: -1...1, using: &random) }
    // Every direction three times at a third of its weight: the same D'D from the other side.
    let many = (few + few + few).map { $0 / Float(3).squareRoot() }
    var (a, b) = (few, few)
    try #require(Indifference(directions: few, dimension: 8)).apply(to: &a)
    try #require(Indifference(directions: many, dimension: 8)).apply(to: &b)
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(Indifference(directions: [Float](repeating: 0, count: 16), dimension: 8) == nil)
    // One direction along an axis: what is left is sqrt(s / (s + l)).
    var row: [Float] = [3, 4]
    try #require(Indifference(directions: [2, 0], dimension: 2)).apply(to: &row)
    #expect(abs(row[0] - 3 * (Indifference.softness / (Indifference.softness + 4)).squareRoot()) < 1e-5 && row[1] == 4)
  }

  @Test func bothEndsOfAPairAreTestedTogether() {
    let plain = Self.confounded(marks: 0)
    let pairs = (0..<10).map { index in
      CounterfactualRow(
        photo: PhotoID(Int64(index + 1)), meaning: .labelled(PhotoID(Int64(40 - index))), features: [])
    }
    let grouped = GroupedSet(plain.with(pairs), copies: .none)
    let folds = HonestScoring(seed: 4).assignment(grouped)
    for index in 0..<10 { #expect(folds[index] == folds[39 - index]) }
    let alone = HonestScoring(seed: 4).assignment(GroupedSet(plain, copies: .none))
    #expect((0..<10).contains { alone[$0] != alone[39 - $0] })
  }
}
