// A real project, a real Duet and a real server in a process of its own, joined as the app joins them.
// Main actor. Busy servers are asked again at once, so that no test waits.

import Foundation
import Observation
import Testing

@testable import DuetEngine

@MainActor struct LiveBench {
  static let key = "sk-never-to-be-seen-4711"
  let bench: DuetBench
  let server: ChatServer
  var duet: Duet { bench.duet }
  var messages: [ChatMessage] { bench.messages }

  /// - Parameter behaviour: of the server; it changes with ``behave(_:)``.
  init(_ behaviour: String, policy: AssistantPolicy = .none) async throws {
    server = try ChatServer()
    bench = try await DuetBench(live: server.address(behaviour), key: Self.key, policy: policy)
    var retrying = RetryPolicy(seed: 1)
    retrying.wait = { _ async throws(ReplyError) in }
    bench.duet.retrying = retrying
  }

  func behave(_ behaviour: String) {
    var settings = bench.duet.settings
    settings.baseURL = server.address(behaviour)
    bench.duet.apply(settings)
  }

  /// Sends a message and waits for the end of the turn.
  func ask(_ text: String, pictures: [AttachedPicture] = []) async {
    duet.send(text, pictures: pictures)
    await duet.settle()
  }

  /// The ledger has a line for every request that the server saw, with the same bytes and as many photos.
  ///
  /// - Parameter photosOnSheets: photos that each picture shows, where a picture is a sheet.
  func expectLedgerIsTrue(photosAPicture: Int = 1, _ comment: Comment? = nil) async throws {
    let lines = await bench.workspace.ledger()
    let seen = try await server.log()
    #expect(lines.map(\.bytes) == seen.map(\.bytes), comment)
    #expect(lines.map(\.photoCount) == seen.map { $0.pictures * photosAPicture }, comment)
    #expect(lines.allSatisfy { $0.host == "127.0.0.1" && $0.isThisComputer }, comment)
  }

  func message(_ id: ChatMessage.ID) -> ChatMessage? { messages.first { $0.id == id } }

  /// Returns once a reply is being written.
  func draft(by author: ChatMessage.Author = .passive) async -> Draft? {
    while duet.drafts[author] == nil {
      await withCheckedContinuation { continuation in
        withObservationTracking { _ = duet.drafts } onChange: { continuation.resume() }
      }
    }
    return duet.drafts[author]
  }
}
