// Gathers the facts of a project: reads it once, computes on other threads, changes nothing.
// Any thread; stops when its task is cancelled.

import Foundation

/// One check of a project.
///
///     let facts = try await ProjectCheck(store: store).run()
public struct ProjectCheck: Sendable {
  let store: ProjectStore
  let finder: NearCopyFinder

  /// - Parameter finder: keeps what it has seen between checks; give the same one again.
  public init(store: ProjectStore, finder: NearCopyFinder = NearCopyFinder()) {
    self.store = store
    self.finder = finder
  }

  /// Copies, score, suspects and counts. A score that belongs to the present photos is taken as it is.
  ///
  /// - Parameter makesScore: false: where there is no score of the present photos, the facts have none.
  /// - Throws: ``ProjectError``, `TrainingError`, `CancellationError`.
  public func run(makesScore: Bool = true) async throws -> ProjectFacts {
    let material = try await store.checkMaterial()
    let copies = try await self.copies(of: material)
    return try await Cancellable.run {
      let grouped = GroupedSet(material.training, copies: copies)
      let kept = material.score.flatMap { $0.fingerprint == material.snapshot.fingerprint ? $0.result : nil }
      let scoring = HonestScoring(isBalanced: material.snapshot.isBalanced)
      let score = try kept ?? (makesScore ? scoring.run(grouped) : nil)
      try Task.checkCancellation()
      return ProjectFacts(material, copies: copies, grouped: grouped, score: score)
    }
  }

  func copies(of material: CheckMaterial) async throws -> NearCopies {
    try await finder.find(
      material.photos, features: material.features, dimension: material.training.dimension,
      thumbnails: { try await store.thumbnails($0) })
  }
}

extension ProjectFacts {
  /// - Parameter copies: all that were found, kept ones too.
  init(_ material: CheckMaterial, copies: NearCopies, grouped: GroupedSet, score: ScoreResult?) {
    let snapshot = material.snapshot
    let rowOf = Dictionary(uniqueKeysWithValues: grouped.set.photos.enumerated().map { ($1, $0) })
    categories = snapshot.categories.enumerated().map { index, category in
      NamedCategory(
        id: category.id,
        name: category.name.isEmpty ? L("Category {number}", ["number": index + 1]) : category.name)
    }
    counts = snapshot.categories.map { category in
      // A photo that was not looked at yet is different until it turns out not to be.
      let groups = category.photos.map { photo in rowOf[photo.id].map { grouped.groups[$0] } }
      return CategoryCount(
        category: category.id, photos: category.photos.map(\.id),
        different: Set(groups.compactMap { $0 }).count + groups.count { $0 == nil })
    }
    countFindings = CountFindings.find(counts)
    duplicates = copies.without(snapshot.keptCopies).pairs
    self.score = score
    mistakes = (score?.score?.mistakes ?? []).filter { !snapshot.confirmedPhotos.contains($0.photo) }
    suspects = Suspects.find(grouped.set, groups: grouped.groups, confirmed: snapshot.confirmedPhotos)
    test = snapshot.test.map { test in
      TestFact(
        photo: test.photo, prediction: test.prediction, isCurrent: test.isCurrent,
        leak: copies.pairs.first { $0.place == .testPhoto && $0.copy == test.photo })
    }
    var names: [PhotoID: String] = [:]
    for category in snapshot.categories {
      for photo in category.photos { names[photo.id] = photo.name }
    }
    if let test = snapshot.test { names[test.photo] = test.name }
    photoNames = names
  }
}

/// Long computations that stop when the task that waits for them is cancelled.
enum Cancellable {
  /// Runs `body` on another thread; `Task.isCancelled` inside it follows the caller's task.
  static func run<Result: Sendable>(
    priority: TaskPriority = .utility, _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    let task = Task.detached(priority: priority) { try body() }
    return try await withTaskCancellationHandler { try await task.value } onCancel: { task.cancel() }
  }
}
