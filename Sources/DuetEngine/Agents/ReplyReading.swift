// From what a server answered to what the conversation keeps. A namespace of pure functions; any thread.

import Foundation

/// A reply after it was read: plain text, and what it says about the project.
public struct ReadReply: Sendable, Equatable {
  public var text: String
  public var claims: [Claim]
  /// What it suggests; waits for the person.
  public var proposals: [Proposal.Change]

  public init(text: String, claims: [Claim] = [], proposals: [Proposal.Change] = []) {
    self.text = text
    self.claims = claims
    self.proposals = proposals
  }
}

public enum ReplyReading {
  /// - Parameter facts: nil where the project could not be checked; then nothing is claimed.
  public static func read(reply: NetworkReply, turn: AssistantTurn, facts: ProjectFacts?) -> ReadReply {
    ReadReply(text: ReplyText.cleaned(reply.text))
  }
}
