// Who speaks when: the flows of the two assistants on a real project file, with scripted replies and a
// clock that the test moves by hand.

import Foundation
import Observation
import Testing

@testable import DuetEngine

/// A real workspace with a Duet whose only network is the given script.
@MainActor struct DuetBench {
  let folder: TemporaryProject
  let workspace: Workspace
  let duet: Duet

  init(
    _ assistant: ScriptedAssistant? = nil, language: String = "en", isDemo: Bool = false,
    problem: ReplyError? = nil, consent: Consent? = .words
  ) async throws {
    let folder = try TemporaryProject()
    self.folder = folder
    workspace = try await Workspace.open(folder.url)
    if isDemo { try await workspace.perform(.markAsDemo) }
    let isOnline = assistant != nil || problem != nil
    if isOnline, let consent { try await workspace.perform(.grantConsent(consent, host: "assistant.example")) }
    duet = Duet(
      project: workspace,
      settings: AssistantSettings(
        baseURL: isOnline ? "https://assistant.example/v1" : nil, model: "tiny", language: language,
        activeInterval: 9_999),
      offline: OfflineAnswers(cache: ReplyCache(folder: folder.folder.appendingPathComponent("replies"))),
      makeNetwork: { _ throws(ReplyError) in
        guard let assistant else { throw problem ?? .badAddress }
        return assistant
      })
  }

  /// With a real server at `address`.
  init(live address: String, key: String?, policy: AssistantPolicy) async throws {
    let folder = try TemporaryProject()
    self.folder = folder
    workspace = try await Workspace.open(folder.url)
    duet = Duet(
      project: workspace,
      settings: AssistantSettings(baseURL: address, model: "tiny", apiKey: key, activeInterval: 9_999),
      offline: OfflineAnswers(cache: ReplyCache(folder: folder.folder.appendingPathComponent("replies"))),
      policy: policy)
  }

  var messages: [ChatMessage] { workspace.snapshot.messages }
  var last: ChatMessage? { messages.last }

  @discardableResult
  func addCategory(_ name: String, photos: Int = 0) async throws -> CategoryID {
    let project = try await workspace.perform(.addCategory(name: name))
    let category = try #require(project.categories.last)
    let red = try RGBImage(width: 8, height: 8, pixels: Array(repeating: 90, count: 192)).jpeg(quality: 80)
    let made = (0..<photos).map { number in
      let plain = ImportedPhoto.numbered(Int(category.id.rawValue) * 1000 + number)
      return ImportedPhoto(
        name: plain.name, contentHash: plain.contentHash, width: 8, height: 8, copy: red, thumbnail: red)
    }
    if photos > 0 { try await workspace.perform(.addPhotos(made, to: category.id)) }
    return category.id
  }

  /// Returns once `condition` holds; looks again whenever the project changes.
  func wait(until condition: @escaping @MainActor () -> Bool) async {
    while !condition() {
      await withCheckedContinuation { continuation in
        withObservationTracking { _ = workspace.snapshot } onChange: { continuation.resume() }
      }
    }
  }

  func look() async {
    duet.tick()
    await duet.settle()
  }
}

@MainActor @Suite struct DuetTests {
  // MARK: Opening and goal

  @Test func itOpensWithTheQuestionOnce() async throws {
    let bench = try await DuetBench()
    bench.duet.start()
    await bench.duet.settle()
    bench.duet.start()
    await bench.duet.settle()
    bench.duet.stop()
    #expect(bench.messages.map(\.text) == ["What kind of AI would you like to create?"])
    #expect(bench.last?.purpose == .opening && bench.last?.author == .passive && bench.last?.source == .app)
  }

  @Test func itOpensInJapanese() async throws {
    let bench = try await DuetBench(language: "ja")
    bench.duet.start()
    await bench.duet.settle()
    bench.duet.stop()
    #expect(bench.last?.text == "どんなAIを作ってみたいですか？")
  }

  @Test func theFirstMessageIsTheGoal() async throws {
    let bench = try await DuetBench()
    bench.duet.start()
    bench.duet.send("  I want to know my cats \u{07}")
    bench.duet.send("And dogs")
    await bench.duet.settle()
    bench.duet.stop()
    #expect(bench.workspace.snapshot.goal == "I want to know my cats")
    #expect(bench.messages.filter { $0.author == .user }.map(\.text) == ["I want to know my cats", "And dogs"])
    #expect(bench.messages.filter { $0.author == .passive && $0.purpose == .chat }.count == 2)
  }

