// Whole turns against a real server: what it lacks is coped with, what fails is said and can be sent again, and the
// ledger agrees with what the server saw.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct NetworkFlowTests {
  @Test func aTurnStreamsAndIsKept() async throws {
    let live = try await LiveBench("stream")
    await live.ask("Hello")
    let reply = try #require(live.messages.last)
    #expect(reply.text == "One two three." && reply.source == .network && !reply.isStopped)
    #expect(reply.usage == TokenUsage(prompt: 7, completion: 3))
    #expect((reply.extras.bytesReceived ?? 0) > 100)
    #expect(reply.inReplyTo == live.messages.first { $0.author == .user }?.id)
    #expect(live.duet.drafts.isEmpty)
    try await live.expectLedgerIsTrue()
    #expect(try await live.server.log().map(\.fields) == [["stream", "stream_options", "tools"]])
  }

  @Test func aBusyServerIsAskedAgain() async throws {
    let live = try await LiveBench("busy")
    await live.ask("Hello")
    #expect(live.messages.map(\.text).suffix(2) == ["Hello", "At last."])
    #expect(try await live.server.log().count == 3)
    try await live.expectLedgerIsTrue()
  }

  @Test func aServerThatWantsAnHourIsGivenUp() async throws {
    let live = try await LiveBench("full")
    await live.ask("Where is my cat?")
    #expect(try await live.server.log().count == 1)
    #expect(live.messages.map(\.source) == [nil, .app, .coach])
    let note = live.messages[1]
    #expect(note.failed && note.inReplyTo == live.messages[0].id)
    try await live.expectLedgerIsTrue()
  }

  @Test func aServerWithoutVisionGetsTheWords() async throws {
    let live = try await LiveBench("blind")
    try await live.bench.addCategory("Cats", photos: 3)
    await live.ask("Hello")
    #expect(live.messages.last?.text == "Words alone.")
    #expect(live.messages.last?.notes == [.withoutPictures])
    #expect(try await live.server.log().map(\.pictures) == [1, 0])
    try await live.expectLedgerIsTrue(photosAPicture: 3)
    await live.ask("And now?")
    #expect(try await live.server.log().map(\.pictures) == [1, 0, 0], "it is not shown photos twice")
    #expect(live.messages.last?.notes == [.withoutPictures])
  }

  @Test func aServerForOnePictureGetsOne() async throws {
    let live = try await LiveBench("single")
    try await live.bench.addCategory("Cats", photos: 2)
    try await live.bench.addCategory("Dogs", photos: 2)
    await live.ask("Hello")
    #expect(live.messages.last?.text == "One picture." && live.messages.last?.notes == [.fewerPictures])
    #expect(try await live.server.log().map(\.pictures) == [2, 1])
    try await live.expectLedgerIsTrue(photosAPicture: 2)
  }

  @Test func whatAServerDoesNotKnowIsLeftOut() async throws {
    let live = try await LiveBench("mute")
    await live.ask("Hello")
    #expect(live.messages.last?.text == "Plain.")
    #expect(
      try await live.server.log().map(\.fields) == [
        ["stream", "stream_options", "tools"], ["stream", "tools"], ["stream"], [],
      ])
    await live.ask("And now?")
    #expect(try await live.server.log().count == 5)
    try await live.expectLedgerIsTrue()
  }

  @Test func aRefusalWithoutAReasonIsTriedBare() async throws {
    let live = try await LiveBench("strict")
    try await live.bench.addCategory("Cats", photos: 2)
    await live.ask("Hello")
    #expect(live.messages.last?.text == "Bare.")
    let log = try await live.server.log()
    #expect(log.map(\.fields.count) == [3, 0, 0] && log.map(\.pictures) == [1, 1, 0])
    try await live.expectLedgerIsTrue(photosAPicture: 2)
  }

  @Test func aBreakdownAfterTheFirstWordIsFinal() async throws {
    let live = try await LiveBench("breakdown")
    await live.ask("Hello")
    #expect(try await live.server.log().count == 1, "a 503 is tried again, but not once words were shown")
    #expect(live.messages[1].text == "Half of" && live.messages[1].isStopped)
  }

  @Test func wordsThatWereShownStayAndNothingIsAskedTwice() async throws {
    let live = try await LiveBench("half")
    await live.ask("Hello")
    #expect(try await live.server.log().count == 1)
    let (said, note) = (live.messages[1], live.messages[2])
    #expect(said.text == "Half of" && said.isStopped && said.source == .network)
    #expect(note.failed && note.text == ReplyError.notJSON(host: "127.0.0.1").message)
  }

  @Test(arguments: ["html", "document", "latin", "empty", "none", "huge", "flood", "cut", "redirect", "401", "404", "418"])
  func whatIsNoAnswerIsOneSentenceAndCanBeSentAgain(behaviour: String) async throws {
    let live = try await LiveBench(behaviour)
    await live.ask("Where is my cat?")
    let asked = try #require(live.messages.first)
    #expect(asked.text == "Where is my cat?")
    let notes = live.messages.filter { $0.failed }
    #expect(notes.count == 1 && notes.first?.inReplyTo == asked.id)
    #expect(notes.first?.text.contains("sk-secret") == false, "the server's own words are not shown")
    try await live.expectLedgerIsTrue()
    live.behave("stream")
    live.duet.resend(asked.id, text: asked.text)
    await live.duet.settle()
    #expect(live.messages.map(\.text) == ["Where is my cat?", "One two three."])
  }

  @Test func stoppingKeepsWhatWasSaid() async throws {
    let live = try await LiveBench("pause")
    live.duet.send("Hello")
    let draft = await live.draft()
    #expect(draft?.text == "The first words" && draft?.host == "127.0.0.1")
    live.duet.stopReply()
    await live.duet.settle()
    #expect(live.messages.map(\.text) == ["Hello", "The first words"])
    #expect(live.messages.last?.isStopped == true && live.messages.last?.id == draft?.id)
    #expect(live.duet.drafts.isEmpty && !live.duet.passiveIsThinking)
  }

  @Test func stoppingBeforeTheFirstWordSaysSo() async throws {
    let live = try await LiveBench("silent")
    live.duet.send("Hello")
    _ = await OfflineAnswers.offMain { live.server.nextRequest() }
    live.duet.stopReply()
    await live.duet.settle()
    #expect(live.messages.count == 2 && live.messages.last?.failed == true)
  }

  @Test func closingDropsWhatIsUnderWay() async throws {
    let live = try await LiveBench("pause")
    live.duet.send("Hello")
    _ = await live.draft()
    live.duet.stop()
    await live.duet.settle()
    #expect(live.messages.map(\.text) == ["Hello"])
    #expect(live.duet.drafts.isEmpty)
  }

  @Test func theKeyIsNowhereButInTheRequest() async throws {
    let live = try await LiveBench("stream")
    try await live.bench.addCategory("Cats", photos: 1)
    await live.ask("Hello")
    live.behave("401")
    await live.ask("Hello again")
    #expect(try await live.server.log().allSatisfy(\.authorized), "the key is in use at all")
    await live.bench.workspace.close()
    let files = try #require(FileManager.default.enumerator(at: live.bench.folder.folder, includingPropertiesForKeys: nil))
    var seen = 0
    for case let file as URL in files where !file.hasDirectoryPath {
      seen += 1
      let data = try Data(contentsOf: file)
      #expect(data.range(of: Data(LiveBench.key.utf8)) == nil, "\(file.lastPathComponent) holds the key")
    }
    #expect(seen > 1, "the project and the saved replies")
    for text in live.messages.map(\.text) { #expect(!text.contains(LiveBench.key)) }
  }

  @Test func theKeyIsInNoDescription() throws {
    let settings = AssistantSettings(baseURL: "https://example.org/v1", model: "m", apiKey: LiveBench.key)
    let source = try NetworkReplySource(baseURL: "https://example.org/v1", model: "m", apiKey: LiveBench.key)
    var dumped = ""
    dump(settings, to: &dumped)
    dump(source, to: &dumped)
    for text in [dumped, "\(settings)", String(reflecting: settings), "\(source)", String(describing: Optional(settings))] {
      #expect(!text.contains(LiveBench.key))
    }
    let errors: [ReplyError] = [.wrongKey, .unusableKey, .untrusted(host: "h"), .lacks(.pictures, status: 400)]
    for error in errors { #expect(!error.message.contains(LiveBench.key)) }
  }
}
