// One POST as a value, and what came of it. Any thread.

import Foundation

/// How long to wait for what, in seconds.
public struct NetworkPatience: Sendable, Equatable {
  public var connect: Int
  /// Until the first byte of the answer, without anything moving. Long, because a small computer loads a model and
  /// looks at every picture before its first word.
  public var firstByte: Int
  /// Between two pieces of the answer.
  public var stall: Int
  public var total: Int

  public init(connect: Int = 15, firstByte: Int = 180, stall: Int = 60, total: Int = 900) {
    self.connect = connect
    self.firstByte = firstByte
    self.stall = stall
    self.total = total
  }
}

struct HTTPRequest: Sendable {
  let url: String
  let host: String
  let bearer: Secret?
  /// True for this computer: a proxy would see what must not leave.
  let avoidsProxy: Bool
  /// Certificates (PEM) that are trusted besides the system's.
  let certificates: Data?
  let patience: NetworkPatience
  let body: Data
}

/// What an answer begins and ends with; its body went to the receiver piece by piece.
struct HTTPAnswer: Sendable, Equatable {
  var status: Int
  /// As the server wrote it.
  var retryAfter: String?
  /// Bytes of the body.
  var received: Int
}

/// What the receiver of a body wants next.
enum HTTPVerdict: Sendable {
  case more
  /// The answer is complete: hang up, all is well.
  case enough
  /// The answer is useless.
  case refuse(ReplyError)
}

/// A request on its way: with who reads the body, and who hears of the end.
struct HTTPOrder: Sendable {
  let request: HTTPRequest
  let cancelled: CancellationFlag
  /// Gets the status and a piece of the body, on the engine's thread. Must be quick.
  let receive: @Sendable (Int, Data) -> HTTPVerdict
  /// Called once.
  let finish: @Sendable (Result<HTTPAnswer, ReplyError>) -> Void
}
