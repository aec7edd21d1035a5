// Why the assistant over the network gave no answer, as sentences that a person can act on. A value; any thread.
// None of them carries the key, the request or the server's own words, which nobody has checked.

/// The one error of asking an assistant over the network.
public enum ReplyError: Error, Sendable, Equatable {
  case badAddress
  case unusableKey
  case nameNotFound(host: String)
  case refused(host: String)
  case notSecure(host: String)
  /// The server's certificate is not one that this computer trusts.
  case untrusted(host: String)
  /// The file with the school's own certificates cannot be used.
  case badCertificateFile
  case timeout(host: String)
  case interrupted(host: String)
  case movedElsewhere(host: String)
  case wrongKey
  case modelMissing(String?)
  case requestNotAccepted(status: Int)
  /// The server cannot do something that the request asked for; `NetworkTurn` then asks without it.
  case lacks(ServerFeature, status: Int)
  /// The server takes so many pictures in one question and no more.
  case tooManyPictures(limit: Int)
  /// `retryAfter`: seconds that the server wants to be left alone, where it said so.
  case tooManyRequests(retryAfter: Int? = nil)
  case serverError(status: Int, retryAfter: Int? = nil)
  case notJSON(host: String)
  case emptyReply
  case replyTooLong
  case cancelled
  /// The ledger could not be written, so nothing was sent.
  case notRecorded
  case prompt(PromptError)

  /// One sentence for the person at the screen, with the next step.
  public var message: String {
    switch self {
    case .badAddress:
      L("This is not a web address. Please write the assistant's address like https://example.org/v1.")
    case .unusableKey:
      L("The assistant's key has characters that a key cannot have. Please copy it again into the preferences.")
    case .nameNotFound(let host):
      L("The name {host} was not found. Please check the internet connection and the assistant's address.",
        ["host": host])
    case .refused(let host):
      L("Nobody answers at {host}. Please check that the assistant's server is running.", ["host": host])
    case .notSecure(let host):
      L("The connection to {host} could not be made secure, so nothing was sent. Please check the address.",
        ["host": host])
    case .untrusted(let host):
      L(
        "The certificate of {host} is not one that this computer trusts, so nothing was sent. If your school has its "
          + "own certificates, choose their file in the preferences.", ["host": host])
    case .badCertificateFile:
      L("The file with your own certificates cannot be read. Please choose a PEM file in the preferences.")
    case .timeout(let host):
      L("The assistant at {host} took too long to answer. Please try again in a while.", ["host": host])
    case .interrupted(let host):
      L("The connection to {host} broke off. Please try again.", ["host": host])
    case .movedElsewhere(let host):
      L("{host} sends us to another address, which we do not follow. Please correct the address in the preferences.",
        ["host": host])
    case .wrongKey:
      L("The assistant does not accept the key. Please check the key in the preferences.")
    case .modelMissing(let model?):
      L("The assistant does not know the model {model}. Please choose another one in the preferences.", ["model": model])
    case .modelMissing(nil):
      L("The assistant does not know this address or model. Please choose a model in the preferences.")
    case .requestNotAccepted(let status):
      L("The assistant does not accept the question (code {status}). Perhaps its model cannot look at photos.",
        ["status": status])
    case .lacks(.pictures, let status):
      L("This assistant cannot look at photos (code {status}). Please choose a model that can, in the preferences.",
        ["status": status])
    case .tooManyPictures(let limit):
      LN("The assistant looks at {count} picture a question at most.",
        "The assistant looks at {count} pictures a question at most.", limit)
    case .lacks(_, let status):
      L("The assistant does not accept the question (code {status}). Perhaps its model cannot look at photos.",
        ["status": status])
    case .tooManyRequests:
      L("The assistant got too many questions. Please wait a minute and try again.")
    case .serverError(let status, _):
      L("The assistant's server has a problem of its own (code {status}). Please try again later.",
        ["status": status])
    case .notJSON(let host):
      L("The answer from {host} could not be understood. Please check the assistant's address.", ["host": host])
    case .emptyReply:
      L("The assistant gave an empty answer. Please ask again in other words.")
    case .replyTooLong:
      L("The assistant's answer was too long to be read. Please ask again.")
    case .cancelled:
      L("The question was taken back.")
    case .notRecorded:
      L("The project could not note what would be sent, so nothing was sent. Please check that the disk is not full.")
    case .prompt(let error):
      error.message
    }
  }
}

/// What not every OpenAI-compatible server can do.
public enum ServerFeature: String, Sendable, Codable, CaseIterable {
  /// `image_url` parts.
  case pictures
  /// `tools`.
  case tools
  /// `stream`.
  case streaming
  /// `stream_options`.
  case usage
}
