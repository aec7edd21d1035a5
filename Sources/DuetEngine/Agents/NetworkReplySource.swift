// Asks a language model over the network. The only code of the app that opens a socket for the assistants,
// made only when an address is configured. Its work blocks, so it runs on a Dispatch queue of its own,
// never on the main thread and never on the threads that Swift's tasks share.

import Foundation
import Synchronization

/// How long to wait for what, in seconds.
public struct NetworkPatience: Sendable, Equatable {
  public var connect: Int
  /// Without a single byte moving. Long, because a small computer thinks for minutes before its first word.
  public var stall: Int
  public var total: Int

  public init(connect: Int = 15, stall: Int = 150, total: Int = 300) {
    self.connect = connect
    self.stall = stall
    self.total = total
  }
}

public final class NetworkReplySource: NetworkAssistant {
  public let host: String
  public let isThisComputer: Bool
  let url: String
  private let model: String?
  private let apiKey: String?
  private let patience: NetworkPatience

  /// Concurrent, so that the two assistants never wait for each other.
  private static let queue = DispatchQueue(label: "duetml.assistant.network", qos: .utility, attributes: .concurrent)

  /// Opens nothing yet.
  /// - Parameter baseURL: such as `https://api.example.org/v1`; `/chat/completions` is added where it is missing.
  /// - Throws: `.badAddress`, `.unusableKey`.
  public init(
    baseURL: String, model: String?, apiKey: String?, patience: NetworkPatience = .init()
  ) throws(ReplyError) {
    let address = try AssistantAddress(baseURL)
    let key = apiKey?.trimmingCharacters(in: .whitespacesAndNewlines)
    if let key, !key.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) { throw .unusableKey }
    url = address.completionsURL
    host = address.host
    isThisComputer = address.isThisComputer
    self.model = model
    self.apiKey = key?.isEmpty == false ? key : nil
    self.patience = patience
  }

  public func reply(
    to body: Data, onText: @escaping @Sendable (String) -> Void
  ) async throws(ReplyError) -> NetworkReply {
    let cancelled = CancellationFlag()
    let transfer = HTTPTransfer(
      url: url, host: host, bearer: apiKey, avoidsProxy: isThisComputer, patience: patience, cancelled: cancelled)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Self.queue.async { continuation.resume(returning: transfer.post(body)) }
      }
    } onCancel: {
      cancelled.set()
    }
    let answer = try outcome.get()
    if let problem = ChatReply.problem(status: answer.status, host: host, model: model) { throw problem }
    let text = try ChatReply.text(from: answer.body, host: host)
    onText(text)
    return NetworkReply(text: text, bytesReceived: answer.body.count)
  }
}

/// Raised by whoever gives up waiting, read by the transfer. Any thread.
final class CancellationFlag: Sendable {
  private let raised = Atomic<Bool>(false)
  var isSet: Bool { raised.load(ordering: .relaxed) }
  func set() { raised.store(true, ordering: .relaxed) }
}
