// Reads what a server answers to a chat request while it arrives: a stream of events, or one JSON document from servers
// that do not stream. A value; any thread. The bytes come from outside: nothing about them is trusted.

import Foundation

struct ChatReply {
  /// The longest answer that is read, in bytes. A stream carries some 250 bytes around each word.
  static let documentLimit = 1 << 20
  static let streamLimit = 8 << 20
  /// The longest text, in bytes; the panel shows a small part of it.
  static let textLimit = 256 << 10
  static let toolCallLimit = 200

  private enum Form { case unknown, document, events }

  let host: String
  private var form = Form.unknown
  private var document = Data()
  private var events = ServerSentEvents()
  private var received = 0
  private var reply = NetworkReply(text: "")
  private var calls: [Int: ToolCall] = [:]
  /// The model said that it is done; after that, a missing end of the stream is no loss.
  private var hasFinished = false
  private var hasChoices = false
  private var failure: ReplyError?

  init(host: String) { self.host = host }

  /// True where the words come one by one.
  var isStream: Bool { form == .events }

  /// Takes the next bytes of the body.
  ///
  /// - Returns: the words that they complete, and whether the answer ends here.
  mutating func take(_ bytes: Data) throws(ReplyError) -> (words: String, isDone: Bool) {
    received += bytes.count
    var bytes = bytes
    if form == .unknown {
      document.append(bytes)
      guard let form = Self.form(of: document) else { return ("", false) }
      self.form = form
      bytes = document
      document = Data()
    }
    guard received <= (form == .document ? Self.documentLimit : Self.streamLimit) else { throw .replyTooLong }
    if form == .document {
      document.append(bytes)
      // A page for people: a captive portal, or an address that is no chat server's.
      if document.first(where: { !Self.white.contains($0) }) == UInt8(ascii: "<") { throw .notJSON(host: host) }
      return ("", false)
    }
    var words = ""
    for event in try read({ events throws(ServerSentEvents.Failure) in try events.take(bytes) }) {
      do throws(ReplyError) {
        guard try !take(event: event, &words) else { return (words, true) }
      } catch {
        // Words that came in the same piece of the stream are shown first; `finish` then says what went wrong.
        guard !words.isEmpty else { throw error }
        failure = error
        return (words, true)
      }
    }
    return (words, false)
  }

  /// The whole reply, once the server has hung up or said that it is done.
  mutating func finish() throws(ReplyError) -> NetworkReply {
    if let failure { throw failure }
    var words = ""
    switch form {
    case .unknown: throw received == 0 ? .emptyReply : .notJSON(host: host)
    case .document: try take(document: document, &words)
    case .events:
      if !hasFinished, let event = try read({ events throws(ServerSentEvents.Failure) in try events.finish() }) {
        _ = try take(event: event, &words)
      }
      guard events.looksLikeEvents else { throw .notJSON(host: host) }
      guard hasFinished else { throw .interrupted(host: host) }
    }
    reply.toolCalls = calls.sorted { $0.key < $1.key }.map(\.value)
    reply.bytesReceived = received
    let hasWords = !reply.text.allSatisfy(\.isWhitespace)
    guard hasWords || !reply.toolCalls.isEmpty else { throw .emptyReply }
    return reply
  }

