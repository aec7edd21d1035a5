// The checks of an open project: copies on arrival, an honest score after each training, a model that is kept up to
// date, and what views ask for: the facts, "what if?", the map. Main actor; the work runs on other threads.

import Foundation

/// A score, and whether it is of the photos as they are now.
public struct ScoreState: Sendable, Equatable {
  public let result: ScoreResult
  /// False once photos were added, moved or removed after it was made.
  public let isCurrent: Bool
}

extension Workspace {
  /// Copies that were found among the photos and the test photo, without those that the person keeps.
  /// Made by themselves a moment after photos arrive.
  public var nearCopies: NearCopies { foundCopies.without(snapshot.keptCopies) }

  /// The score of the last training; nil before the first one was made.
  public var score: ScoreState? {
    keptScore.map { ScoreState(result: $0.result, isCurrent: $0.fingerprint == snapshot.fingerprint) }
  }

  /// Checks everything now. Cancel the task to stop; nothing in the project changes but the kept score.
  ///
  /// - Throws: ``ProjectError``, `TrainingError`, `CancellationError`.
  public func check() async throws -> ProjectFacts {
    try await ProjectCheck(store: store, finder: finder).run()
  }

  /// Every photo by how much the others disagree with its category, most suspicious first.
  public func suspectRanking() async throws -> [Suspect] {
    let grouped = try await groupedSet()
    return try await Cancellable.run(priority: .userInitiated) {
      Suspects.ranking(grouped.set, groups: grouped.groups)
    }
  }

  /// Trains a throw-away copy. Cancel the task to stop; the project never changes.
  ///
  /// - Throws: ``ProjectError``, `TrainingError`, `CancellationError`.
  public func whatIf(_ question: WhatIf) async throws -> WhatIfOutcome {
    let grouped = try await groupedSet()
    let scoring = HonestScoring(isBalanced: snapshot.isBalanced)
    let before = score.flatMap { $0.isCurrent ? $0.result : nil }
    return try await Cancellable.run(priority: .userInitiated) {
      try WhatIfOutcome.run(question, on: grouped, before: before, scoring: scoring)
    }
  }

  /// All training photos laid out on a sheet.
  ///
  /// - Throws: ``ProjectError``, `CancellationError`.
  public func map(_ layout: PhotoMap.Layout) async throws -> PhotoMap {
    let set = try await store.trainingSet()
    return try await Cancellable.run(priority: .userInitiated) { try PhotoMap(set, layout: layout) }
  }

  /// Where the test photo lies on the map; nil where there is none, or it has not been looked at.
  public func placeOfTestPhoto(on map: PhotoMap) async -> PhotoMap.Point? {
    guard let test = snapshot.test, let features = try? await store.features(contentHash: test.contentHash)
    else { return nil }
    return try? await Cancellable.run(priority: .userInitiated) { map.place(features) }
  }

  /// Returns once no check and no training by itself is due or under way.
  public func settleChecks() async {
    repeat {
      background.start()
      await background.chain.wait()
      await settle()
    } while !background.isIdle
  }

  private func groupedSet() async throws -> GroupedSet {
    let material = try await store.checkMaterial()
    let copies = try await ProjectCheck(store: store, finder: finder).copies(of: material)
    return GroupedSet(material.training, copies: copies)
  }

  // MARK: By themselves

  /// Takes up what an open project lacks.
  func startChecks() {
    guard checksByItself else { return }
    if snapshot.photoCount > 1 || snapshot.test != nil { scheduleCopies() }
    if snapshot.model?.matchesPhotos == true, score?.isCurrent != true { scheduleScore() }
  }

  /// Called after every change that became visible.
  func noticeChange(since before: ProjectSnapshot) {
    guard checksByItself else { return }
    let photosChanged = before.fingerprint != snapshot.fingerprint || before.lacksFeatures != snapshot.lacksFeatures
      || before.photoCount != snapshot.photoCount
    if photosChanged || before.test?.contentHash != snapshot.test?.contentHash { scheduleCopies() }
    let wasTrained = snapshot.model?.trainedAt != before.model?.trainedAt
    if wasTrained { scheduleScore() }
    if photosChanged || wasTrained || before.keepsUpToDate != snapshot.keepsUpToDate, isOutOfDate {
      background.schedule(.retrain) { [weak self] in
        if let self, self.isOutOfDate { self.train() }
      }
    }
  }

  /// Whether there is a model that should be trained again by itself.
  private var isOutOfDate: Bool {
    guard snapshot.keepsUpToDate, extractorProblem == nil, let model = snapshot.model else { return false }
    return !model.matchesPhotos && snapshot.categories.count { !$0.photos.isEmpty } >= 2
  }

  private func scheduleCopies() {
    background.schedule(.copies) { [weak self] in await self?.findCopies() }
  }

  private func scheduleScore() {
    background.schedule(.score) { [weak self] in await self?.makeScore() }
  }

  private func findCopies() async {
    do {
      let check = ProjectCheck(store: store, finder: finder)
      foundCopies = try await check.copies(of: try await store.checkMaterial())
    } catch is CancellationError {
    } catch { tell(error) }
  }

  private func makeScore() async {
    do {
      let material = try await store.checkMaterial()
      guard material.score?.fingerprint != material.snapshot.fingerprint else { return }
      let copies = try await ProjectCheck(store: store, finder: finder).copies(of: material)
      let scoring = HonestScoring(isBalanced: material.snapshot.isBalanced)
      let result = try await Cancellable.run {
        try scoring.run(GroupedSet(material.training, copies: copies))
      }
      let score = KeptScore(result: result, fingerprint: material.snapshot.fingerprint)
      try await store.keep(score)
      keptScore = score
    } catch is CancellationError {
    } catch { tell(error) }
  }
}
