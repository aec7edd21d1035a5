// The two assistants beside one workspace: who speaks when. What a turn does is in Duet+Turns.swift, consent in
// DuetConsent.swift, second thoughts (regenerate, edit, stop) in Duet+Revising.swift.
// Main actor. Owns its tasks and cancels them in `stop`; the workspace is kept alive by its owner.

import Foundation
import Observation

/// The two assistants beside one workspace. The window's chat panel shows `workspace.snapshot.messages`
/// and these flags, and calls these functions; nothing else.
@MainActor @Observable public final class Duet {
  public var passiveIsThinking: Bool { passiveTurns > 0 }
  public internal(set) var activeIsThinking = false
  /// Replies that are being written right now, at most one of each assistant. Changes at most once a frame.
  public internal(set) var drafts: [ChatMessage.Author: Draft] = [:]
  /// Where replies come from right now, for the panel's status line ("Offline", the model's name).
  public internal(set) var statusLine = ""
  /// True while the person types or drags: the active assistant waits. Set by the window.
  public var personIsBusy = false

  /// What a teacher allows. The panel locks what it forbids; nothing that it forbids happens.
  public internal(set) var policy: AssistantPolicy

  var network: (any NetworkAssistant)?
  var consentIsDeclined = false
  var passiveTurns = 0

  @ObservationIgnored let project: any AssistedProject
  @ObservationIgnored var settings: AssistantSettings
  @ObservationIgnored let offline: OfflineAnswers
  @ObservationIgnored let makeNetwork: MakeNetwork
  /// Why the configured address cannot be used; told with the next answer.
  @ObservationIgnored var networkProblem: ReplyError?
  /// What the present server turned out to lack.
  @ObservationIgnored var abilities = ServerAbilities()
  @ObservationIgnored private var storing: Task<Void, Never>?
  @ObservationIgnored var passive: Task<Void, Never>?
  @ObservationIgnored private var active: Task<Void, Never>?
  @ObservationIgnored private var clock: Task<Void, Never>?
  /// The requests under way, one of each assistant at most.
  @ObservationIgnored var requests: [ChatMessage.Author: Task<TurnResult, Never>] = [:]
  /// Pictures of this session's messages, for asking again.
  @ObservationIgnored var attached: [ChatMessage.ID: [AttachedPicture]] = [:]
  /// When the active assistant may look.
  @ObservationIgnored private var rules = ActiveRules()
  /// The time of day; tests give their own.
  @ObservationIgnored var now: @Sendable () -> Date = { Date() }
  @ObservationIgnored private var lastActiveProblem: String?
  /// How a busy server is asked again.
  @ObservationIgnored var retrying = RetryPolicy()
  @ObservationIgnored var tests = RecentTests()
  @ObservationIgnored var isStopped = false

  /// Makes the one thing that can open a socket. Called only for settings with a base URL.
  public typealias MakeNetwork = @MainActor (AssistantSettings) throws(ReplyError) -> any NetworkAssistant

  public convenience init(workspace: Workspace, settings: AssistantSettings) {
    self.init(
      project: workspace, settings: settings,
      policy: AssistantPolicy.current(for: workspace.fileURL.deletingLastPathComponent()))
  }

  public init(
    project: any AssistedProject, settings: AssistantSettings, offline: OfflineAnswers = OfflineAnswers(),
    policy: AssistantPolicy = .none, makeNetwork: @escaping MakeNetwork = Duet.overHTTP
  ) {
    self.project = project
    self.policy = policy
    self.settings = settings
    self.offline = offline
    self.makeNetwork = makeNetwork
    let now = project.snapshot
    // A new project has nothing to look at, and advice that was given before a restart is not given again.
    let hasSpoken = now.messages.contains { $0.author == .active }
    rules = ActiveRules(lastLook: now.activity == 0 || hasSpoken ? now.activity : nil)
    connect()
    watchTests()
  }

  public static func overHTTP(_ settings: AssistantSettings) throws(ReplyError) -> any NetworkAssistant {
    try NetworkReplySource(
      baseURL: settings.baseURL ?? "", model: settings.model, apiKey: settings.apiKey,
      certificateFile: settings.certificateFile)
  }

  /// Puts the opening question into an empty conversation, starts the active assistant's clock, and takes the key
  /// from the keyring once that gives it.
  public func start() {
    isStopped = false
    fetchKey()
    guard !policy.assistantsOff else { return }
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
    for request in requests.values { request.cancel() }
    drafts = [:]
    clock = nil
  }

  /// The user's message; the first one of a project also becomes its goal.
  public func send(_ text: String, pictures: [AttachedPicture] = []) {
    let text = ReplyText.typed(text)
    guard !policy.assistantsOff, !text.isEmpty || !pictures.isEmpty else { return }
    ask(.chat(text), words: text, pictures: Array(pictures.prefix(AttachedPicture.limit)))
  }

  public func askAboutCategory(_ id: CategoryID) {
    guard !policy.assistantsOff, let category = project.snapshot.category(id) else { return }
    ask(.askCategory(id), words: AssistantPhrases(language: settings.language).askCategory(category.name))
  }

  public func askAboutResult() {
    guard !policy.assistantsOff else { return }
    ask(.askResult, words: AssistantPhrases(language: settings.language).askResult(project.snapshot.test?.name))
  }

  public func setActive(_ on: Bool) {
    if !on {
      active?.cancel()
      requests[.active]?.cancel()
    }
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
    let project = project.snapshot
    guard !policy.assistantsOff, !activeIsThinking, !isStopped, rules.mayLook(at: project, personIsBusy: personIsBusy, now: now())
    else { return }
    rules.lastLook = project.activity
    activeIsThinking = true
    active = Task { [weak self] in
      await self?.look()
      self?.activeIsThinking = false
    }
  }

  private func look() async {
    let message = ChatMessage.ID()
    let result = await result(of: turn(.look), as: message)
    guard !isStopped, !Task.isCancelled, project.snapshot.activeAssistantIsOn else { return }
    // Nobody asked, so the same trouble is told once, not every minute.
    let problem = result.problem?.message
    if let problem, problem != lastActiveProblem {
      await say(ChatMessage(author: .active, purpose: .advice, text: problem, source: .app))
    }
    lastActiveProblem = problem
    // Nobody asked, so nobody misses what was said before.
    if let reply = result.reply, !ActiveRules.isRepeat(reply.text, in: project.snapshot) {
      await keep(reply, as: reply.message(id: message, author: .active, purpose: .advice))
    }
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
  func say(_ message: ChatMessage) async -> Bool { await keep(.say(message)) }

  /// Makes `operation` durable, or says in the status line why that failed.
  func keep(_ operation: Operation) async -> Bool {
    do {
      try await project.perform(operation, group: nil)
      return true
    } catch {
      let reason = (error as? ProjectError)?.message ?? error.localizedDescription
      statusLine = L("The message could not be kept: {reason}", ["reason": reason])
      return false
    }
  }

  // MARK: Clock

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
