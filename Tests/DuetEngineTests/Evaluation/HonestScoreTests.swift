// The honest score: who is tested by whom, what is counted, and what is said where there is nothing to count.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct HonestScoreTests {
  private func alone(_ set: TrainingSet) -> GroupedSet { GroupedSet(set, copies: .none) }

  @Test func everyPhotoIsAskedOnceAndCellsHoldTheirPhotos() throws {
    let set = SyntheticPhotos(counts: [9, 7, 6], dimension: 8, seed: 3).set
    let score = try #require(try HonestScoring().run(alone(set)).score)
    #expect(score.answers.map(\.photo) == set.photos.sorted())
    #expect(score.confusion.map { $0.reduce(0) { $0 + $1.photos.count } } == [9, 7, 6])
    let wrong = score.answers.filter { !$0.isRight }
    #expect(Set(score.mistakes.map(\.photo)) == Set(wrong.map(\.photo)))
    #expect(Set(score.confusions.flatMap(\.photos)) == Set(wrong.map(\.photo)))
    #expect(Set(score.perCategory.flatMap(\.mistaken)) == Set(wrong.map(\.photo)))
    #expect(abs(score.share - 1 + Double(wrong.count) / 22) < 1e-9)
    #expect(!wrong.isEmpty, "overlapping clusters: a perfect score would mean that photos were seen")
  }

  @Test func copiesAreOnOneSide() {
    let set = SyntheticPhotos(counts: [10, 10], dimension: 20, copies: 8, seed: 3).set
    let grouped = alone(set)
    let folds = HonestScoring().assignment(grouped)
    #expect(Set(folds) == Set(0..<HonestScoring.folds))
    var copies = 0
    for a in folds.indices {
      for b in 0..<a where set.features[a * 20..<(a + 1) * 20] == set.features[b * 20..<(b + 1) * 20] {
        copies += 1
        #expect(folds[a] == folds[b])
      }
    }
    #expect(copies >= 8)
  }

  @Test func copiesThatWereFoundAreOnOneSideToo() {
    let set = SyntheticPhotos(counts: [6, 6], dimension: 20, seed: 3).set
    let found = NearCopies(pairs: [], groups: [[set.photos[0], set.photos[3]], [set.photos[4], set.photos[9]]])
    let grouped = GroupedSet(set, copies: found)
    let folds = HonestScoring().assignment(grouped)
    #expect(folds[0] == folds[3] && folds[4] == folds[9])
    #expect(grouped.differentPhotos == [5, 6])
  }

  @Test func tooFewPhotosAreAReasonAndNoNumber() throws {
    let set = SyntheticPhotos(counts: [9, 4], dimension: 8, seed: 3).set
    let result = try HonestScoring().run(alone(set))
    #expect(result == .tooFewPhotos(category: set.categories[1], has: 4, needed: 5))
    #expect(result.sentence { _ in "Kiwi" }.contains("“Kiwi” has 4 photos"))
    #expect(try HonestScoring().run(alone(SyntheticPhotos(counts: [9], seed: 1).set)) == .tooFewCategories)
    // Five copies of one photo are one photo.
    let five = SyntheticPhotos(counts: [9, 4], dimension: 8, seed: 3).set
    let rows = Array(0..<13) + [12, 12, 12]
    #expect(try HonestScoring().run(GroupedSet(five.rows(rows), groups: rows)).score == nil)
  }

  @Test func aPhotoThatIsThereOftenCountsOnce() {
    func answer(_ id: Int64, right: Bool, weight: Double) -> HonestScore.Answer {
      .init(
        photo: PhotoID(id), category: CategoryID(1), answer: CategoryID(right ? 1 : 2), confidence: 1, weight: weight)
    }
    let answers = (0..<4).map { answer($0, right: true, weight: 0.25) } + [answer(9, right: false, weight: 1)]
    #expect(HonestScore(categories: [CategoryID(1), CategoryID(2)], answers: answers).share == 0.5)
  }

  @Test(arguments: [(1.0, "all photos"), (0.96, "nearly all"), (0.88, "9 of 10"), (0.5, "5 of 10"), (0.02, "hardly")])
  func wordsOfATeacher(share: Double, words: String) {
    #expect(ScoreWords.sentence(share).contains(words))
  }

  @Test func scoresAreKeptAsJSON() throws {
    let set = SyntheticPhotos(counts: [6, 6], dimension: 8, seed: 3).set
    let result = try HonestScoring().run(alone(set))
    let back = try JSONDecoder().decode(ScoreResult.self, from: try JSONEncoder().encode(result))
    #expect(back == result && back.score != nil)
  }

  /// Every photo five times: more photos to count, nothing more to know.
  @Test(.enabled(if: SharedPhotos.areThere, SharedPhotos.needs), arguments: ["grocery10", "clothing10"])
  func copyingEveryPhotoDoesNotChangeTheScore(name: String) throws {
    var random = SplitMix64(seed: 4)
    let few = try SharedPhotos.named(name).chosen(perCategory: 20, &random)
    let rows = few.photos.indices.flatMap { [$0, $0, $0, $0, $0] }
    let copied = few.rows(rows)
    let many = TrainingSet(
      categories: few.categories, photos: rows.indices.map { PhotoID(Int64($0 + 1)) }, labels: copied.labels,
      features: copied.features, dimension: few.dimension)
    let once = try #require(try HonestScoring().run(alone(few)).score)
    let fiveTimes = try #require(try HonestScoring().run(alone(many)).score)
    print("score: \(name): once \(once.share), five times \(fiveTimes.share)")
    #expect(abs(once.share - fiveTimes.share) <= 0.03)
    #expect(once.share < 1 && once.share > 0.5)
  }
}
