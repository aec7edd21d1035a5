import Foundation
import Testing

@testable import DuetEngine

@Suite struct ProjectStoreTests {
  let project: TemporaryProject
  let store: ProjectStore

  init() throws {
    project = try TemporaryProject()
    store = try project.store()
  }

  @discardableResult
  private func perform(_ operation: DuetEngine.Operation, group: UndoGroup = UndoGroup()) async throws
    -> ProjectSnapshot
  {
    try await store.perform(operation, group: group).snapshot
  }

  @Test func everythingIsThereAfterReopening() async throws {
    let fruit = try await perform(.addCategory(name: "Fruit")).categories[0].id
    try await perform(.addPhotos([.numbered(1), .numbered(2)], to: fruit))
    try await perform(.setGoal("sort fruit"))
    try await perform(.say(ChatMessage(author: .user, purpose: .chat, text: "hello")))
    let before = try await perform(.setActiveAssistant(on: false))
    await store.close()

    let after = try await project.store(create: false).read().snapshot
    #expect(after == before)
    #expect(after.categories[0].photos.map(\.name) == ["photo1.jpg", "photo2.jpg"])
    #expect(after.goal == "sort fruit")
    #expect(after.messages.map(\.text) == ["hello"])
    #expect(!after.activeAssistantIsOn)
  }

  @Test func whatWasPerformedIsOnDiskBeforeTheStoreIsClosed() async throws {
    try await perform(.addCategory(name: "Fruit"))
    let reader = try ProjectStore(url: project.url, create: false)  // another connection, as after a crash
    #expect(try await reader.read().snapshot.categories.map(\.name) == ["Fruit"])
  }

  @Test func theEleventhCategoryIsRefusedAndLeavesNoTrace() async throws {
    for number in 1 ... 10 { try await perform(.addCategory(name: "\(number)")) }
    let before = try await store.read().snapshot
    await #expect(throws: ProjectError.tooManyCategories) { try await perform(.addCategory(name: "11")) }
    #expect(try await store.read().snapshot == before)
  }

  @Test func undoAndRedoWalkThroughEveryKindOfChange() async throws {
    let a = try await perform(.addCategory(name: "A")).categories[0].id
    let b = try await perform(.addCategory(name: "B")).categories[1].id
    var snapshot = try await perform(.addPhotos([.numbered(1), .numbered(2)], to: a))
    let photos = snapshot.categories[0].photos.map(\.id)
    let steps: [DuetEngine.Operation] = [
      .movePhotos([photos[0]], to: b), .renameCategory(a, to: "Alpha"), .removePhotos([photos[1]]),
      .removeCategory(b),
    ]
    var states = [snapshot.categories]
    for step in steps {
      snapshot = try await perform(step)
      states.append(snapshot.categories)
    }
    for state in states.dropLast().reversed() {
      #expect(try await store.undo().snapshot.categories == state)
    }
    for state in states.dropFirst() {
      #expect(try await store.redo().snapshot.categories == state)
    }
    #expect(try await store.read().snapshot.redoTitle == nil)
  }

  @Test func oneGroupIsOneStep() async throws {
    let group = UndoGroup()
    let id = try await perform(.addCategory(name: "A"), group: group).categories[0].id
    try await perform(.addPhotos([.numbered(1)], to: id), group: group)
    try await perform(.addPhotos([.numbered(2)], to: id), group: group)
    #expect(try await store.undo().snapshot.categories.isEmpty)
    #expect(try await store.redo().snapshot.photoCount == 2)
  }

  @Test func undoOutlivesTheApp() async throws {
    try await perform(.addCategory(name: "A"))
    await store.close()
    let reopened = try project.store(create: false)
    #expect(try await reopened.read().snapshot.undoTitle == "add “A”")
    #expect(try await reopened.undo().snapshot.categories.isEmpty)
  }

  @Test func aNewOperationEndsTheFutureThatUndoHadOpened() async throws {
    try await perform(.addCategory(name: "A"))
    _ = try await store.undo()
    try await perform(.addCategory(name: "B"))
    #expect(try await store.redo().snapshot.categories.map(\.name) == ["B"])
  }

  @Test func namesAreOneLineOfLimitedLength() async throws {
    let long = String(repeating: "日", count: 200)
    let names = try await perform(.addCategory(name: " a\nb\u{7}  c ")).categories.map(\.name)
    #expect(names == ["a b c"])
    #expect(try await perform(.addCategory(name: long)).categories[1].name.count == Category.nameLimit)
    let family = String(repeating: "👩‍👩‍👧‍👦", count: 30)  // one character, seven code points
    #expect(try await perform(.addCategory(name: family)).categories[2].name.unicodeScalars.count <= 60)
  }

  @Test func onlyWhatTheUserDoesCountsAsActivity() async throws {
    let start = try await store.read().snapshot.activity
    try await perform(.say(ChatMessage(author: .active, purpose: .advice, text: "hm", source: .coach)))
    #expect(try await perform(.setActiveAssistant(on: false)).activity == start)
    #expect(try await perform(.say(ChatMessage(author: .user, purpose: .chat, text: "hi"))).activity == start + 1)
    #expect(try await perform(.addCategory(name: "A")).activity == start + 2)
  }

