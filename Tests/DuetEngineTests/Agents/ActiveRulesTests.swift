// The active assistant's rules, with a clock that the test sets.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ActiveRulesTests {
  private static func date(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

  private func advice(_ text: String, source: ChatMessage.Source = .network) -> ChatMessage {
    ChatMessage(author: .active, purpose: .advice, text: text, source: source)
  }

  @Test func itLooksOnlyAfterSomethingHappened() {
    var rules = ActiveRules()
    let project = ProjectSnapshot.made(activity: 4)
    #expect(rules.mayLook(at: project, personIsBusy: false, now: Self.date(0)))
    rules.lastLook = 4
    #expect(!rules.mayLook(at: project, personIsBusy: false, now: Self.date(0)))
    #expect(rules.mayLook(at: .made(activity: 5), personIsBusy: false, now: Self.date(0)))
    #expect(!rules.mayLook(at: .made(activity: 5), personIsBusy: true, now: Self.date(0)))
  }

  @Test func twoDismissalsMakeItQuietForTenMinutes() {
    var project = ProjectSnapshot.made()
    func mayLook(_ seconds: Double) -> Bool {
      ActiveRules().mayLook(at: project, personIsBusy: false, now: Self.date(seconds))
    }
    project.dismissedAdvice = [UUID(): Self.date(100)]
    #expect(mayLook(101), "one is an opinion about one message")
    project.dismissedAdvice[UUID()] = Self.date(200)
    #expect(!mayLook(200) && !mayLook(799) && mayLook(800))
    project.dismissedAdvice[UUID()] = Self.date(900)
    #expect(mayLook(901), "the third one is the first of the next pair")
    project.dismissedAdvice[UUID()] = Self.date(1_000)
    #expect(!mayLook(1_001) && mayLook(1_600))
  }

  private static let project = [("Cats", 3), ("Dogs", 5)]

  private func isRepeat(_ text: String, of earlier: [ChatMessage]) -> Bool {
    ActiveRules.isRepeat(text, in: .made(Self.project, messages: earlier))
  }

  private static let repeats: [(String, String)] = [
    ("Try a lion next!", "try a LION, next"),
    ("Try a lion next!", "Ｔｒｙ　ａ　ｌｉｏｎ　ｎｅｘｔ！"),
    (
      "Why not show it an animal that is neither a cat nor a dog, such as a lion?",
      "You might show it an animal that is neither cat nor dog, for instance a lion."
    ),
    ("“Cats” could mean big cats as well: is a lion one?", "Does “Cats” mean big cats as well? Is a tiger one?"),
    ("ライオンのような動物でテストしてみましょう。", "次は、ライオンのような動物をテストしてみませんか？"),
    ("「Cats」と「Dogs」の背景が似ています。", "「Cats」と「Dogs」は背景が似ていますね。"),
  ]
  private static let news: [(String, String)] = [
    ("Try a lion next!", "Try a mushroom next!"),
    ("“Cats” has 3 photos.", "“Cats” has 9 photos."),
    ("“Cats” could mean big cats as well.", "“Dogs” could mean wolves as well."),
    ("“Cats” could mean big cats as well.", "All photos of “Cats” have a yellow background."),
    ("ライオンでテストしてみましょう。", "きのこの写真を試しましょう。"),
    ("「Cats」は3枚です。", "「Cats」は9枚です。"),
  ]

  @Test(arguments: repeats.indices) func theSameAdviceIsKnownAgain(index: Int) {
    let (before, after) = Self.repeats[index]
    #expect(isRepeat(after, of: [advice(before)]))
    #expect(isRepeat(after, of: [advice(before), advice("Something else entirely was said since then.")]))
    let passive = ChatMessage(author: .passive, purpose: .chat, text: before, source: .network)
    #expect(isRepeat(after, of: [passive]), "what the other assistant said counts")
  }

  @Test(arguments: news.indices) func otherAdviceIsNews(index: Int) {
    let (before, after) = Self.news[index]
    #expect(!isRepeat(after, of: [advice(before)]))
  }

  @Test func whatThePersonOrTheAppSaidIsNoAdvice() {
    let user = ChatMessage(author: .user, purpose: .chat, text: "Try a lion next!")
    #expect(!isRepeat("Try a lion next!", of: [user, advice("Try a lion next!", source: .app)]))
  }

  @Test func thePromptTellsWhatWasAdvised() throws {
    let said = (1...40).map { advice("Advice number \($0)\nwith a second line") } + [advice("Trouble", source: .app)]
    let turn = AssistantTurn.made(.look, .made(Self.project, messages: said))
    let request = try ChatRequestBuilder.request(for: turn, pictures: TurnPictures(allowed: false), model: nil)
    guard case .text(let prompt)? = request.messages.last?.parts.first else {
      Issue.record("no words")
      return
    }
    #expect(prompt.contains("\n- Advice number 40 with a second line\n") && prompt.contains("- Advice number 11 "))
    #expect(!prompt.contains("- Advice number 10 ") && !prompt.contains("- Trouble"))
  }
}

