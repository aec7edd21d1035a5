// The active assistant: speaks up after something happened, is silent otherwise, and can be switched off.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct ActiveAssistantTests {
  private func activeCount(_ bench: DuetBench) -> Int { bench.messages.filter { $0.author == .active }.count }

  @Test func aNewProjectIsLeftInPeace() async throws {
    let bench = try await DuetBench()
    bench.duet.start()
    await bench.duet.settle()
    await bench.look()
    bench.duet.stop()
    #expect(activeCount(bench) == 0)
  }

  @Test func itSpeaksAfterSomethingHappenedAndThenIsSilent() async throws {
    let assistant = ScriptedAssistant { .success("Advice \($0)") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    await bench.look()
    #expect(bench.last?.text == "Advice 1" && bench.last?.author == .active && bench.last?.purpose == .advice)
    await bench.look()
    await bench.look()
    #expect(assistant.requests.count == 1, "its own words are no event")
    try await bench.addCategory("Dogs")
    await bench.look()
    #expect(bench.last?.text == "Advice 2")
  }

  @Test func switchedOffItDoesNotEvenLook() async throws {
    let assistant = ScriptedAssistant { .success("Advice \($0)") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    bench.duet.setActive(false)
    await bench.duet.settle()
    await bench.look()
    #expect(assistant.requests.isEmpty && activeCount(bench) == 0)
    bench.duet.setActive(true)
    await bench.duet.settle()
    await bench.look()
    #expect(activeCount(bench) == 1, "what happened meanwhile still counts")
  }

  @Test func switchedOffWhileThinkingItStaysSilent() async throws {
    let assistant = ScriptedAssistant(holds: true) { _ in .success("Too late") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    bench.duet.tick()
    #expect(bench.duet.activeIsThinking)
    bench.duet.setActive(false)
    assistant.release()
    await bench.duet.settle()
    #expect(activeCount(bench) == 0 && !bench.duet.activeIsThinking)
  }

  @Test func neverTwoLooksAtATime() async throws {
    let assistant = ScriptedAssistant(holds: true) { .success("Advice \($0)") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    bench.duet.tick()
    try await bench.addCategory("Dogs")
    bench.duet.tick()
    assistant.release()
    await bench.duet.settle()
    #expect(activeCount(bench) == 1)
    await bench.look()
    #expect(activeCount(bench) == 2)
  }

  @Test func thePassiveOneDoesNotWaitForIt() async throws {
    // The active request comes first and is held; the passive turn is answered without a network meanwhile.
    let held = ScriptedAssistant(holds: true) { _ in .success("Advice") }
    let bench = try await DuetBench(held)
    try await bench.addCategory("Cats")
    bench.duet.tick()
    await held.firstRequest()
    bench.duet.apply(AssistantSettings(language: "en"))
    bench.duet.send("What is a category?")
    await bench.wait { bench.messages.contains { $0.author == .passive } }
    #expect(bench.duet.activeIsThinking && activeCount(bench) == 0)
    held.release()
    await bench.duet.settle()
    #expect(activeCount(bench) == 1)
  }

  @Test func theSameTroubleIsToldOnce() async throws {
    let assistant = ScriptedAssistant { _ in .failure(.wrongKey) }
    let bench = try await DuetBench(assistant)
    for name in ["A", "B", "C"] {
      try await bench.addCategory(name)
      await bench.look()
    }
    #expect(assistant.requests.count == 3)
    #expect(bench.messages.filter { $0.source == .app }.map(\.text) == [ReplyError.wrongKey.message])
  }

  @Test func afterARestartAdviceIsNotRepeated() async throws {
    let assistant = ScriptedAssistant { .success("Advice \($0)") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    await bench.look()
    let again = Duet(
      project: bench.workspace, settings: AssistantSettings(baseURL: "https://assistant.example"),
      offline: OfflineAnswers(cache: ReplyCache(folder: bench.folder.folder.appendingPathComponent("replies"))),
      makeNetwork: { _ throws(ReplyError) in assistant })
    again.tick()
    await again.settle()
    #expect(assistant.requests.count == 1)
  }

  @Test func stoppedItSaysNothing() async throws {
    let assistant = ScriptedAssistant(holds: true) { _ in .success("Too late") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    bench.duet.tick()
    bench.duet.send("Hello?")
    bench.duet.stop()
    assistant.release()
    await bench.duet.settle()
    #expect(bench.messages.allSatisfy { $0.author == .user })
  }

  @Test func theClockTicksByItself() async throws {
    let assistant = ScriptedAssistant { .success("Advice \($0)") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("Cats")
    bench.duet.apply(
      AssistantSettings(baseURL: "https://assistant.example", model: "tiny", activeInterval: 0.01))
    bench.duet.start()
    await bench.wait { activeCount(bench) > 0 }
    bench.duet.stop()
    await bench.duet.settle()
    #expect(assistant.requests.count == 1)
  }
}
