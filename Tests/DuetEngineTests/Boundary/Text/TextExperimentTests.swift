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
    func accuracy(_ name: String) throws -> Double {
      try #require(outcome.results.first { $0.name == name }).accuracy
    }
    #expect(outcome.results.map(\.name) == ["CE(n)", "CE(2n)", "CE(4n)", "both+direction", "both+direction, random edits"])
    #expect(outcome.results.map(\.reviews) == [12, 24, 48, 12, 12])
    #expect(outcome.results.map(\.edits) == [0, 0, 0, 12, 12])
    #expect(try accuracy("both+direction") > accuracy("CE(n)") + 10)
    #expect(try accuracy("both+direction") > accuracy("CE(4n)"))
    #expect(outcome.testReviews == 100)
  }

  @Test func theSameSeedsGiveTheSameTable() throws {
    let experiment = TextExperiment(points: 8, mode: .direction, edits: .random, seeds: 2)
    let (training, test) = (Self.made(80, seed: 1), Self.made(30, seed: 2))
    let outcome = try experiment.run(training: training, test: test)
    #expect(outcome.results.map(\.name) == ["CE(n)", "CE(2n)", "CE(4n)", "direction"])
    #expect(try experiment.run(training: training, test: test) == outcome)
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

  @Test func standardErrorsByHand() {
    #expect(TextExperiment.mean([1, 2, 3]) == 2)
    #expect(abs(TextExperiment.standardError([1, 2, 3]) - (1.0 / 3).squareRoot()) < 1e-12)
    #expect(TextExperiment.standardError([5]) == 0)
  }

  @Test(.enabled(if: SharedTexts.areThere, "needs the shared film reviews"))
  func fiftyEditedFilmReviewsReachEightyPercentAndFourTimesAsMany() throws {
    let outcome = try TextExperiment(points: 50, seeds: 6).run(
      training: try TextSet.read(SharedTexts.file("train_paired.tsv"), holdsOut: false),
      test: try TextSet.read(SharedTexts.file("dev_paired.tsv"), holdsOut: false))
    let four = try #require(outcome.results.first { $0.name == "CE(4n)" })
    let edited = try #require(outcome.results.first { $0.name == TextMode.standard.rawValue })
    #expect(edited.accuracy >= 80)
    #expect(edited.accuracy >= four.accuracy)
    #expect(outcome.testReviews == 245)
  }
}