@MainActor @Suite struct ActiveQuietTests {
  private func advice(_ bench: DuetBench) -> [String] {
    bench.messages.filter { $0.author == .active }.map(\.text)
  }

  @Test func aRepeatedReplyIsDropped() async throws {
    let texts = ["Try a lion next!", "try a lion next", "Try a mushroom next!"]
    let assistant = ScriptedAssistant { .success(texts[min($0, texts.count) - 1]) }
    let bench = try await DuetBench(assistant)
    for name in ["A", "B", "C"] {
      try await bench.addCategory(name)
      await bench.look()
    }
    #expect(assistant.requests.count == 3)
    #expect(advice(bench) == ["Try a lion next!", "Try a mushroom next!"])
  }

  @Test func dismissedTwiceItIsQuietAndThenSpeaksAgain() async throws {
    let assistant = ScriptedAssistant { .success("Something new about thing\($0) and matter\($0)") }
    let bench = try await DuetBench(assistant)
    var dismissed: [ChatMessage.ID] = []
    for name in ["A", "B"] {
      try await bench.addCategory(name)
      await bench.look()
      dismissed.append(try #require(bench.last?.id))
    }
    bench.duet.dismissAdvice(dismissed[0])
    bench.duet.dismissAdvice(dismissed[0])
    await bench.duet.settle()
    #expect(bench.workspace.snapshot.dismissedAdvice.count == 1, "twice the same is once")
    bench.duet.dismissAdvice(dismissed[1])
    await bench.duet.settle()
    try await bench.addCategory("C")
    await bench.look()
    #expect(assistant.requests.count == 2, "quiet")
    let later = Date().addingTimeInterval(ActiveRules.quietTime + 60)
    bench.duet.now = { later }
    await bench.look()
    #expect(assistant.requests.count == 3 && advice(bench).count == 3)
  }

  @Test func itWaitsWhileThePersonIsBusy() async throws {
    let assistant = ScriptedAssistant { .success("Advice \($0)") }
    let bench = try await DuetBench(assistant)
    try await bench.addCategory("A")
    bench.duet.personIsBusy = true
    await bench.look()
    #expect(assistant.requests.isEmpty)
    bench.duet.personIsBusy = false
    await bench.look()
    #expect(assistant.requests.count == 1)
  }

  @Test func itsSwitchAndItsQuietTimeSurviveARestart() async throws {
    let project = try TemporaryProject()
    let store = try project.store()
    for text in ["One", "Two"] {
      let message = ChatMessage(author: .active, purpose: .advice, text: text, source: .network)
      _ = try await store.perform(.say(message))
      _ = try await store.perform(.dismissAdvice(message.id))
    }
    _ = try await store.perform(.setActiveAssistant(on: false))
    await store.close()
    let again = try await project.store(create: false).read().snapshot
    #expect(!again.activeAssistantIsOn && again.dismissedAdvice.count == 2)
    let now = try #require(again.dismissedAdvice.values.max())
    #expect(ActiveRules.quietUntil(dismissals: Array(again.dismissedAdvice.values)) == now + ActiveRules.quietTime)
  }

  @Test func theUsersOwnMessageIsNoAdviceToDismiss() async throws {
    let bench = try await DuetBench()
    bench.duet.send("Hello")
    await bench.duet.settle()
    for message in bench.messages { bench.duet.dismissAdvice(message.id) }
    await bench.duet.settle()
    #expect(bench.workspace.snapshot.dismissedAdvice.isEmpty)
  }
}
