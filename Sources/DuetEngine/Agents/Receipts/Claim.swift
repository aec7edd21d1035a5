// What an assistant's words claim about the project, checked, and what a click on it shows. Values; any thread.

import Foundation

/// What the development area marks for a moment.
public enum Highlight: Sendable, Equatable, Codable {
  case photos([PhotoID])
  case category(CategoryID)
  /// The category's bar in the test area.
  case bar(CategoryID)
  /// The test area as a whole.
  case test
}

/// A piece of a message that says something about the project which can be looked up.
public struct Claim: Sendable, Equatable, Codable {
  public enum Verdict: Sendable, Equatable, Codable {
    case confirmed
    /// The true fact, as a sentence.
    case contradicted(String)
  }

  /// Place in the message's text: `lower..<upper`, counted in Unicode scalars.
  public let lower: Int
  public let upper: Int
  public let verdict: Verdict
  /// What "show me" marks; nil where there is nothing to mark.
  public let shows: Highlight?

  public init(lower: Int, upper: Int, verdict: Verdict, shows: Highlight?) {
    self.lower = lower
    self.upper = upper
    self.verdict = verdict
    self.shows = shows
  }
}
