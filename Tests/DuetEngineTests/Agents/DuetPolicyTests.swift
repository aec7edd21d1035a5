// A teacher's policy and the owner's consent hold in the flow itself, whatever a window shows.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct DuetPolicyTests {
  private func policy(_ change: (inout AssistantPolicy) -> Void) -> AssistantPolicy {
    var policy = AssistantPolicy.none
    change(&policy)
    return policy
  }

  private let picture = AttachedPicture(name: "bird.jpg", jpeg: Data([0xFF, 0xD8]), thumbnail: Data([0xFF]))

  @Test func cacheOnlyMakesNoConnection() async throws {
    let live = try await LiveBench("stream", policy: policy { $0.cacheOnly = true })
    #expect(live.duet.network == nil)
    #expect(live.duet.statusLine == live.duet.policy.reason(for: .network))
    await live.ask("Where is my cat?")
    live.behave("stream")
    await live.ask("And my dog?")
    #expect(try await live.server.log().isEmpty)
    #expect(live.messages.last?.source == .coach)
    #expect(await live.bench.workspace.ledger().isEmpty)
  }

  @Test func switchedOffTheyAreSilent() async throws {
    let live = try await LiveBench("stream", policy: policy { $0.assistantsOff = true })
    live.duet.start()
    await live.ask("Hello")
    live.duet.askAboutResult()
    live.duet.tick()
    await live.duet.settle()
    live.duet.stop()
    #expect(live.messages.isEmpty)
  }

  @Test func noPhotosMeansNone() async throws {
    let live = try await LiveBench("stream", policy: policy { $0.noPhotos = true })
    try await live.bench.addCategory("Cats", photos: 2)
    await live.ask("Hello", pictures: [picture])
    #expect(live.messages.last?.source == .network)
    #expect(live.messages.last?.notes == [.attachedPictureKept])
    #expect(try await live.server.log().map(\.pictures) == [0])
  }

  @Test func hintsChangeTheRequest() async throws {
    let live = try await LiveBench("stream", policy: policy { $0.hintsOnly = true })
    await live.ask("Hello")
    #expect(try await live.server.log().map(\.fields) == [["stream", "stream_options"]], "no proposals either")
  }

  @Test func anAttachedPictureIsAPhotoInTheLedger() async throws {
    let live = try await LiveBench("stream")
    await live.ask("What is this?", pictures: [picture])
    #expect(try await live.server.log().map(\.pictures) == [1])
    try await live.expectLedgerIsTrue()
    let asked = try #require(live.messages.first)
    #expect(asked.pictures == 1)
    live.duet.resend(asked.id, text: "Who is this?")
    await live.duet.settle()
    #expect(try await live.server.log().map(\.pictures) == [1, 1], "it goes along again")
  }

  @Test func whoDidNotAgreeKeepsTheirPicture() async throws {
    let assistant = ScriptedAssistant { _ in .success("Fine") }
    let bench = try await DuetBench(assistant, consent: .words)
    bench.duet.send("What is this?", pictures: [picture])
    await bench.duet.settle()
    #expect(assistant.requests.last?.features.contains(.pictures) == false)
    #expect(bench.last?.notes == [.attachedPictureKept])
    #expect(bench.workspace.snapshot.photosSent == 0)
  }

  @Test func aChosenLanguageHoldsWhateverIsWritten() async throws {
    let assistant = ScriptedAssistant { _ in .success("Fine") }
    let bench = try await DuetBench(assistant)
    var settings = bench.duet.settings
    settings.language = "ja"
    settings.languageIsChosen = true
    bench.duet.apply(settings)
    bench.duet.send("This is plain English")
    await bench.duet.settle()
    guard case .text(let system)? = assistant.requests.last?.messages.first?.parts.first else { return }
    #expect(system.contains("answer in the language with the code \"ja\""))
    settings.languageIsChosen = false
    bench.duet.apply(settings)
    bench.duet.send("This is plain English")
    await bench.duet.settle()
    guard case .text(let free)? = assistant.requests.last?.messages.first?.parts.first else { return }
    #expect(!free.contains("Whatever language"))
    #expect(free.contains("\"en\""))
  }

  @Test func untilTheKeyComesNobodyIsAsked() async throws {
    let live = try await LiveBench("stream")
    var settings = live.duet.settings
    settings.awaitsKey = true
    live.duet.apply(settings)
    #expect(live.duet.network == nil && live.duet.consentNeeded == nil)
    await live.ask("Where is my cat?")
    #expect(try await live.server.log().isEmpty)
    live.duet.apply(await settings.withKey { _ in "k" })
    await live.ask("Hello")
    #expect(live.messages.last?.source == .network)
  }

  @Test func manyPiecesAreFewSteps() async throws {
    var shown: [String] = []
    let (steps, step) = AsyncStream<Void>.makeStream()
    let feed = DraftFeed { text in
      shown.append(text)
      step.yield()
    }
    for number in 1...300 { feed.add("\(number) ") }
    for await _ in steps where shown.last?.hasSuffix(" 300") == true { break }
    #expect(shown.count <= 2, "the main actor was busy all the time")
    feed.close()
  }
}
