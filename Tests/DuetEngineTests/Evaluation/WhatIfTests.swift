// "What if?": which photos each question is about, scores side by side, and the limits of counts.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct WhatIfTests {
  private let grouped = GroupedSet(SyntheticPhotos(counts: [12, 8, 6], dimension: 10, seed: 5).set, copies: .none)
  private var categories: [CategoryID] { grouped.set.categories }

  private func counts(_ question: WhatIf) -> [Int] {
    let set = question.applied(to: grouped).set
    return set.categories.indices.map { label in set.labels.count { $0 == label } }
  }

  @Test func eachQuestionIsAboutItsPhotos() {
    #expect(counts(.equalCounts) == [6, 6, 6])
    #expect(counts(.halfThePhotos) == [6, 4, 3])
    #expect(counts(.without(categories[1])) == [12, 6])
    #expect(counts(.merged(categories[0], categories[2])) == [18, 8])
    #expect(counts(.merged(categories[2], categories[0])) == [8, 18])
    #expect(counts(.without(CategoryID(999))) == [12, 8, 6])
    #expect(counts(.merged(categories[0], categories[0])) == [12, 8, 6])
  }

  @Test func photosKeepTheirFeaturesAndCategories() {
    let merged = WhatIf.merged(categories[2], categories[0]).applied(to: grouped).set
    #expect(merged.categories == [categories[1], categories[2]])
    #expect(merged.features == grouped.set.features && merged.photos == grouped.set.photos)
    for row in merged.photos.indices {
      let before = grouped.set.categories[grouped.set.labels[row]]
      let after = merged.categories[merged.labels[row]]
      #expect(after == (before == categories[0] ? categories[2] : before))
    }
  }

  @Test func halfKeepsCopiesTogether() {
    let rows = grouped.set.photos.indices.flatMap { [$0, $0] }
    let doubled = GroupedSet(grouped.set.rows(rows), groups: rows)
    let half = WhatIf.halfThePhotos.applied(to: doubled)
    #expect(half.set.photos.count == 26)
    #expect(Dictionary(grouping: half.groups, by: { $0 }).values.allSatisfy { $0.count == 2 })
  }

  @Test func scoresStandSideBySide() throws {
    let outcome = try WhatIfOutcome.run(.merged(categories[0], categories[1]), on: grouped)
    let (before, after) = (try #require(outcome.before.score), try #require(outcome.after.score))
    #expect(before == (try HonestScoring().run(grouped).score))
    #expect(after.categories == [categories[0], categories[2]] && after.photoCount == 26)
    #expect(abs(try #require(outcome.change) - (after.share - before.share) * 100) < 1e-9)
    // Six photos cannot be halved and still be fair.
    #expect(try WhatIfOutcome.run(.halfThePhotos, on: grouped).change == nil)
  }

  @Test func stopsWhenItIsNotWantedAnyMore() async {
    let task = Task {
      try await Cancellable.run { [grouped] in
        while !Task.isCancelled { sched_yield() }
        return try WhatIfOutcome.run(.equalCounts, on: grouped)
      }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func thinAndUnequalCategoriesAreNamed() {
    func count(_ id: Int64, _ photos: Int, different: Int? = nil) -> CategoryCount {
      CategoryCount(
        category: CategoryID(id), photos: (0..<photos).map { PhotoID(Int64($0)) }, different: different ?? photos)
    }
    #expect(CountFindings.find([count(1, 10), count(2, 19)]).isEmpty)
    #expect(CountFindings.find([count(1, 10), count(2, 20)]) == [.unequal(smallest: count(1, 10), largest: count(2, 20))])
    #expect(CountFindings.find([count(1, 9), count(2, 10), count(3, 0)]) == [.thin(count(1, 9))])
    // Twenty copies of two photos are two photos.
    #expect(CountFindings.find([count(1, 20, different: 2), count(2, 12)]).count == 2)
    let sentence = CountFinding.unequal(smallest: count(1, 10), largest: count(2, 20)).sentence { "N\($0.rawValue)" }
    #expect(sentence.contains("“N2” has 20") && sentence.contains("“N1” only 10"))
  }

  @Test func balancingIsByLotAndRepeatable() {
    let once = Balancing.equalCounts(grouped.set, seed: 1)
    #expect(once.photos == Balancing.equalCounts(grouped.set, seed: 1).photos)
    #expect(once.photos != Balancing.equalCounts(grouped.set, seed: 2).photos)
    #expect(Set(once.photos).count == 18)
  }
}
