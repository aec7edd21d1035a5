// Facts of projects made by hand: what a snapshot and a score say. Copies and suspects are not looked for.

import Foundation

@testable import DuetEngine

extension ProjectFacts {
  init(made snapshot: ProjectSnapshot, score: ScoreResult? = nil) {
    let categories = snapshot.categories.enumerated().map { index, category in
      ProjectFacts.NamedCategory(
        id: category.id,
        name: category.name.isEmpty ? "Category \(index + 1)" : category.name)
    }
    let counts = snapshot.categories.map { category in
      CategoryCount(
        category: category.id, photos: category.photos.map(\.id),
        different: Set(category.photos.map(\.contentHash)).count)
    }
    let test = snapshot.test.map {
      TestFact(photo: $0.photo, prediction: $0.prediction, isCurrent: $0.isCurrent, leak: nil)
    }
    var names = Dictionary(
      uniqueKeysWithValues: snapshot.categories.flatMap { $0.photos.map { ($0.id, $0.name) } })
    if let test = snapshot.test { names[test.photo] = test.name }
    self.init(
      categories: categories, counts: counts, countFindings: CountFindings.find(counts), duplicates: [], score: score,
      suspects: [], test: test, photoNames: names,
      mistakes: (score?.score?.mistakes ?? []).filter { !snapshot.confirmedPhotos.contains($0.photo) })
  }
}
