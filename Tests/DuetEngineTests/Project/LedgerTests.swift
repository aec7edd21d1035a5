// The ledger of a project: every request with its photos, in the order in which they were written.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct LedgerTests {
  private let project: TemporaryProject
  private let store: ProjectStore

  init() throws {
    project = try TemporaryProject()
    store = try project.store()
  }

  @Test func everyLineShowsItsPhotos() async throws {
    let added = try await store.perform(.addCategory(name: "A")).snapshot.categories[0].id
    _ = try await store.perform(.addPhotos([.numbered(1), .numbered(2)], to: added))
    let pasted = SentPhoto(contentHash: String(repeating: "a", count: 64), thumbnail: Data("pasted".utf8))
    let hashes = [2, 1].map { SentPhoto(contentHash: ImportedPhoto.numbered($0).contentHash) }
    _ = try await store.record(
      OutgoingRequest(host: "a.example", isThisComputer: false, bytes: 1_234, photos: hashes + [pasted], purpose: "chat"))
    _ = try await store.record(.made(host: "localhost", isThisComputer: true, bytes: 5, purpose: "advice"))
    let ledger = try await store.ledger()
    #expect(ledger.map(\.host) == ["a.example", "localhost"] && ledger.map(\.bytes) == [1_234, 5])
    #expect(ledger.map(\.isThisComputer) == [false, true] && ledger.map(\.purpose) == ["chat", "advice"])
    #expect(ledger[0].photoCount == 3 && ledger[1].photoCount == 0)
    #expect(ledger[0].photos.map(\.name) == ["photo2.jpg", "photo1.jpg", nil])
    #expect(ledger[0].photos.map(\.thumbnail) == ["thumbnail 2", "thumbnail 1", "pasted"].map { Data($0.utf8) })
    let totals = LedgerTotals(ledger)
    #expect(totals.requests == 2 && totals.bytes == 1_239 && totals.bytesThatLeft == 1_234)
    #expect(totals.photos == 3 && totals.photosThatLeft == 3 && totals.requestsToThisComputer == 1)
  }

  @Test func aRemovedPhotoStaysInTheLedger() async throws {
    let added = try await store.perform(.addCategory(name: "A")).snapshot.categories[0].id
    let photos = try await store.perform(.addPhotos([.numbered(1)], to: added)).snapshot.categories[0].photos
    _ = try await store.record(.made(host: "a.example", photos: 1))
    _ = try await store.perform(.removePhotos(photos.map(\.id)))
    #expect(try await store.ledger()[0].photos.map(\.thumbnail) == [Data("thumbnail 1".utf8)])
  }

  /// A project of before the photos were in the ledger: its lines stay, and count as having left.
  @Test func oldLinesStay() async throws {
    await store.close()
    let old = project.folder.appendingPathComponent("old.duet")
    let connection = try SQLiteConnection(path: old.path, create: true)
    let before = try #require(ProjectSchema.migrations.firstIndex { $0.name == "photos in the ledger" })
    for migration in ProjectSchema.migrations.prefix(before) { try connection.execute(migration.sql) }
    try connection.execute("PRAGMA application_id = \(ProjectSchema.applicationID)")
    try connection.execute("PRAGMA user_version = \(before)")
    try connection.execute(
      "INSERT INTO request (at, host, bytes, photos, purpose) VALUES (1, 'a.example', 10, 3, 'chat')")
    connection.close()
    let opened = try ProjectStore(url: old, create: false)
    let line = try #require(try await opened.ledger().first)
    #expect(line.photoCount == 3 && line.photos.isEmpty && !line.isThisComputer)
    #expect(try await opened.read().snapshot.photosSent == 3)
    await opened.close()
  }
}
