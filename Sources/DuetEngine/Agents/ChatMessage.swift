// One line of the conversation, as it is shown and as the project keeps it. A value; any thread.

import Foundation

public struct ChatMessage: Identifiable, Sendable, Equatable, Codable {
  public enum Author: String, Sendable, Codable {
    case user
    /// Answers when asked.
    case passive
    /// Speaks up on its own.
    case active
  }

  /// What the message was for; tells the two Ask buttons, the chat entry and the opening question apart.
  public enum Purpose: String, Sendable, Codable {
    case opening, chat, askCategory, askResult, advice
  }

  /// Who really wrote an assistant's message. Always shown when it is not the network.
  public enum Source: String, Sendable, Codable {
    case network, cache, coach
    /// Text of the app itself: the opening question, or why no answer came.
    case app
  }

  public let id: UUID
  public let author: Author
  public let purpose: Purpose
  public let text: String
  /// Nil for the user's own messages.
  public let source: Source?
  public let date: Date

  public init(
    id: UUID = UUID(), author: Author, purpose: Purpose, text: String, source: Source? = nil, date: Date = Date()
  ) {
    self.id = id
    self.author = author
    self.purpose = purpose
    self.text = text
    self.source = source
    self.date = date
  }
}
