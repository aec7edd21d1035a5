// What happens in one turn: the user's words are stored, the sources are asked in their order, the reply is stored.
// Order of sources: the network where one is configured and allowed, else an earlier or saved reply, else the coach.
// Main actor between the steps.

import Foundation

/// What the passive assistant is asked, and what stands where once it has answered.
struct Question: Sendable {
  var kind: AssistantTurn.Kind
  /// The user's message.
  var message: ChatMessage.ID
  var pictures: [AttachedPicture] = []
  /// An earlier reply whose place the new one takes.
  var replaces: ChatMessage.ID?
}

/// What came out of a turn.
struct TurnResult: Sendable {
  /// A reply with where it came from.
  struct Reply: Sendable {
    var text: String
    var source: ChatMessage.Source
    var extras = MessageExtras()
    var proposals: [Proposal.Change] = []

    func message(
      id: ChatMessage.ID, author: ChatMessage.Author, purpose: ChatMessage.Purpose, inReplyTo: ChatMessage.ID? = nil
    ) -> ChatMessage {
      var extras = extras
      extras.inReplyTo = inReplyTo
      return ChatMessage(id: id, author: author, purpose: purpose, text: text, source: source, extras: extras)
    }
  }

  var reply: Reply?
  /// Why the network gave none, or only a part.
  var problem: ReplyError?
  /// The person pressed stop.
  var wasStopped = false
}

extension Duet {
  /// Stores the user's words at once; the answers come one after the other.
  func ask(
    _ kind: AssistantTurn.Kind, words: String, pictures: [AttachedPicture] = [], superseding old: [ChatMessage.ID] = []
  ) {
    var extras = MessageExtras()
    extras.pictures = pictures.count
    if case .askCategory(let category) = kind { extras.category = category }
    let purpose = AssistantTurn(kind: kind, project: project.snapshot, language: settings.language).purpose
    let message = ChatMessage(author: .user, purpose: purpose, text: words, extras: extras)
    if !pictures.isEmpty { attached[message.id] = pictures }
    let isGoal = project.snapshot.messages.contains { old.contains($0.id) && $0.text == project.snapshot.goal }
    passiveTurns += 1
    var isStored = false
    let stored = store { [weak self] in
      guard let self else { return }
      isStored = await self.keep(old.isEmpty ? .say(message) : .revise(old, by: message, inPlace: false))
      if isStored, case .chat = kind, !words.isEmpty, self.project.snapshot.goal == nil || isGoal {
        _ = try? await self.project.perform(.setGoal(words), group: nil)
      }
    }
    answer(Question(kind: kind, message: message.id, pictures: pictures), after: stored) { isStored }
  }

  /// Answers once `stored` and the earlier questions are done, unless `isWanted` says no by then.
  func answer(_ question: Question, after stored: Task<Void, Never>?, if isWanted: @escaping @MainActor () -> Bool) {
    passive = Task { [weak self, earlier = passive] in
      await stored?.value
      await earlier?.value
      if isWanted() { await self?.answer(question) }
      self?.passiveTurns -= 1
    }
  }

  private func answer(_ question: Question) async {
    let turn = turn(question)
    let author = turn.author
    let id = ChatMessage.ID()
    let result = await result(of: turn, as: id, again: question.replaces != nil)
    guard !isStopped, !Task.isCancelled else { return }
    var note = note(for: result).map { sentence in
      var extras = MessageExtras()
      extras.failed = true
      extras.inReplyTo = question.message
      return ChatMessage(author: author, purpose: turn.purpose, text: sentence, source: .app, extras: extras)
    }
    // Why an answer broke off stands below it; why another source answers stands above.
    if let said = note, result.reply?.extras.isStopped != true {
      await say(said)
      note = nil
    }
    if let reply = result.reply {
      await keep(
        reply, as: reply.message(id: id, author: author, purpose: turn.purpose, inReplyTo: question.message),
        replacing: question.replaces)
    }
    if let note { await say(note) }
    drafts[author] = nil
  }

  /// Puts a reply into the conversation, with what it suggests.
  func keep(_ reply: TurnResult.Reply, as message: ChatMessage, replacing old: ChatMessage.ID? = nil) async {
    if let old {
      _ = await keep(.revise([old], by: message, inPlace: true, proposing: reply.proposals))
    } else {
      _ = await keep(reply.proposals.isEmpty ? .say(message) : .propose(reply.proposals, with: message))
    }
  }

