// Where a request to a language model goes and what comes back: the seam between the flow of a turn and the network,
// so that each can be tested alone. Values and a protocol; any thread.

import Foundation

/// One place that answers requests. A reply is one attempt: who asks again, and writes the ledger, is `NetworkTurn`.
public protocol NetworkAssistant: Sendable {
  /// Name or number of the computer that is asked, for consent and for the ledger.
  var host: String { get }
  /// True when that computer is this one, so that nothing leaves it.
  var isThisComputer: Bool { get }
  /// Posts `body` (a ``ChatRequest`` as JSON) and waits for the end of the answer. Cancel the task to hang up.
  ///
  /// - Parameter onText: gets each new piece of the reply's words as they arrive, on any thread, never after the return.
  func reply(to body: Data, onText: @escaping @Sendable (String) -> Void) async throws(ReplyError) -> NetworkReply
}

/// A complete reply, as the server gave it: nothing in it is trusted yet.
public struct NetworkReply: Sendable, Equatable {
  public var text: String
  public var toolCalls: [ToolCall]
  /// Nil where the server does not count.
  public var usage: TokenUsage?
  /// Bytes of the answer's body.
  public var bytesReceived: Int
  public var notes: [ReplyNote]

  public init(
    text: String, toolCalls: [ToolCall] = [], usage: TokenUsage? = nil, bytesReceived: Int = 0, notes: [ReplyNote] = []
  ) {
    self.text = text
    self.toolCalls = toolCalls
    self.usage = usage
    self.bytesReceived = bytesReceived
    self.notes = notes
  }
}

/// A function that the model wants called. The app calls nothing: it shows a card.
public struct ToolCall: Sendable, Equatable {
  public var name: String
  /// JSON, as the model wrote it: untrusted, and perhaps not even JSON.
  public var arguments: String

  public init(name: String, arguments: String) {
    self.name = name
    self.arguments = arguments
  }
}

/// The server's own count of tokens.
public struct TokenUsage: Sendable, Equatable, Codable {
  public var prompt: Int
  public var completion: Int

  public init(prompt: Int, completion: Int) {
    self.prompt = prompt
    self.completion = completion
  }
}

/// What a reply had to do without, for a line below it.
public enum ReplyNote: String, Sendable, Equatable, Codable {
  /// The server does not look at pictures, so it got the words alone.
  case withoutPictures
  /// Some pictures did not fit into the size that one request may have.
  case fewerPictures
  /// The owner has not agreed to send photos, so the attached picture stayed here.
  case attachedPictureKept

  public var sentence: String {
    switch self {
    case .withoutPictures:
      L("This assistant cannot look at photos: it got the names and numbers alone.")
    case .fewerPictures:
      L("Not all photos fitted into one question, so the assistant saw only some of them.")
    case .attachedPictureKept:
      L("Your picture was not sent, because sending photos is not allowed for this project.")
    }
  }
}
