// Answers that need no network: an earlier reply to the same, a saved reply of the demo, or a fact.
// Reads files, so it works on a Dispatch queue of its own; callers on any actor just wait.

import Foundation

public struct OfflineAnswers: Sendable {
  public struct Answer: Sendable, Equatable {
    public var text: String
    public var source: ChatMessage.Source
  }

  let cache: ReplyCache
  /// From a language to its saved replies; nil where there are none.
  let saved: @Sendable (String) -> SavedReplies?

  private static let queue = DispatchQueue(label: "duetml.assistant.offline", qos: .userInitiated)

  public init(
    cache: ReplyCache = ReplyCache(),
    saved: @escaping @Sendable (String) -> SavedReplies? = { try? SavedReplies.load(language: $0) }
  ) {
    self.cache = cache
    self.saved = saved
  }

  /// Never nil for a question; nil for a look that has nothing new to say.
  public func answer(to turn: AssistantTurn) async -> Answer? {
    await Self.offMain { answerHere(to: turn) }
  }

  func remember(_ reply: String, for turn: AssistantTurn, model: String?) async {
    await Self.offMain { cache.store(reply, for: ReplyMeaning(turn), model: model) }
  }

  private func answerHere(to turn: AssistantTurn) -> Answer? {
    // Advice that was given is never given again; an answer may be, if it is asked for again.
    let isLook = turn.kind == .look
    let said = isLook ? Set(turn.project.messages.filter { $0.author != .user }.map(\.text)) : []
    func isNew(_ text: String) -> Bool { !isLook || !ActiveRules.isRepeat(text, in: turn.project) }
    if let text = cache.reply(for: ReplyMeaning(turn), except: said), isNew(text) {
      return Answer(text: text, source: .cache)
    }
    if let text = saved(turn.language)?.reply(to: turn), isNew(text) { return Answer(text: text, source: .cache) }
    return Coach.answer(to: turn).map { Answer(text: $0, source: .coach) }
  }

  static func offMain<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }
}
