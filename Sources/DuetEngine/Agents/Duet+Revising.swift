// Second thoughts: stop a reply, ask for another one, edit a message and send it again. Nothing that was said is
// deleted: superseded lines stay in the file and in the study log. Main actor.

import Foundation

extension Duet {
  /// Stops the replies that are being written. What was said so far is kept, marked as stopped.
  public func stopReply() {
    for request in requests.values { request.cancel() }
  }

  /// Asks again for the reply `id`. The new one takes its place once it is there.
  public func regenerate(_ id: ChatMessage.ID) {
    let messages = project.snapshot.messages
    guard !policy.assistantsOff, let place = messages.firstIndex(where: { $0.id == id }),
      messages[place].author == .passive,
      let asked = question(answeredBy: messages[place], in: messages[..<place]), let kind = kind(of: asked)
    else { return }
    passiveTurns += 1
    let question = Question(kind: kind, message: asked.id, pictures: attached[asked.id] ?? [], replaces: id)
    answer(question, after: nil) { [weak self] in
      self?.project.snapshot.messages.contains { $0.id == id } ?? false
    }
  }

  /// Sends the user's message `id` again, with other words or the same. What came after it is superseded.
  public func resend(_ id: ChatMessage.ID, text: String) {
    let messages = project.snapshot.messages
    let text = ReplyText.typed(text)
    guard !policy.assistantsOff, let place = messages.firstIndex(where: { $0.id == id }),
      messages[place].author == .user,
      let kind = kind(of: messages[place])
    else { return }
    let pictures = attached[id] ?? []
    guard !text.isEmpty || !pictures.isEmpty else { return }
    let later = messages[place...].map(\.id)
    var again = kind
    if case .chat = kind { again = .chat(text) }
    ask(again, words: text.isEmpty ? messages[place].text : text, pictures: pictures, superseding: later)
  }

  private func question(answeredBy reply: ChatMessage, in earlier: ArraySlice<ChatMessage>) -> ChatMessage? {
    if let id = reply.inReplyTo { return earlier.first { $0.id == id } }
    return earlier.last { $0.author == .user }
  }

  /// What a message of the user asked; nil where that category is gone.
  private func kind(of message: ChatMessage) -> AssistantTurn.Kind? {
    switch message.purpose {
    case .chat: return .chat(message.text)
    case .askResult: return .askResult
    case .askCategory:
      guard let id = message.extras.category, project.snapshot.category(id) != nil else { return nil }
      return .askCategory(id)
    case .opening, .advice: return nil
    }
  }
}
