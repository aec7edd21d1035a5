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
  /// What only some messages have; read it through the properties below.
  public var extras: MessageExtras

  public init(
    id: UUID = UUID(), author: Author, purpose: Purpose, text: String, source: Source? = nil, date: Date = Date(),
    extras: MessageExtras = MessageExtras()
  ) {
    self.id = id
    self.author = author
    self.purpose = purpose
    self.text = text
    self.source = source
    self.date = date
    self.extras = extras
  }

  /// What the text says about the project, checked.
  public var claims: [Claim] { extras.claims }
  /// How many pictures the user attached.
  public var pictures: Int { extras.pictures }
  /// The person stopped it, or the connection broke off: these are the words that had come by then.
  public var isStopped: Bool { extras.isStopped }
  /// A note of the app that the message ``inReplyTo`` got no answer and can be sent again.
  public var failed: Bool { extras.failed }
  /// The user's message that this one answers; nil for advice and for messages of old projects.
  public var inReplyTo: UUID? { extras.inReplyTo }
  /// What the server could not do for this reply.
  public var notes: [ReplyNote] { extras.notes }
  /// Tokens, where the server counted them.
  public var usage: TokenUsage? { extras.usage }
}

/// What only some messages have: kept as JSON beside the message, so that a new field needs no new column.
public struct MessageExtras: Sendable, Equatable, Codable {
  public var claims: [Claim] = []
  public var pictures = 0
  public var isStopped = false
  public var failed = false
  public var inReplyTo: UUID?
  /// The category that an "Ask the assistant" was about.
  public var category: CategoryID?
  public var notes: [ReplyNote] = []
  public var usage: TokenUsage?
  public var bytesReceived: Int?

  public init() {}

  /// True where there is nothing to keep.
  public var isEmpty: Bool { self == MessageExtras() }

  /// Fields that a file lacks, or has in a form that nobody knows, are as if they had not been said.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys, _ type: Value.Type) -> Value? {
      (try? container.decodeIfPresent(type, forKey: key)) ?? nil
    }
    claims = value(.claims, [Claim].self) ?? []
    pictures = max(0, value(.pictures, Int.self) ?? 0)
    isStopped = value(.isStopped, Bool.self) ?? false
    failed = value(.failed, Bool.self) ?? false
    inReplyTo = value(.inReplyTo, UUID.self)
    category = value(.category, CategoryID.self)
    notes = value(.notes, [ReplyNote].self) ?? []
    usage = value(.usage, TokenUsage.self)
    bytesReceived = value(.bytesReceived, Int.self)
  }
}