  /// The file keeps the answer as it was given; switched off, every photo is shown as known, at once.
  @Test func unknownPhotosCanBeTakenAsKnown() async throws {
    let category = CategoryID(1)
    let unknown = Prediction(
      bars: [.init(category: category, probability: 1)], label: category, known: false, nearest: [])
    #expect(try await perform(.setTest(.numbered(1), features: [], unknown)).test?.prediction?.known == false)
    let off = try await perform(.setUnknownDetection(on: false))
    #expect(!off.detectsUnknown && off.test?.prediction == unknown.takenAsKnown)
    let on = try await perform(.setUnknownDetection(on: true))
    #expect(on.detectsUnknown && on.test?.prediction == unknown)
  }

  @Test func theLogAndTheLedgerCannotBeEdited() async throws {
    try await perform(.addCategory(name: "A"))
    _ = try await store.record(.made(host: "a.example", photos: 3))
    await store.close()
    let connection = try SQLiteConnection(path: project.url.path, create: false)
    for sql in [
      "DELETE FROM log", "UPDATE log SET kind = 'x'", "DELETE FROM request", "UPDATE request SET bytes = 0",
      "DELETE FROM request_photo", "UPDATE request_photo SET position = 9",
    ] {
      #expect(throws: SQLiteFailure.self) { try connection.execute(sql) }
    }
  }

  @Test func theLedgerCountsPhotos() async throws {
    _ = try await store.record(.made(host: "a.example", photos: 3))
    #expect(try await store.record(.made(host: "b.example", photos: 2)).snapshot.photosSent == 5)
    let local = try await store.record(.made(host: "localhost", isThisComputer: true, photos: 4))
    #expect(local.snapshot.photosSent == 5, "what goes to this computer does not leave it")
  }

  @Test func featuresBelongToContentNotToPhotos() async throws {
    let a = try await perform(.addCategory(name: "A")).categories[0].id
    var vector = [Float](repeating: 0, count: ExtractorID.dimension)
    vector[7] = 1.5
    try await store.keep([ImportedPhoto.numbered(1).contentHash: vector], extractor: .standard)
    let snapshot = try await perform(.addPhotos([.numbered(1), .numbered(1), .numbered(2)], to: a))
    #expect(snapshot.categories[0].photos.map(\.hasFeatures) == [true, true, false])
    let set = try await store.trainingSet()
    #expect(set.labels == [0, 0])
    #expect(set.features == vector + vector)
    #expect(try await store.copiesWithoutFeatures(limit: 9).map(\.name) == ["photo2.jpg"])
  }

  @Test func aCopyIsACompleteProject() async throws {
    try await perform(.addCategory(name: "A"))
    let copy = project.folder.appendingPathComponent("Copy.duet")
    try await store.writeCopy(to: copy)
    let copied = try await ProjectStore(url: copy, create: false).read().snapshot
    #expect(copied == (try await store.read().snapshot))
  }
}

@Suite struct ProjectOpeningTests {
  @Test func aMissingFileIsNotCreatedUnlessAsked() throws {
    let project = try TemporaryProject()
    #expect(throws: ProjectError.self) { try project.store(create: false) }
    #expect(!FileManager.default.fileExists(atPath: project.url.path))
  }

  @Test func aFileOfAnotherKindIsRefusedAndLeftAlone() throws {
    let project = try TemporaryProject()
    let bytes = Data("This is a letter, not a project. It is longer than a header of one hundred bytes would be.".utf8)
    try bytes.write(to: project.url)
    #expect(throws: ProjectError.notAProject(name: "Test.duet")) { try project.store() }
    #expect(try Data(contentsOf: project.url) == bytes)
  }

  @Test func aDatabaseOfAnotherAppIsRefused() throws {
    let project = try TemporaryProject()
    let other = try SQLiteConnection(path: project.url.path, create: true)
    try other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    #expect(throws: ProjectError.notAProject(name: "Test.duet")) { try project.store() }
  }

  @Test func aProjectOfTheFirstVersionGetsItsNewTables() async throws {
    let project = try TemporaryProject()
    let old = try SQLiteConnection(path: project.url.path, create: true)
    try old.execute(ProjectSchema.migrations[0].sql)
    try old.execute("PRAGMA application_id = \(ProjectSchema.applicationID); PRAGMA user_version = 1")
    try old.execute("INSERT INTO category (name, position) VALUES ('Fruit', 1)")
    old.close()
    let store = try project.store(create: false)
    let snapshot = try await store.read().snapshot
    #expect(snapshot.categories.map(\.name) == ["Fruit"] && snapshot.keptCopies.isEmpty && snapshot.keepsUpToDate)
    let id = snapshot.categories[0].id
    let photos = try await store.perform(.addPhotos([.numbered(1), .numbered(1)], to: id)).snapshot.categories[0].photos
    let pair = PhotoPair(photos[1].id, photos[0].id)
    #expect(try await store.perform(.keepCopies([pair])).snapshot.keptCopies == [pair])
    #expect(try await store.undo().snapshot.keptCopies.isEmpty)
    #expect(try await store.redo().snapshot.keptCopies == [pair])
  }

  @Test func aProjectOfTheFutureIsRefused() throws {
    let project = try TemporaryProject()
    let newer = try SQLiteConnection(path: project.url.path, create: true)
    try newer.execute("PRAGMA application_id = \(ProjectSchema.applicationID); PRAGMA user_version = 999")
    newer.close()
    #expect(throws: ProjectError.madeByNewerVersion(name: "Test.duet")) { try project.store() }
  }
}
