// "What if ...?" in a project: rows, undo, what training reads, and what is refused.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CounterfactualProjectTests {
  let project: TemporaryProject
  let store: ProjectStore
  let cats: CategoryID
  let dogs: CategoryID
  let photo: PhotoID

  init() async throws {
    project = try TemporaryProject()
    store = try project.store()
    cats = try await store.perform(.addCategory(name: "Cats")).snapshot.categories[0].id
    dogs = try await store.perform(.addCategory(name: "Dogs")).snapshot.categories[1].id
    _ = try await store.perform(.addPhotos([.numbered(1), .numbered(2)], to: cats))
    photo = try await store.perform(.addPhotos([.numbered(3)], to: dogs)).snapshot.categories[0].photos[0].id
  }

  private static let region = RegionMask(width: 4, height: 2, isPainted: [false, true, true, false, false, true, false, false])

  private func ignored(_ numbers: [Int] = [11, 12]) -> NewCounterfactual {
    NewCounterfactual(
      photo: photo, change: .ignore, answer: .same, region: Self.region, pictures: numbers.map { .numbered($0) })
  }

  @Test func aLabelledEndIsATrainingPhotoThatComesAndGoesWithIt() async throws {
    let before = try await store.read().snapshot
    let new = NewCounterfactual(
      photo: photo, change: .erase, answer: .category(dogs), region: Self.region, pictures: [.numbered(9)])
    let after = try await store.perform(.addCounterfactual(new)).snapshot
    let one = try #require(after.counterfactuals.first)
    #expect(after.categories[1].photos.map(\.name) == ["photo3.jpg", "photo9.jpg"])
    #expect(one.labelled == after.categories[1].photos[1].id && one.photo == photo && one.pictures.isEmpty)
    #expect(after.keptCopies == [PhotoPair(photo, try #require(one.labelled))], "nobody is warned of the pair")
    #expect(after.undoTitle == "add a “what if?”" && after.fingerprint != before.fingerprint)
    #expect(try await store.region(one.id) == Self.region)
    #expect(try await store.copy(ofCounterfactual: one.id) == Data("copy 9".utf8))

    let undone = try await store.undo().snapshot
    #expect(undone.counterfactuals.isEmpty && undone.categories == before.categories)
    #expect(undone.fingerprint == before.fingerprint)
    #expect(try await store.redo().snapshot.counterfactuals == [one])
    let removed = try await store.perform(.removeCounterfactuals([one.id])).snapshot
    #expect(removed.counterfactuals.isEmpty && removed.categories == before.categories)
    #expect(try await store.undo().snapshot.counterfactuals == [one])
    await store.close()
    #expect(try await project.store(create: false).read().snapshot.counterfactuals == [one])
  }

  @Test func picturesThatAreNoPhotosWaitForTheNetworkAndAreTrainedOn() async throws {
    let before = try await store.read().snapshot.fingerprint
    var snapshot = try await store.perform(.addCounterfactual(ignored())).snapshot
    #expect(snapshot.fingerprint != before, "a model of before is out of date")
    #expect(snapshot.photoCount == 3 && snapshot.counterfactuals.map(\.pictures.count) == [2])
    #expect(snapshot.counterfactuals.map(\.hasFeatures) == [false] && snapshot.lacksFeatures)
    let waiting = try await store.copiesWithoutFeatures(limit: 10)
    #expect(waiting.count == 5 && Set(waiting.map(\.contentHash)).isSuperset(of: [11, 12].map { ImportedPhoto.numbered($0).contentHash }))
    let rows = Dictionary(uniqueKeysWithValues: waiting.enumerated().map { index, one in
      (one.contentHash, [Float](repeating: Float(index + 1), count: ExtractorID.dimension))
    })
    try await store.keep(rows, extractor: .standard)
    snapshot = try await store.read().snapshot
    #expect(!snapshot.lacksFeatures)
    let set = try await store.trainingSet()
    #expect(set.photos.count == 3 && set.counterfactuals.count == 2)
    for row in set.counterfactuals { #expect(row.photo == photo && row.meaning == .same && row.weight == 0.5) }
    #expect(set.counterfactuals.map(\.features) == [11, 12].compactMap { rows[ImportedPhoto.numbered($0).contentHash] })
  }

  @Test func whatIsSaidOfAPhotoThatIsGoneIsNotTrainedOn() async throws {
    let unknown = NewCounterfactual(
      photo: photo, change: .scene, answer: .unknown, region: nil, pictures: [.numbered(20)])
    _ = try await store.perform(.addCounterfactual(unknown))
    #expect(try await store.read().snapshot.counterfactuals.count == 1)
    try await store.keep(
      Dictionary(uniqueKeysWithValues: store.copiesWithoutFeatures(limit: 9).map {
        ($0.contentHash, [Float](repeating: 1, count: ExtractorID.dimension))
      }), extractor: .standard)
    let rows = try await store.trainingSet().counterfactuals
    #expect(rows.map(\.meaning) == [.less] && rows.map(\.weight) == [CounterfactualRow.weightOfLess])
    #expect(try await store.perform(.removePhotos([photo])).snapshot.counterfactuals.isEmpty)
    #expect(try await store.undo().snapshot.counterfactuals.count == 1)
    #expect(try await store.perform(.removeCategory(cats)).snapshot.counterfactuals.isEmpty)
  }

  @Test func whatCannotBeIsRefusedAndLeavesNoTrace() async throws {
    let before = try await store.read().snapshot
    func refused(_ new: NewCounterfactual, _ error: CounterfactualError) async throws {
      await #expect(throws: error) { _ = try await store.perform(.addCounterfactual(new)) }
      #expect(try await store.read().snapshot == before)
    }
    func scene(_ photo: PhotoID, _ answer: CounterfactualAnswer, _ number: Int) -> NewCounterfactual {
      NewCounterfactual(photo: photo, change: .scene, answer: answer, region: nil, pictures: [.numbered(number)])
    }
    try await refused(scene(PhotoID(77), .unknown, 9), .photoGone)
    try await refused(scene(photo, .category(CategoryID(77)), 9), .categoryGone)
    try await refused(scene(photo, .category(cats), 1), .samePicture(name: "photo1.jpg"))
    for number in 0..<CounterfactualPictures.mostOfAPhoto {
      _ = try await store.perform(.addCounterfactual(ignored([100 + number])))
    }
    await #expect(throws: CounterfactualError.tooMany) { _ = try await store.perform(.addCounterfactual(ignored([999]))) }
  }

  @Test func aProjectWithoutThemOpensAndKeepsItsFingerprint() async throws {
    let old = try TemporaryProject()
    let file = try SQLiteConnection(path: old.url.path, create: true)
    for migration in ProjectSchema.migrations.prefix(2) { try file.execute(migration.sql) }
    try file.execute("PRAGMA application_id = \(ProjectSchema.applicationID); PRAGMA user_version = 2")
    try file.execute("INSERT INTO category (name, position) VALUES ('Fruit', 1)")
    file.close()
    let opened = try old.store(create: false)
    let snapshot = try await opened.read().snapshot
    #expect(snapshot.categories.map(\.name) == ["Fruit"] && snapshot.counterfactuals.isEmpty)
    let plain = Fingerprint(categories: snapshot.categories, extractor: .standard, isBalanced: false)
    #expect(snapshot.fingerprint == plain.digest)
  }
}