  @Test func anEmptyMessageIsNone() async throws {
    let bench = try await DuetBench()
    bench.duet.send(" \n ")
    await bench.duet.settle()
    #expect(bench.messages.isEmpty && !bench.duet.passiveIsThinking)
  }

  @Test func askingIsNoGoal() async throws {
    let bench = try await DuetBench()
    let id = try await bench.addCategory("Cats", photos: 2)
    bench.duet.askAboutCategory(id)
    bench.duet.askAboutResult()
    await bench.duet.settle()
    #expect(bench.workspace.snapshot.goal == nil)
    #expect(bench.messages.map(\.author) == [.user, .user, .passive, .passive]
      || bench.messages.map(\.author) == [.user, .passive, .user, .passive])
    #expect(bench.messages.filter { $0.source == .coach }.map(\.purpose) == [.askCategory, .askResult])
  }

  // MARK: Sources

  @Test func offlineNothingThatOpensASocketIsMade() async throws {
    let folder = try TemporaryProject()
    let workspace = try await Workspace.open(folder.url)
    var made = 0
    let duet = Duet(
      project: workspace, settings: AssistantSettings(model: "tiny", apiKey: "sk-1"),
      offline: OfflineAnswers(cache: ReplyCache(folder: folder.folder)),
      makeNetwork: { _ throws(ReplyError) in
        made += 1
        throw .badAddress
      })
    duet.start()
    duet.send("Where is my cat?")
    duet.apply(AssistantSettings(language: "ja"))
    duet.send("What is a category?")
    await duet.settle()
    duet.tick()
    await duet.settle()
    duet.stop()
    #expect(made == 0)
    #expect(workspace.snapshot.photosSent == 0)
    #expect(workspace.snapshot.messages.filter { $0.author != .user }.map(\.source).contains(.coach))
    #expect(workspace.snapshot.messages.contains { $0.source == .cache })
  }

  @Test func theNetworkAnswersAndIsRemembered() async throws {
    let assistant = ScriptedAssistant { $0 == 1 ? .success("**Hello** there") : .failure(.refused(host: "x")) }
    let bench = try await DuetBench(assistant)
    bench.duet.send("Zebra?")
    await bench.duet.settle()
    #expect(bench.last?.text == "Hello there", "models write Markdown, labels show plain text")
    #expect(bench.last?.source == .network)
    bench.duet.send("zebra")
    await bench.duet.settle()
    let answers = bench.messages.suffix(2)
    #expect(answers.map(\.source) == [.app, .cache])
    #expect(answers.first?.text == ReplyError.refused(host: "x").message)
    #expect(answers.last?.text == "Hello there")
  }

  @Test func aFailureTellsTheReasonAndStillAnswers() async throws {
    let assistant = ScriptedAssistant { _ in .failure(.wrongKey) }
    let bench = try await DuetBench(assistant)
    bench.duet.send("Where is my cat?")
    await bench.duet.settle()
    #expect(bench.messages.map(\.source) == [nil, .app, .coach])
    #expect(bench.messages[1].text == ReplyError.wrongKey.message)
    #expect(!bench.duet.passiveIsThinking)
  }

  @Test func withoutAResultNobodyIsBothered() async throws {
    let assistant = ScriptedAssistant { _ in .success("I guess") }
    let bench = try await DuetBench(assistant)
    bench.duet.askAboutResult()
    await bench.duet.settle()
    #expect(assistant.requests.isEmpty)
    #expect(bench.last?.source == .coach)
  }

  @Test func anUnusableAddressIsTold() async throws {
    let bench = try await DuetBench(problem: .badAddress)
    #expect(bench.duet.statusLine == ReplyError.badAddress.message)
    bench.duet.send("Where is my cat?")
    await bench.duet.settle()
    #expect(bench.messages.map(\.source) == [nil, .app, .coach])
  }

  @Test func theStatusLineSaysWhereRepliesComeFrom() async throws {
    let bench = try await DuetBench(ScriptedAssistant { _ in .success("x") })
    #expect(bench.duet.statusLine == "tiny at assistant.example")
    bench.duet.apply(AssistantSettings())
    #expect(bench.duet.statusLine.hasPrefix("Offline"))
  }

  @Test func savedRepliesAreLabelled() async throws {
    let bench = try await DuetBench(isDemo: true)
    bench.duet.send("I want to know which plants I can eat!")
    await bench.duet.settle()
    #expect(bench.last?.source == .cache)
    #expect(bench.last?.text.contains("“Edible”") == true)
  }

  // MARK: Consent and ledger

  @Test func nothingIsSentBeforeTheOwnerAgrees() async throws {
    let assistant = ScriptedAssistant { _ in .success("Fine") }
    let bench = try await DuetBench(assistant, consent: nil)
    try await bench.addCategory("Cats", photos: 3)
    #expect(bench.duet.consentNeeded == "assistant.example")
    bench.duet.send("Hello")
    await bench.duet.settle()
    #expect(assistant.requests.isEmpty)
    #expect(bench.last?.author == .passive && bench.last?.source != .network)
  }

  @Test func photosGoOnlyWhereTheyWereAllowed() async throws {
    let assistant = ScriptedAssistant { _ in .success("Fine") }
    let bench = try await DuetBench(assistant, consent: nil)
    try await bench.addCategory("Cats", photos: 3)
    bench.duet.grantConsent(.words)
    await bench.duet.settle()
    #expect(bench.duet.consentNeeded == nil)
    bench.duet.send("Hello")
    await bench.duet.settle()
    #expect(assistant.requests.last?.messages.last?.parts.count == 1)
    #expect(bench.workspace.snapshot.photosSent == 0)
    bench.duet.grantConsent(.wordsAndPhotos)
    await bench.duet.settle()
    bench.duet.send("Hello again")
    await bench.duet.settle()
    #expect(assistant.requests.last?.messages.last?.parts.count == 2)
    #expect(bench.workspace.snapshot.photosSent == 3)
  }

  @Test func decliningKeepsEverythingHereAndIsNotAskedAgain() async throws {
    let assistant = ScriptedAssistant { _ in .success("Fine") }
    let bench = try await DuetBench(assistant, consent: nil)
    bench.duet.declineConsent()
    #expect(bench.duet.consentNeeded == nil)
    bench.duet.send("Hello")
    await bench.duet.settle()
    #expect(assistant.requests.isEmpty)
  }

  @Test func onThisComputerNoConsentIsNeeded() async throws {
    let assistant = ScriptedAssistant(host: "localhost", isThisComputer: true) { _ in .success("Fine") }
    let bench = try await DuetBench(assistant)
    let id = try await bench.addCategory("Cats", photos: 60)
    try await bench.addCategory("Dogs", photos: 2)
    #expect(bench.duet.consentNeeded == nil)
    bench.duet.askAboutCategory(id)
    await bench.duet.settle()
    #expect(assistant.requests.last?.messages.last?.parts.count == 2)
    let entry = try #require(await bench.workspace.ledger().last)
    #expect(entry.photoCount == 50 && entry.photos.count == 50 && entry.isThisComputer, "one sheet of fifty")
    #expect(bench.workspace.snapshot.photosSent == 0, "nothing left this computer")
  }

  @Test func whatCannotBeNotedIsNotSent() async throws {
    let assistant = ScriptedAssistant(isThisComputer: true) { _ in .success("Fine") }
    let project = ForgetfulProject()
    let folder = try TemporaryProject()
    let duet = Duet(
      project: project, settings: AssistantSettings(baseURL: "https://assistant.example"),
      offline: OfflineAnswers(cache: ReplyCache(folder: folder.folder)),
      makeNetwork: { _ throws(ReplyError) in assistant })
    #expect(duet.consentNeeded == nil)
    duet.send("Hello?")
    await duet.settle()
    #expect(assistant.requests.isEmpty)
    #expect(project.snapshot.messages.contains { $0.text == ReplyError.notRecorded.message })
  }
}

/// A project whose ledger cannot be written.
@MainActor private final class ForgetfulProject: AssistedProject {
  var snapshot = ProjectSnapshot.made()

  func perform(_ operation: DuetEngine.Operation, group: UndoGroup?) async throws -> ProjectSnapshot {
    if case .say(let message) = operation { snapshot = .made(messages: snapshot.messages + [message]) }
    return snapshot
  }
  func thumbnail(_ photo: PhotoID) async -> Data? { nil }
  func copy(_ photo: PhotoID) async -> Data? { nil }
  func facts() async -> ProjectFacts? { nil }
  func record(_ request: OutgoingRequest) async throws {
    throw ProjectError.cannotWrite(name: "x", reason: "full")
  }
  func test(_ source: PhotoSource, for proposal: Proposal.ID) {}
  func tell(_ error: any Error) {}
}
