// Proposals in the file: kept with the message that brought them, applied as one step of undo, or dismissed.
// Runs on the store's actor. Rows of a stranger's file are checked before they are believed.

import Foundation

extension ProjectStore {
  /// Says `message` and keeps the changes that it suggests, in one transaction.
  func propose(_ changes: [Proposal.Change], with message: ChatMessage) throws {
    try say(message)
    try keep(changes, of: message)
  }

  /// Keeps the changes that a message suggests; the message is in the file already.
  func keep(_ changes: [Proposal.Change], of message: ChatMessage) throws {
    guard !changes.isEmpty else { return }
    let names = Dictionary(uniqueKeysWithValues: try readCategories().map { ($0.id, $0.name) })
    for change in changes {
      let own = names.filter { change.categories.contains($0.key) }
      try database.run(
        """
        INSERT INTO proposal (id, sequence, message_id, change, names, state)
        VALUES (?, (SELECT coalesce(max(sequence), 0) + 1 FROM proposal), ?, ?, ?, 'waiting')
        """,
        [
          .text(UUID().uuidString), .text(message.id.uuidString), .text(try Self.encoded(change)),
          .text(try Self.encoded(own)),
        ])
      try log("propose", ["author": message.author.rawValue, "change": change.kind.rawValue], isActivity: false)
    }
  }

  /// All proposals in the order of the conversation; one that waits but cannot be made now is outdated.
  func readProposals(for project: ProjectSnapshot) throws -> [Proposal] {
    var proposals: [Proposal] = []
    try database.rows(
      """
      SELECT id, message_id, change, names, state FROM proposal
      WHERE message_id NOT IN (SELECT id FROM message WHERE superseded = 1) ORDER BY sequence
      """
    ) { row in
      guard let id = UUID(uuidString: row.text(0)), let message = UUID(uuidString: row.text(1)),
        let change = try? Self.decoded(Proposal.Change.self, row.text(2)),
        var state = Proposal.State(rawValue: row.text(4))
      else { return }
      if state == .waiting, !ProposalCheck(change, in: project).isPossible { state = .outdated }
      proposals.append(
        Proposal(
          id: id, message: message, change: change, state: state,
          names: (try? Self.decoded([CategoryID: String].self, row.text(3))) ?? [:]))
    }
    return proposals
  }

  /// Makes the change of a waiting proposal. Returns its steps, all under one title, the state of the card among them.
  ///
  /// - Throws: ``ProjectError/proposalOutdated(reason:)`` where it cannot be made now; nothing is changed then.
  func applyProposal(_ id: Proposal.ID) throws -> [UndoEntry] {
    let project = try readSnapshot()
    guard let proposal = project.proposals.first(where: { $0.id == id }),
      proposal.state == .waiting || proposal.state == .outdated
    else { return [] }
    let photos: [PhotoID]
    switch ProposalCheck(proposal.change, in: project) {
    case .possible(let moving): photos = moving
    case .impossible(let reason): throw ProjectError.proposalOutdated(reason: reason)
    }
    let title = UndoTitle.applyProposal(proposal.change.kind)
    var steps = try make(proposal.change, photos: photos)
    // A test cannot be taken back, so neither can the card that asked for it.
    let isUndoable = !steps.isEmpty
    try take(.setProposal(id, .applied))
    steps.append(UndoEntry(title: title, forward: .setProposal(id, .applied), backward: .setProposal(id, .waiting)))
    try log("apply proposal", ["proposal": id.uuidString, "change": proposal.change.kind.rawValue], isActivity: false)
    return isUndoable ? steps.map { UndoEntry(title: title, forward: $0.forward, backward: $0.backward) } : []
  }

  private func make(_ change: Proposal.Change, photos: [PhotoID]) throws -> [UndoEntry] {
    let operations: [Operation]
    switch change {
    case .createCategory(let name): operations = [.addCategory(name: name)]
    case .renameCategory(let id, let name): operations = [.renameCategory(id, to: name)]
    case .mergeCategories(let ids, let target, let name):
      let sources = ids.filter { $0 != target }.reduce(into: [CategoryID]()) { if !$0.contains($1) { $0.append($1) } }
      operations = [.movePhotos(photos, to: target)] + sources.map { .removeCategory($0) }
        + (name.map { [.renameCategory(target, to: $0)] } ?? [])
    case .splitCategory(_, _, let name):
      let made = try apply(.addCategory(name: name))
      guard case .showCategory(let new)? = made.first?.forward else { return made }
      return made + (try apply(.movePhotos(photos, to: new)))
    case .removeCategory(let id): operations = [.removeCategory(id)]
    case .movePhotos(_, let target): operations = [.movePhotos(photos, to: target)]
    case .removePhotos: operations = [.removePhotos(photos)]
    case .addTest: operations = []
    }
    return try operations.flatMap(apply)
  }

  /// Puts a waiting proposal aside; if it came unasked, that says something about the advice as well.
  func dismissProposal(_ id: Proposal.ID) throws -> [UndoEntry] {
    let waiting = try database.value(
      "SELECT message_id FROM proposal WHERE id = ? AND state = 'waiting'", [.text(id.uuidString)])
    guard let text = waiting.text, let message = UUID(uuidString: text) else { return [] }
    try take(.setProposal(id, .dismissed))
    try log("dismiss proposal", ["proposal": id.uuidString], isActivity: false)
    try dismissAdvice(message)
    return [
      UndoEntry(
        title: .dismissProposal, forward: .setProposal(id, .dismissed), backward: .setProposal(id, .waiting))
    ]
  }

  func setProposal(_ id: Proposal.ID, _ state: Proposal.State) throws {
    try database.run("UPDATE proposal SET state = ? WHERE id = ?", [.text(state.rawValue), .text(id.uuidString)])
  }

  // MARK: Advice

  /// Notes that the person put a piece of advice aside.
  func dismissAdvice(_ id: ChatMessage.ID) throws {
    guard try database.value("SELECT author FROM message WHERE id = ?", [.text(id.uuidString)]).text
      == ChatMessage.Author.active.rawValue
    else { return }
    try database.run(
      "INSERT OR IGNORE INTO dismissed_advice (message_id, at) VALUES (?, ?)",
      [.text(id.uuidString), .real(now().timeIntervalSince1970)])
    try log("dismiss advice", ["message": id.uuidString], isActivity: false)
  }

  func readDismissedAdvice() throws -> [ChatMessage.ID: Date] {
    var dismissed: [ChatMessage.ID: Date] = [:]
    try database.rows("SELECT message_id, at FROM dismissed_advice") { row in
      if let id = UUID(uuidString: row.text(0)) { dismissed[id] = Date(timeIntervalSince1970: row.real(1)) }
    }
    return dismissed
  }
}