  /// What the person should know about a turn that did not go to its end.
  private func note(for result: TurnResult) -> String? {
    if let problem = result.problem { return problem.message }
    return result.wasStopped && result.reply == nil ? L("You stopped the answer before it began.") : nil
  }

  func turn(_ kind: AssistantTurn.Kind) -> AssistantTurn {
    var language = settings.language
    if case .chat(let text) = kind, !settings.languageIsChosen { language = WrittenLanguage.of(text) ?? language }
    var turn = AssistantTurn(
      kind: kind, project: project.snapshot, recentTests: tests.all, language: language, hintsOnly: policy.hintsOnly)
    turn.languageIsChosen = settings.languageIsChosen
    return turn
  }

  /// The turn of a question, with the conversation as it was when the question was put.
  private func turn(_ question: Question) -> AssistantTurn {
    var turn = turn(question.kind)
    turn.attached = question.pictures
    turn.question = question.message
    return turn
  }

  /// The network's reply, or why there is none together with what can be said without it.
  ///
  /// - Parameters:
  ///   - message: the id that the reply will have in the conversation.
  ///   - again: there is a reply already.
  func result(of turn: AssistantTurn, as message: ChatMessage.ID, again: Bool = false) async -> TurnResult {
    let request = Task { await self.overNetwork(turn, as: message) }
    requests[turn.author] = request
    var result = await request.value
    requests[turn.author] = nil
    // A reply that is asked for again is not exchanged for a poorer one because the network failed.
    let isAgain = again && result.problem != nil
    guard !isStopped, result.reply == nil, !result.wasStopped, !isAgain else { return result }
    var known = turn
    known.facts = await project.facts()
    if let answer = await offline.answer(to: known) {
      var extras = MessageExtras()
      extras.claims = await OfflineAnswers.offMain { [known] in
        ReplyReading.claims(in: answer.text, turn: known, facts: known.facts)
      }
      result.reply = .init(text: answer.text, source: answer.source, extras: extras)
    }
    return result
  }

  private func overNetwork(_ turn: AssistantTurn, as message: ChatMessage.ID) async -> TurnResult {
    // Without a result there is nothing that a language model could judge.
    let isAnswerable = turn.kind != .askResult || turn.project.test?.prediction != nil
    guard let network, isAnswerable, consent(for: network) != nil else {
      return TurnResult(problem: networkProblem)
    }
    let author = turn.author
    let feed = DraftFeed { [weak self] text in
      // What nobody asked for is shown when it is whole, and known to be new.
      guard let self, !self.isStopped, author != .active else { return }
      self.drafts[author] = Draft(id: message, text: text, host: network.host)
    }
    defer { feed.close() }
    // The project is checked while the network is waited for.
    let facts = Task { [project] in await project.facts() }
    defer { facts.cancel() }
    do {
      let request = NetworkTurn(
        project: project, assistant: network, model: settings.model, abilities: abilities, retrying: retrying
      ) { [weak self] in self?.consent(for: network) == .wordsAndPhotos }
      let reply = try await request.reply(to: turn, onText: { feed.add($0) })
      let known = await facts.value
      let read = await OfflineAnswers.offMain { ReplyReading.read(reply: reply, turn: turn, facts: known) }
      guard !read.text.isEmpty else { throw ReplyError.emptyReply }
      await offline.remember(read.text, for: turn, model: settings.model)
      var extras = MessageExtras()
      extras.claims = read.claims
      extras.notes = reply.notes
      extras.usage = reply.usage
      extras.bytesReceived = reply.bytesReceived
      return TurnResult(
        reply: .init(text: read.text, source: .network, extras: extras, proposals: read.proposals))
    } catch {
      let error = error as? ReplyError ?? .cancelled
      var result = TurnResult(problem: error == .cancelled ? nil : error, wasStopped: error == .cancelled)
      // What was on the screen already is not taken away.
      let said = ReplyText.cleaned(ProposalText.visible(feed.raw), isComplete: false)
      if !said.isEmpty, author != .active {
        var extras = MessageExtras()
        extras.isStopped = true
        result.reply = .init(text: said, source: .network, extras: extras)
      }
      return result
    }
  }
}
