// Second thoughts: another reply, an edited message. What was said before stays in the file and is shown no more.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct RevisingTests {
  private func bench() async throws -> (DuetBench, ScriptedAssistant) {
    let assistant = ScriptedAssistant { .success("Reply \($0)") }
    return (try await DuetBench(assistant), assistant)
  }

  @Test func anotherReplyTakesThePlaceOfTheFirst() async throws {
    let (bench, assistant) = try await bench()
    bench.duet.send("One")
    bench.duet.send("Two")
    await bench.duet.settle()
    #expect(bench.messages.filter { $0.author == .passive }.map(\.text) == ["Reply 1", "Reply 2"])
    let first = try #require(bench.messages.first { $0.text == "Reply 1" })
    let place = bench.messages.firstIndex(of: first)
    bench.duet.regenerate(first.id)
    await bench.duet.settle()
    #expect(bench.messages.count == 4)
    #expect(bench.messages.firstIndex { $0.text == "Reply 3" } == place)
    #expect(!bench.messages.contains { $0.id == first.id })
    let asked = try #require(assistant.requests.last)
    let dialogue = asked.messages.flatMap(\.parts)
    #expect(!dialogue.contains(.text("Reply 1")) && !dialogue.contains(.text("Two")), "as it was when One was asked")
    let again = try await Workspace.openExisting(bench.workspace.fileURL)
    #expect(again.snapshot.messages == bench.messages, "it comes back in this order")
    await again.close()
  }

  @Test func aReplyThatDoesNotComeTakesNothingAway() async throws {
    let assistant = ScriptedAssistant { $0 == 1 ? .success("Reply 1") : .failure(.wrongKey) }
    let bench = try await DuetBench(assistant)
    bench.duet.send("Where is my cat?")
    await bench.duet.settle()
    let reply = try #require(bench.last)
    bench.duet.regenerate(reply.id)
    await bench.duet.settle()
    #expect(bench.messages.contains { $0.failed })
    #expect(bench.messages.contains { $0.id == reply.id })
  }

  @Test func anEditedMessageBeginsAnew() async throws {
    let (bench, assistant) = try await bench()
    bench.duet.send("Cats")
    await bench.duet.settle()
    bench.duet.send("More")
    await bench.duet.settle()
    let first = try #require(bench.messages.first)
    bench.duet.resend(first.id, text: "Dogs")
    await bench.duet.settle()
    #expect(bench.messages.map(\.text) == ["Dogs", "Reply 3"])
    #expect(bench.workspace.snapshot.goal == "Dogs", "it was the goal")
    #expect(assistant.requests.last?.messages.count == 2, "system prompt and question: nothing was said before")
    let kept = try await bench.workspace.store.messageCount()
    #expect(kept.all == 6 && kept.shown == 2)
  }

  @Test func askingAboutACategoryCanBeRepeated() async throws {
    let (bench, assistant) = try await bench()
    let id = try await bench.addCategory("Cats", photos: 1)
    bench.duet.askAboutCategory(id)
    await bench.duet.settle()
    bench.duet.regenerate(try #require(bench.last).id)
    await bench.duet.settle()
    #expect(bench.last?.text == "Reply 2" && bench.last?.purpose == .askCategory)
    #expect(assistant.requests.count == 2)
  }

  @Test func whatIsNoQuestionIsNotRepeated() async throws {
    let (bench, assistant) = try await bench()
    bench.duet.start()
    await bench.duet.settle()
    bench.duet.regenerate(try #require(bench.last).id)
    bench.duet.resend(UUID(), text: "x")
    bench.duet.resend(try #require(bench.last).id, text: "x")
    await bench.duet.settle()
    bench.duet.stop()
    #expect(assistant.requests.isEmpty && bench.messages.count == 1)
  }
}

extension ProjectStore {
  fileprivate func messageCount() throws -> (all: Int, shown: Int) {
    let all = try database.value("SELECT count(*) FROM message").integer ?? 0
    let shown = try database.value("SELECT count(*) FROM message WHERE superseded = 0").integer ?? 0
    return (Int(all), Int(shown))
  }
}
