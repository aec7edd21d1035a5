// The checks of an open project: by themselves, on request, and without a trace where nothing was decided.

import Foundation
import Testing

@testable import DuetEngine

@Suite(.serialized) @MainActor struct WorkspaceCheckTests {
  let project: TemporaryProject

  init() throws { project = try TemporaryProject() }

  private func open() async throws -> Workspace {
    try await Workspace.open(project.url, create: true, extractors: .none)
  }

  /// Two categories with made-up features; no picture is decoded.
  private func filled(_ perCategory: Int = 8) async throws -> Workspace {
    let workspace = try await open()
    let set = SyntheticPhotos(counts: [perCategory, perCategory], dimension: ExtractorID.dimension, seed: 6).set
    for (label, name) in ["Red", "Blue"].enumerated() {
      let id = try #require(try await workspace.perform(.addCategory(name: name)).categories.last?.id)
      let rows = set.labels.indices.filter { set.labels[$0] == label }
      let photos = rows.map { ImportedPhoto.numbered($0 + 1) }
      let features = Dictionary(uniqueKeysWithValues: zip(photos, rows).map { photo, row in
        (photo.contentHash, Array(set.features[row * set.dimension..<(row + 1) * set.dimension]))
      })
      try await workspace.store.keep(features, extractor: .standard)
      try await workspace.perform(.addPhotos(photos, to: id))
    }
    return workspace
  }

  private func photos(_ workspace: Workspace, _ category: Int) -> [PhotoID] {
    workspace.snapshot.categories[category].photos.map(\.id)
  }

  @Test func copiesAreShownOnArrivalAndKeptOnesAreNotShownAgain() async throws {
    let workspace = try await filled()
    let blue = workspace.snapshot.categories[1].id
    try await workspace.perform(.addPhotos([.numbered(1)], to: blue))
    await workspace.settleChecks()
    let copy = try #require(workspace.nearCopies.pairs.first)
    #expect(workspace.nearCopies.pairs.count == 1)
    #expect(copy.place == .acrossCategories && copy.original == photos(workspace, 0)[0])
    try await workspace.perform(.keepCopies([copy.pair]))
    #expect(workspace.nearCopies.pairs.isEmpty)
    workspace.undo()
    await workspace.settle()
    #expect(workspace.nearCopies.pairs == [copy])
    try await workspace.perform(.removePhotos([copy.copy]))
    await workspace.settleChecks()
    #expect(workspace.nearCopies.pairs.isEmpty)
    await workspace.close()
  }

  @Test func whatIsKeptIsKeptAfterReopening() async throws {
    let workspace = try await filled()
    try await workspace.perform(.addPhotos([.numbered(1)], to: workspace.snapshot.categories[0].id))
    await workspace.settleChecks()
    try await workspace.perform(.keepCopies(workspace.nearCopies.pairs.map(\.pair)))
    await workspace.close()
    let again = try await open()
    await again.settleChecks()
    #expect(again.nearCopies.pairs.isEmpty && again.nearCopies.groups.count == 1)
    await again.close()
  }

  @Test func aScoreIsMadeAfterTrainingAndIsThereAfterReopening() async throws {
    let workspace = try await filled()
    #expect(workspace.score == nil)
    workspace.train()
    await workspace.settleChecks()
    let score = try #require(workspace.score)
    #expect(score.isCurrent && score.result.score?.photoCount == 16)
    try await workspace.perform(.setKeepUpToDate(on: false))
    try await workspace.perform(.removePhotos([photos(workspace, 0)[0]]))
    #expect(workspace.score?.isCurrent == false)
    await workspace.close()
    let again = try await open()
    #expect(again.score?.result == score.result && again.score?.isCurrent == false)
    await again.close()
  }

  @Test func theModelIsKeptUpToDateOnceItWasTrained() async throws {
    let workspace = try await filled()
    try await workspace.perform(.removePhotos([photos(workspace, 0)[0]]))
    await workspace.settleChecks()
    #expect(workspace.snapshot.model == nil, "nobody has pressed Train yet")
    workspace.train()
    await workspace.settleChecks()
    try await workspace.perform(.removePhotos([photos(workspace, 1)[0]]))
    await workspace.settleChecks()
    #expect(workspace.snapshot.model?.matchesPhotos == true && workspace.snapshot.model?.photoCount == 14)
    #expect(workspace.score?.isCurrent == true)
    try await workspace.perform(.setKeepUpToDate(on: false))
    try await workspace.perform(.removePhotos([photos(workspace, 1)[0]]))
    await workspace.settleChecks()
    #expect(workspace.snapshot.model?.matchesPhotos == false)
    try await workspace.perform(.setKeepUpToDate(on: true))
    await workspace.settleChecks()
    #expect(workspace.snapshot.model?.matchesPhotos == true)
    await workspace.close()
  }

