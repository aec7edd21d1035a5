// What becomes of a complete reply: words to show, claims about the project that were checked, and suggested changes.
// Any thread but the main one. The reply is a stranger's text; nothing in it is carried out here or anywhere else
// unless a person presses Apply.

import Foundation

/// A reply, taken apart.
public struct ReadReply: Sendable, Equatable {
  /// Cleaned, without blocks of JSON; empty where there is nothing to show.
  public var text: String
  /// In the order of the text; they do not overlap. Offsets count Unicode scalars of ``text``.
  public var claims: [Claim]
  /// What it suggests; `Operation.propose` keeps them with the message. At most a handful.
  public var proposals: [Proposal.Change]

  public init(text: String, claims: [Claim] = [], proposals: [Proposal.Change] = []) {
    self.text = text
    self.claims = claims
    self.proposals = proposals
  }
}

public enum ReplyReading {
  /// Reads a complete reply.
  ///
  /// - Parameters:
  ///   - reply: as the server gave it; its words not cleaned yet.
  ///   - turn: the moment that the reply answers; its project is what the model was told about.
  ///   - facts: what the words are compared with; nil where the project could not be checked: nothing is claimed then.
  ///
  /// Where a teacher wants hints only, what is suggested is dropped.
  public static func read(reply: NetworkReply, turn: AssistantTurn, facts: ProjectFacts?) -> ReadReply {
    let written = ProposalText(reply.text)
    var suggested = reply.toolCalls.prefix(ProposalParsing.mostCalls).compactMap { call in
      JSONValue(untrusted: call.arguments, limit: ProposalParsing.longestArguments).map { (call.name, $0) }
    }
    suggested += written.calls
    let proposals = turn.hintsOnly ? [] : ProposalParsing(project: turn.project).changes(suggested)
    // Far more than is shown; cleaning a flood of text would only take time.
    var words = ReplyText.cleaned(String(written.words.prefix(10 * ReplyText.limit)))
    if words.isEmpty, !proposals.isEmpty { words = ProposalPhrases(language: turn.language).onlyCards }
    return ReadReply(text: words, claims: claims(in: words, turn: turn, facts: facts), proposals: proposals)
  }

  /// What words that are shown already say about the project: for replies that were saved, or written by the coach.
  public static func claims(in words: String, turn: AssistantTurn, facts: ProjectFacts?) -> [Claim] {
    facts.map { Receipts(facts: $0, recentTests: turn.recentTests).claims(in: words) } ?? []
  }
}

/// What stands over cards that came without a word.
struct ProposalPhrases: Sendable {
  private let ja: Bool

  init(language: String) { ja = language.lowercased().hasPrefix("ja") }

  var onlyCards: String { ja ? "こうしてみてはどうでしょう？" : "How about this?" }
}
