// The two assistants beside one workspace: who speaks when, and from which source.
// Main actor. Owns its tasks and cancels them in `stop`; the workspace is kept alive by its owner.
// Order of sources: the network where one is configured, else an earlier or saved reply, else a fact.

import Foundation
import Observation

/// The two assistants beside one workspace. The window's chat panel shows `workspace.snapshot.messages`
/// and these flags, and calls these functions; nothing else.
@MainActor @Observable public final class Duet {
  public var passiveIsThinking: Bool { passiveTurns > 0 }
  public private(set) var activeIsThinking = false
  /// Where replies come from right now, for the panel's status line ("Offline", the model's name).
  public private(set) var statusLine = ""

  var network: (any NetworkAssistant)?
  var consentIsDeclined = false
  private var passiveTurns = 0

  @ObservationIgnored let project: any AssistedProject
  @ObservationIgnored var settings: AssistantSettings
  @ObservationIgnored private let offline: OfflineAnswers
  @ObservationIgnored private let makeNetwork: MakeNetwork
  /// Why the configured address cannot be used; told with the next answer.
  @ObservationIgnored private var networkProblem: ReplyError?
  @ObservationIgnored private var storing: Task<Void, Never>?
  @ObservationIgnored private var passive: Task<Void, Never>?
  @ObservationIgnored private var active: Task<Void, Never>?
  @ObservationIgnored private var clock: Task<Void, Never>?
  /// `activity` of the project when the active assistant looked last; nil before its first look.
  @ObservationIgnored private var lastLook: Int?
  @ObservationIgnored private var lastActiveProblem: ReplyError?
  @ObservationIgnored var tests = RecentTests()
  @ObservationIgnored private var isStopped = false

  /// Makes the one thing that can open a socket. Called only for settings with a base URL.
  public typealias MakeNetwork = @MainActor (AssistantSettings) throws(ReplyError) -> any NetworkAssistant

  public convenience init(workspace: Workspace, settings: AssistantSettings) {
    self.init(project: workspace, settings: settings)
  }

  public init(
    project: any AssistedProject, settings: AssistantSettings, offline: OfflineAnswers = OfflineAnswers(),
    makeNetwork: @escaping MakeNetwork = Duet.overHTTP
  ) {
    self.project = project
    self.settings = settings
    self.offline = offline
    self.makeNetwork = makeNetwork
    let now = project.snapshot
    // A new project has nothing to look at, and advice that was given before a restart is not given again.
    lastLook = now.activity == 0 || now.messages.contains { $0.author == .active } ? now.activity : nil
    connect()
    watchTests()
  }

  public static func overHTTP(_ settings: AssistantSettings) throws(ReplyError) -> any NetworkAssistant {
    try NetworkReplySource(baseURL: settings.baseURL ?? "", model: settings.model, apiKey: settings.apiKey)
  }

  /// Puts the opening question into an empty conversation and starts the active assistant's clock.
  public func start() {
    isStopped = false
    if project.snapshot.messages.isEmpty {
      let question = AssistantPhrases(language: settings.language).opening
      store { [weak self] in
        guard let self, self.project.snapshot.messages.isEmpty else { return }
        await self.say(ChatMessage(author: .passive, purpose: .opening, text: question, source: .app))
      }
    }
    startClock()
  }

  /// Ends the clock and every turn under way; what they would have said is dropped.
  public func stop() {
    isStopped = true
    for task in [clock, passive, active] { task?.cancel() }
    clock = nil
  }

  /// The user's message; the first one of a project also becomes its goal.
  public func send(_ text: String) {
    let text = ReplyText.typed(text)
    guard !text.isEmpty else { return }
    ask(.chat(text), words: text)
  }

  public func askAboutCategory(_ id: CategoryID) {
    guard let category = project.snapshot.category(id) else { return }
    ask(.askCategory(id), words: AssistantPhrases(language: settings.language).askCategory(category.name))
  }

  public func askAboutResult() {
    ask(.askResult, words: AssistantPhrases(language: settings.language).askResult(project.snapshot.test?.name))
  }

  public func setActive(_ on: Bool) {
    if !on { active?.cancel() }
    store { [weak self] in _ = try? await self?.project.perform(.setActiveAssistant(on: on), group: nil) }
  }

  public func apply(_ settings: AssistantSettings) {
    let wasTicking = clock != nil
    self.settings = settings
    consentIsDeclined = false
    connect()
    if wasTicking { startClock() }
  }

  /// Returns once nothing is under way: no message being stored, no turn of either assistant.
  public func settle() async {
    repeat {
      await storing?.value
      await passive?.value
      await active?.value
    } while passiveTurns > 0 || activeIsThinking
  }