  private static let white: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]

  /// Nil while only white space came.
  private static func form(of start: Data) -> Form? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if start.count < mark.count, start.elementsEqual(mark.prefix(start.count)) { return nil }
    let text = start.starts(with: mark) ? start.dropFirst(mark.count) : start
    guard let first = text.first(where: { !white.contains($0) }) else { return nil }
    return [UInt8(ascii: "d"), UInt8(ascii: ":"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "r")]
      .contains(first) ? .events : .document
  }

  private mutating func read<Value>(
    _ body: (inout ServerSentEvents) throws(ServerSentEvents.Failure) -> Value
  ) throws(ReplyError) -> Value {
    do { return try body(&events) } catch { throw error == .lineTooLong ? .replyTooLong : .notJSON(host: host) }
  }

  // MARK: Reading

  /// True where the stream says that it is over.
  private mutating func take(event: String, _ words: inout String) throws(ReplyError) -> Bool {
    if event.trimmingCharacters(in: .whitespaces) == "[DONE]" {
      // Some servers never give a reason, but all mark the end.
      if hasChoices { hasFinished = true }
      return true
    }
    guard let fields = JSONValue(untrusted: event, limit: Self.documentLimit)?.fields else {
      throw .notJSON(host: host)
    }
    try take(fields, part: "delta", &words)
    return false
  }

  private mutating func take(document: Data, _ words: inout String) throws(ReplyError) {
    guard let fields = (try? JSONDecoder().decode(JSONValue.self, from: document))?.fields else {
      throw .notJSON(host: host)
    }
    try take(fields, part: "message", &words)
    guard fields["choices"]?.list != nil else { throw .notJSON(host: host) }
  }

  private mutating func take(_ fields: [String: JSONValue], part: String, _ words: inout String) throws(ReplyError) {
    if let error = fields["error"], error != .null { throw Self.problem(in: error) }
    if let usage = fields["usage"]?.fields, let prompt = usage["prompt_tokens"]?.wholeNumber {
      reply.usage = TokenUsage(
        prompt: Int(max(0, prompt)), completion: Int(max(0, usage["completion_tokens"]?.wholeNumber ?? 0)))
    }
    // One answer was asked for; a server that gives several is read up to the first.
    guard let choice = fields["choices"]?.list?.compactMap(\.fields).first(where: { ($0["index"]?.wholeNumber ?? 0) == 0 })
    else { return }
    hasChoices = true
    if let reason = choice["finish_reason"], reason != .null { hasFinished = true }
    guard let piece = (choice[part] ?? choice["message"])?.fields else { return }
    let text = Self.text(piece["content"])
    guard reply.text.utf8.count + text.utf8.count <= Self.textLimit else { throw .replyTooLong }
    reply.text += text
    words += text
    for (number, call) in (piece["tool_calls"]?.list ?? []).compactMap(\.fields).enumerated() { add(call, number) }
  }

  /// A string, or pieces of which the words count.
  private static func text(_ content: JSONValue?) -> String {
    if let pieces = content?.list { return pieces.compactMap { $0.fields?["text"]?.text }.joined(separator: "\n") }
    return content?.text ?? ""
  }

  /// A tool call comes whole, or its arguments come in pieces under one index.
  private mutating func add(_ call: [String: JSONValue], _ number: Int) {
    let index = Int(call["index"]?.wholeNumber ?? Int64(number))
    guard calls[index] != nil || calls.count < Self.toolCallLimit, let function = call["function"]?.fields else { return }
    var known = calls[index] ?? ToolCall(name: "", arguments: "")
    if known.name.isEmpty { known.name = String((function["name"]?.text ?? "").prefix(100)) }
    let arguments = function["arguments"]
    if let text = arguments?.text {
      guard known.arguments.utf8.count + text.utf8.count <= Self.textLimit else { return }
      known.arguments += text
    } else if let object = arguments, object.fields != nil, let data = try? JSONEncoder().encode(object) {
      // The protocol says a string; some servers give the object itself.
      known.arguments = String(decoding: data, as: UTF8.self)
    }
    calls[index] = known
  }

  // MARK: Refusals

  /// An error that comes with status 200, in the middle of a stream or instead of an answer.
  private static func problem(in error: JSONValue) -> ReplyError {
    let status = error.fields?["code"]?.wholeNumber.flatMap { (400...599).contains($0) ? Int($0) : nil } ?? 500
    let body = (try? JSONEncoder().encode(error)) ?? Data()
    if let feature = ServerComplaint.feature(status: status, body: body) { return .lacks(feature, status: status) }
    return status == 429 ? .tooManyRequests() : .serverError(status: status)
  }

  /// What a status code and the words with it mean for the person; nil for success.
  static func problem(
    status: Int, body: Data = Data(), retryAfter: String? = nil, host: String, model: String?
  ) -> ReplyError? {
    if ServerComplaint.isModelMissing(status: status, body: body) { return .modelMissing(model) }
    if let limit = ServerComplaint.pictureLimit(status: status, body: body), limit > 0 {
      return .tooManyPictures(limit: limit)
    }
    if let feature = ServerComplaint.feature(status: status, body: body) { return .lacks(feature, status: status) }
    let seconds = retryAfter.flatMap { RetryAfter.seconds($0) }
    switch status {
    case 200..<300: return nil
    case 300..<400: return .movedElsewhere(host: host)
    case 401, 403: return .wrongKey
    case 404: return .modelMissing(model)
    case 408, 504: return .timeout(host: host)
    case 429: return .tooManyRequests(retryAfter: seconds)
    case 400..<500: return .requestNotAccepted(status: status)
    default: return .serverError(status: status, retryAfter: seconds)
    }
  }
}
