// Asks a language model over the network: one attempt a call, words as they arrive. The only code of the app that opens
// a socket for the assistants, made only when an address is configured. Any thread; the transfers have their own.

import Foundation
import Synchronization

public final class NetworkReplySource: NetworkAssistant {
  public let host: String
  public let isThisComputer: Bool
  let url: String
  private let model: String?
  private let apiKey: Secret?
  private let patience: NetworkPatience
  private let certificates: Data?

  /// Opens nothing yet; reads the file of certificates.
  /// - Parameters:
  ///   - baseURL: such as `https://api.example.org/v1`; `/chat/completions` is added where it is missing.
  ///   - certificateFile: certificates (PEM) that are trusted besides the system's: a school's own, for instance.
  /// - Throws: `.badAddress`, `.unusableKey`, `.badCertificateFile`.
  public init(
    baseURL: String, model: String?, apiKey: String?, certificateFile: String? = nil,
    patience: NetworkPatience = .init()
  ) throws(ReplyError) {
    let address = try AssistantAddress(baseURL)
    let key = apiKey?.trimmingCharacters(in: .whitespacesAndNewlines)
    if let key, !key.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) { throw .unusableKey }
    url = address.completionsURL
    host = address.host
    isThisComputer = address.isThisComputer
    self.model = model
    self.apiKey = key.flatMap { $0.isEmpty ? nil : Secret(value: $0) }
    self.patience = patience
    certificates = try certificateFile.map { path throws(ReplyError) in try CertificateFile.read(path) }
  }

  public func reply(
    to body: Data, onText: @escaping @Sendable (String) -> Void
  ) async throws(ReplyError) -> NetworkReply {
    let reception = Reception(host: host)
    let request = HTTPRequest(
      url: url, host: host, bearer: apiKey, avoidsProxy: isThisComputer, certificates: certificates,
      patience: patience, body: body)
    let answer = try await HTTPEngine.shared.send(request) { reception.take($1, status: $0, onText: onText) }.get()
    return try reception.finish(answer, model: model, onText: onText)
  }

  /// The answer so far. The engine's thread fills it, the task that waits reads it afterwards.
  private final class Reception: Sendable {
    /// How much of a refusal is kept, in bytes.
    private static let refusalLimit = 8_192
    private let state: Mutex<(reply: ChatReply, refusal: Data)>
    private let host: String

    init(host: String) {
      self.host = host
      state = Mutex((ChatReply(host: host), Data()))
    }

    func take(_ bytes: Data, status: Int, onText: (String) -> Void) -> HTTPVerdict {
      let outcome: Result<(words: String, isDone: Bool), ReplyError> = state.withLock { state in
        guard (200..<300).contains(status) else {
          state.refusal.append(bytes.prefix(Self.refusalLimit - state.refusal.count))
          return .success(("", state.refusal.count >= Self.refusalLimit))
        }
        do throws(ReplyError) {
          return .success(try state.reply.take(bytes))
        } catch {
          return .failure(error)
        }
      }
      switch outcome {
      case .failure(let error): return .refuse(error)
      case .success(let news):
        if !news.words.isEmpty { onText(news.words) }
        return news.isDone ? .enough : .more
      }
    }

    func finish(_ answer: HTTPAnswer, model: String?, onText: (String) -> Void) throws(ReplyError) -> NetworkReply {
      let outcome: Result<(NetworkReply, streamed: Bool), ReplyError> = state.withLock { state in
        if let problem = ChatReply.problem(
          status: answer.status, body: state.refusal, retryAfter: answer.retryAfter, host: host, model: model)
        {
          return .failure(problem)
        }
        do throws(ReplyError) {
          return .success((try state.reply.finish(), state.reply.isStream))
        } catch {
          return .failure(error)
        }
      }
      let (reply, streamed) = try outcome.get()
      if !streamed { onText(reply.text) }
      return reply
    }
  }
}

/// A file of certificates that a person chose.
enum CertificateFile {
  /// A school has one or two; a whole system's bundle has 200 KB.
  private static let limit = 4 << 20

  static func read(_ path: String) throws(ReplyError) -> Data {
    let url = URL(fileURLWithPath: path)
    guard let size = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize, size <= limit,
      let data = try? Data(contentsOf: url), data.range(of: Data("-----BEGIN CERTIFICATE-----".utf8)) != nil
    else { throw .badCertificateFile }
    return data
  }
}