  /// The active assistant's look. The clock calls it every `activeInterval` seconds; tests call it by hand.
  public func tick() {
    let now = project.snapshot
    guard now.activeAssistantIsOn, !activeIsThinking, !isStopped, now.activity != lastLook else { return }
    lastLook = now.activity
    activeIsThinking = true
    active = Task { [weak self] in
      await self?.look()
      self?.activeIsThinking = false
    }
  }

  // MARK: Turns

  /// Stores the user's words at once; the answers come one after the other.
  private func ask(_ kind: AssistantTurn.Kind, words: String) {
    let purpose = AssistantTurn(kind: kind, project: project.snapshot, language: settings.language).purpose
    passiveTurns += 1
    var isStored = false
    let stored = store { [weak self] in
      guard let self else { return }
      isStored = await self.say(ChatMessage(author: .user, purpose: purpose, text: words))
      if isStored, case .chat = kind, self.project.snapshot.goal == nil {
        _ = try? await self.project.perform(.setGoal(words), group: nil)
      }
    }
    passive = Task { [weak self, earlier = passive] in
      await stored.value
      await earlier?.value
      if isStored { await self?.answer(kind) }
      self?.passiveTurns -= 1
    }
  }

  private func answer(_ kind: AssistantTurn.Kind) async {
    let turn = turn(kind)
    let (reply, problem) = await reply(to: turn)
    guard !isStopped, !Task.isCancelled else { return }
    if let problem {
      await say(ChatMessage(author: .passive, purpose: turn.purpose, text: problem.message, source: .app))
    }
    if let reply {
      await say(ChatMessage(author: .passive, purpose: turn.purpose, text: reply.text, source: reply.source))
    }
  }

  private func look() async {
    let turn = turn(.look)
    let (reply, problem) = await reply(to: turn)
    guard !isStopped, !Task.isCancelled, project.snapshot.activeAssistantIsOn else { return }
    // Nobody asked, so the same trouble is told once, not every minute.
    if let problem, problem != lastActiveProblem {
      await say(ChatMessage(author: .active, purpose: .advice, text: problem.message, source: .app))
    }
    lastActiveProblem = problem
    if let reply { await say(ChatMessage(author: .active, purpose: .advice, text: reply.text, source: reply.source)) }
  }

  private func turn(_ kind: AssistantTurn.Kind) -> AssistantTurn {
    var language = settings.language
    if case .chat(let text) = kind { language = WrittenLanguage.of(text) ?? language }
    return AssistantTurn(kind: kind, project: project.snapshot, recentTests: tests.all, language: language)
  }

  /// The network's reply, or why there is none together with what can be said without it.
  private func reply(to turn: AssistantTurn) async -> (OfflineAnswers.Answer?, ReplyError?) {
    var problem = networkProblem
    let model = settings.model
    // Without a result there is nothing that a language model could judge.
    let isAnswerable = turn.kind != .askResult || turn.project.test?.prediction != nil
    if let network, isAnswerable, network.consent(in: turn.project) != nil {
      do {
        let text = try await NetworkTurn(project: project, assistant: network, model: model).reply(to: turn)
        await offline.remember(text, for: turn, model: model)
        return (.init(text: text, source: .network), nil)
      } catch {
        if error == .cancelled { return (nil, nil) }
        problem = error
      }
    }
    var known = turn
    known.facts = await project.facts()
    return (await offline.answer(to: known), problem)
  }

  // MARK: Storing

  /// One after the other, in the order of the calls.
  @discardableResult
  func store(_ work: @escaping @MainActor () async -> Void) -> Task<Void, Never> {
    let task = Task { [earlier = storing] in
      await earlier?.value
      await work()
    }
    storing = task
    return task
  }

  @discardableResult
  private func say(_ message: ChatMessage) async -> Bool {
    do {
      try await project.perform(.say(message), group: nil)
      return true
    } catch {
      let reason = (error as? ProjectError)?.message ?? error.localizedDescription
      statusLine = L("The message could not be kept: {reason}", ["reason": reason])
      return false
    }
  }

  // MARK: Connection and clock

  private func connect() {
    network = nil
    networkProblem = nil
    statusLine = L("Offline: nothing leaves this computer")
    guard settings.baseURL != nil else { return }
    do {
      let assistant = try makeNetwork(settings)
      network = assistant
      statusLine = assistant.host
      if let model = settings.model { statusLine = L("{model} at {host}", ["model": model, "host": assistant.host]) }
    } catch {
      networkProblem = error
      statusLine = error.message
    }
  }

  private func startClock() {
    clock?.cancel()
    let pause = Duration.seconds(settings.activeInterval)
    clock = Task { [weak self] in
      while !Task.isCancelled {
        // The clock itself: time is what it waits for. Cancelled, it ends without a last look.
        do { try await Task.sleep(for: pause) } catch { return }
        self?.tick()
      }
    }
  }
}
