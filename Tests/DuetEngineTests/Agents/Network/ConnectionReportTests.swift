// "Test the connection": what each wrong setting is called.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct ConnectionReportTests {
  private func report(_ address: String?, policy: AssistantPolicy = .none) async -> ConnectionReport {
    await Duet.connectionReport(
      for: AssistantSettings(baseURL: address, model: "tiny", apiKey: "sk-1"), policy: policy)
  }

  @Test func everyFindingHasItsSentence() async throws {
    let server = try ChatServer()
    let expected: [(String, ConnectionReport.Finding)] = [
      ("stream", .works), ("mute", .works), ("blind", .worksWithoutPictures), ("401", .failed(.wrongKey)),
      ("404", .failed(.modelMissing("tiny"))), ("html", .failed(.notJSON(host: "127.0.0.1"))),
      ("redirect", .failed(.movedElsewhere(host: "127.0.0.1"))), ("full", .failed(.serverError(status: 503, retryAfter: 3600))),
    ]
    var sentences: Set<String> = []
    for (behaviour, finding) in expected {
      let report = await report(server.address(behaviour))
      #expect(report.finding == finding, "\(behaviour)")
      #expect(!report.sentence.contains("sk-"))
      sentences.insert(report.sentence)
    }
    #expect(sentences.count >= 6)
    #expect(await report("http://127.0.0.1:\(server.closedPort)/v1").finding == .failed(.refused(host: "127.0.0.1")))
    #expect(await report("ftp://x").finding == .failed(.badAddress))
    #expect(await report(nil).finding == .offline)
  }

  @Test func aStrangersCertificateIsNamed() async throws {
    let server = try ChatServer(isSecure: true)
    let found = await report("https://127.0.0.1:\(server.securePort)/stream/v1")
    #expect(found.finding == .failed(.untrusted(host: "127.0.0.1")))
  }

  @Test func aPolicyForbidsTheTestToo() async throws {
    let server = try ChatServer()
    var policy = AssistantPolicy.none
    policy.cacheOnly = true
    let found = await report(server.address("stream"), policy: policy)
    #expect(found.finding == .forbidden(policy.reason(for: .network) ?? ""))
    #expect(try await server.log().isEmpty)
  }

  @Test func aTestIsInTheLedgerAndShowsNobodysPhotos() async throws {
    let live = try await LiveBench("stream")
    try await live.bench.addCategory("Cats", photos: 2)
    _ = await Duet.connectionReport(
      for: live.duet.settings, policy: .none, recordedIn: live.bench.workspace)
    let ledger = await live.bench.workspace.ledger()
    #expect(ledger.map(\.purpose) == ["test"] && ledger.map(\.photoCount) == [0])
    #expect(ledger.map(\.bytes) == (try await live.server.log()).map(\.bytes))
  }
}
