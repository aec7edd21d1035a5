// What becomes of a complete reply: words to show, claims about the project that were checked, and suggested changes.
// Any thread but the main one. The reply is a stranger's text; nothing in it is carried out here or anywhere else
// unless a person presses Apply.

import Foundation

/// A reply, taken apart.
public struct ReadReply: Sendable, Equatable {
  /// Cleaned, without blocks of JSON; never empty.
  public var text: String
  /// In the order of the text; they do not overlap. Offsets count Unicode scalars of ``text``.
  public var claims: [Claim]
  /// What `Operation.propose` stores with the message; at most a handful.
  public var proposals: [Proposal.Change]
}

public enum ReplyReading {
  /// Reads a complete reply.
  ///
  /// - Parameters:
  ///   - text: the words as they came, not cleaned yet.
  ///   - calls: tool calls; `arguments` is the text of a JSON object.
  ///   - turn: the moment that the reply answers; its project is what the model was told about.
  ///   - facts: what the words are compared with.
  ///   - allowsProposals: false where a teacher wants hints only; what is suggested is then dropped.
  /// - Returns: nil where nothing is left to show.
  public static func read(
    text: String, calls: [(name: String, arguments: String)], turn: AssistantTurn, facts: ProjectFacts,
    allowsProposals: Bool = true
  ) -> ReadReply? {
    let written = ProposalText(text)
    var suggested = calls.prefix(ProposalParsing.mostCalls).compactMap { call in
      JSONValue(untrusted: call.arguments, limit: ProposalParsing.longestArguments).map { (call.name, $0) }
    }
    suggested += written.calls
    let proposals = allowsProposals ? ProposalParsing(project: turn.project).changes(suggested) : []
    var words = ReplyText.cleaned(written.words)
    if words.isEmpty, !proposals.isEmpty { words = ProposalPhrases(language: turn.language).onlyCards }
    guard !words.isEmpty else { return nil }
    return ReadReply(text: words, claims: Receipts(facts: facts, turn: turn).claims(in: words), proposals: proposals)
  }
}

/// What stands over cards that came without a word.
struct ProposalPhrases: Sendable {
  private let ja: Bool

  init(language: String) { ja = language.lowercased().hasPrefix("ja") }

  var onlyCards: String { ja ? "こうしてみてはどうでしょう？" : "How about this?" }
}
