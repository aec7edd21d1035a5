// The comparison with and without edits: on made reviews, and the promise of the issue on real ones.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TextExperimentTests {
  /// Reviews whose meaning hangs on one word among many by lot, with the edit that turns it.
  private static func made(_ count: Int, seed: UInt64) -> TextSet {
    var random = SplitMix64(seed: seed)
    let (good, bad) = (["good", "fine", "great"], ["bad", "weak", "poor"])
    let reviews = (0..<count).map { index in
      let label = index % 2
      let words = (0..<14).map { _ in "word\(random.next() % 60)" }.joined(separator: " ")
      let place = Int(random.next() % 3)
      let (own, other) = label == 1 ? (good[place], bad[place]) : (bad[place], good[place])
      return TextReview(id: index, text: "\(words) \(own)", label: label, edit: "\(words) \(other)")
    }
    return TextSet(name: "made", labels: ["no", "yes"], reviews: reviews)
  }

  @Test func editsAreWorthMoreThanReviews() throws {
    let outcome = try TextExperiment(points: 12, mode: .standard, edits: .oracle, seeds: 4)
      .run(training: Self.made(240, seed: 1), test: Self.made(100, seed: 2))
    func accuracy(_ name: String) throws -> Double { try #require(outcome.rows.first { $0.name == name }).accuracy }
    #expect(outcome.rows.map(\.name) == ["ce_n", "ce_2n", "ce_4n", "mode", "mode_random", "mode_noisy30"])
    #expect(try accuracy("mode") > accuracy("ce_n") + 0.1)
    #expect(try accuracy("mode") > accuracy("ce_4n"))
    #expect(try accuracy("mode") > accuracy("mode_random") + 0.1)
    #expect(outcome.rows.allSatisfy { $0.accuracies.count == 4 })
    #expect(outcome.testCount == 100 && outcome.unlabelledCount == 240)
  }

  @Test func theSameSeedsGiveTheSameTable() throws {
    let experiment = TextExperiment(points: 8, mode: .direction, edits: .random, seeds: 3)
    let (training, test) = (Self.made(80, seed: 1), Self.made(30, seed: 2))
    let outcome = try experiment.run(training: training, test: test)
    #expect(outcome.rows.map(\.name) == ["ce_n", "ce_2n", "ce_4n", "mode"])
    #expect(try experiment.run(training: training, test: test) == outcome)
    let later = TextExperiment(points: 8, mode: .direction, edits: .random, seeds: 1, firstSeed: 2)
    #expect(try later.run(training: training, test: test).rows.map(\.accuracies) == outcome.rows.map { [$0.accuracies[2]] })
  }

  @Test func changesByLotAreAsLongAsTheEditsAndNoiseStaysNear() {
    var random = SplitMix64(seed: 5)
    let review = ReviewPoints(label: 0, point: [1, 2, 3, 4], edit: [1, 5, 3, 8])
    func change(_ edits: TextExperiment.Edits) -> [Double]? {
      let changed = TextExperiment.changed(review, edits, &random)
      return changed.edit.map { zip($0, changed.point).map(-) }
    }
    #expect(change(.oracle) == [0, 3, 0, 4])
    #expect(change(.none) == nil)
    var (lot, noise) = (0.0, 0.0)
    for _ in 0..<2_000 {
      for edits in [TextExperiment.Edits.random, .noisy30] {
        let found = change(edits) ?? []
        #expect(abs(found.reduce(0) { $0 + $1 * $1 } - 25) < 1e-9)
        let cosine = (found[1] * 3 + found[3] * 4) / 25
        if edits == .random { lot += cosine / 2_000 } else { noise += cosine / 2_000 }
      }
    }
    #expect(abs(lot) < 0.05)
    // The mean cosine of a normal angle with standard deviation s is exp(-s²/2).
    #expect(abs(noise - exp(-pow(Double.pi / 6, 2) / 2)) < 0.02)
  }

  @Test func tooFewReviewsAreRefused() {
    let experiment = TextExperiment(points: 30)
    #expect(throws: TextError.tooFewReviews(needed: 120, found: 100)) {
      try experiment.run(training: Self.made(100, seed: 1), test: Self.made(10, seed: 2))
    }
    #expect(throws: TextError.tooFewReviews(needed: 30, found: 0)) {
      var set = Self.made(200, seed: 1)
      for index in set.reviews.indices { set.reviews[index].edit = nil }
      _ = try experiment.run(training: set, test: set)
    }
  }

  @Test(.enabled(if: SharedTexts.areThere, "needs the shared film reviews"))
  func manyEditsDoNotCostAccuracyOnReviewsThatNobodyEdited() throws {
    let set = try TextSet.read(SharedTexts.file("train_paired.tsv"))
    let features = try TextFeatures(fittedOn: set.training.map(\.text), edits: set.training.compactMap(\.edit))
    func accuracy(_ mode: TextMode) throws -> Double {
      let model = try TextModel(learning: set.training, labels: set.labels, features: features, mode: mode)
      return try #require(model.accuracy(on: set.heldOut))
    }
    #expect(try accuracy(.standard) > accuracy(.originals) - 0.02)
  }

  @Test(.enabled(if: SharedTexts.areThere, "needs the shared film reviews"))
  func fiftyEditedFilmReviewsReachEightyPercentAndFourTimesAsMany() throws {
    let outcome = try TextExperiment(points: 50, seeds: 6).run(
      training: try TextSet.read(SharedTexts.file("train_paired.tsv"), holdsOut: false),
      test: try TextSet.read(SharedTexts.file("dev_paired.tsv"), holdsOut: false))
    let four = try #require(outcome.rows.first { $0.name == "ce_4n" })
    let edited = try #require(outcome.rows.first { $0.name == "mode" })
    #expect(edited.accuracy >= 0.8)
    #expect(edited.accuracy >= four.accuracy)
    #expect(outcome.testCount == 245)
  }
}