  @Test func aModelBelongsToThePhotosItWasTrainedOn() async throws {
    let workspace = try await filled()
    workspace.checksByItself = false
    let (set, fingerprint) = try await workspace.store.trainingMaterial()
    let model = try Trainer.train(set)
    try await workspace.perform(.removePhotos([photos(workspace, 0)[0]]))  // while it was being trained
    try await workspace.perform(.storeModel(model, seconds: 1, trainedOn: fingerprint))
    #expect(workspace.snapshot.model?.matchesPhotos == false)
    workspace.undo()
    await workspace.settle()
    #expect(workspace.snapshot.model?.matchesPhotos == true)
    await workspace.close()
  }

  @Test func balancingIsAChoiceThatTrainsOnEqualCounts() async throws {
    let workspace = try await filled()
    try await workspace.perform(.removePhotos(Array(photos(workspace, 1).prefix(3))))
    workspace.train()
    await workspace.settleChecks()
    #expect(workspace.model?.photoCount == 13)
    try await workspace.perform(.setBalance(on: true))
    #expect(workspace.snapshot.model?.matchesPhotos == false)
    await workspace.settleChecks()
    #expect(workspace.model?.photoCount == 10)
    #expect(workspace.snapshot.model?.matchesPhotos == true)
    await workspace.close()
  }

  @Test func factsHoldThePhotosThatProveThem() async throws {
    let workspace = try await filled()
    // A red photo among the blue ones, once as a copy.
    let (red, blue) = (workspace.snapshot.categories[0].id, workspace.snapshot.categories[1].id)
    let stray = photos(workspace, 0)[2]
    try await workspace.perform(.movePhotos([stray], to: blue))
    try await workspace.perform(.addPhotos([.numbered(1)], to: red))
    let facts = try await workspace.check()
    #expect(facts.counts.map(\.photos.count) == [8, 9] && facts.counts.map(\.different) == [7, 9])
    #expect(facts.duplicates.map(\.original) == [photos(workspace, 0)[0]])
    #expect(facts.suspects.first?.photo == stray && facts.suspects.first?.suggested == red)
    #expect(facts.score?.score?.mistakes.contains { $0.photo == stray } == true)
    #expect(facts.confusions.first?.photos.contains(stray) == true)
    #expect(facts.statements.allSatisfy { !$0.photos.isEmpty && !$0.text.isEmpty })
    #expect(Set(facts.statements.map(\.subject)).isSuperset(of: [.counts, .score, .suspects, .duplicates]))
    try await workspace.perform(.confirmPhotos([stray]))
    #expect(try await workspace.check().suspects.contains { $0.photo == stray } == false)
    // Moved, it is as open to doubt as any other.
    try await workspace.perform(.movePhotos([stray], to: red))
    #expect(!workspace.snapshot.confirmedPhotos.contains(stray))
    await workspace.close()
  }

  @Test func whatIfLeavesTheFileAsItIs() async throws {
    let workspace = try await filled()
    workspace.train()
    await workspace.settleChecks()
    let files = ["", "-wal"].map { URL(fileURLWithPath: project.url.path + $0) }
    let before = files.map { try? Data(contentsOf: $0) }
    #expect(before.contains { $0 != nil })
    let categories = workspace.snapshot.categories.map(\.id)
    let outcome = try await workspace.whatIf(.halfThePhotos)
    #expect(outcome.before == workspace.score?.result)
    let cancelled = Task { try await workspace.whatIf(.merged(categories[0], categories[1])) }
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    #expect(files.map { try? Data(contentsOf: $0) } == before)
    await workspace.close()
  }

  @Test func theMapKnowsWhereTheTestPhotoLies() async throws {
    let workspace = try await filled()
    let map = try await workspace.map(.principal)
    #expect(map.places.count == 16)
    #expect(await workspace.placeOfTestPhoto(on: map) == nil)
    let photo = workspace.snapshot.categories[0].photos[0]
    let features = try #require(try await workspace.store.features(contentHash: photo.contentHash))
    try await workspace.perform(.setTest(.numbered(1), features: features, nil))
    let place = try #require(await workspace.placeOfTestPhoto(on: map))
    let original = try #require(map.places.first { $0.photo == photo.id })
    #expect(abs(place.x - original.point.x) < 1e-3 && abs(place.y - original.point.y) < 1e-3)
    await workspace.settleChecks()
    #expect(workspace.nearCopies.pairs.map(\.place) == [.testPhoto])
    #expect(try await workspace.check().test?.leak?.original == photo.id)
    await workspace.close()
  }
}
