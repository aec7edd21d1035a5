// The real client against a real server on this computer: good answers, and every way to fail.

import Foundation
import Synchronization
import Testing

@testable import DuetEngine

@Suite struct NetworkReplySourceTests {
  private static let body = try? ChatRequest(
    model: "tiny", messages: [.init(.user, [.text("Hello"), .picture(Data([1, 2, 3]))])]
  ).encoded()

  private func ask(
    _ server: ChatServer, _ behaviour: String, model: String? = "tiny", key: String? = nil,
    patience: NetworkPatience = .init(connect: 5, firstByte: 20, stall: 20, total: 20)
  ) async throws -> String {
    let source = try NetworkReplySource(
      baseURL: server.address(behaviour), model: model, apiKey: key, patience: patience)
    return try await source.reply(to: try #require(Self.body), onText: { _ in }).text
  }

  private struct Echo: Decodable {
    var path: String
    var key: String?
    var model: String?
    var pictures: Int
  }

  @Test func aGoodAnswerArrives() async throws {
    let server = try ChatServer()
    let reply = try await ask(server, "echo", key: "sk-test")
    let echo = try JSONDecoder().decode(Echo.self, from: Data(reply.utf8))
    #expect(echo.path == "/echo/v1/chat/completions")
    #expect(echo.key == "Bearer sk-test")
    #expect(echo.model == "tiny")
    #expect(echo.pictures == 1)
    #expect(try await ask(server, "pieces") == "One\nTwo")
  }

  @Test func wordsArriveOneByOne() async throws {
    let server = try ChatServer()
    let source = try NetworkReplySource(baseURL: server.address("stream"), model: nil, apiKey: nil)
    let heard = Mutex<[String]>([])
    let request = ChatRequest(model: nil, messages: [.init(.user, text: "Hi")])
    var streaming = request
    streaming.stream = true
    streaming.countsTokens = true
    let reply = try await source.reply(to: try streaming.encoded()) { word in heard.withLock { $0.append(word) } }
    #expect(heard.withLock { $0 } .joined() == "One two three.")
    #expect(reply.text == "One two three." && reply.usage == TokenUsage(prompt: 7, completion: 3))
    #expect(reply.bytesReceived > 100)
    heard.withLock { $0 = [] }
    let plain = try await source.reply(to: try request.encoded()) { word in heard.withLock { $0.append(word) } }
    #expect(plain.text == "One two three." && heard.withLock { $0 } == ["One two three."])
  }

  @Test func theFirstWordDoesNotWaitForTheLast() async throws {
    let server = try ChatServer()
    let source = try NetworkReplySource(baseURL: server.address("pause"), model: nil, apiKey: nil)
    let (words, heard) = AsyncStream<String>.makeStream()
    let task = Task { try await source.reply(to: Data("{}".utf8)) { heard.yield($0) } }
    for await word in words {
      #expect(word == "The first words")
      break
    }
    task.cancel()
    await #expect(throws: ReplyError.cancelled) { try await task.value }
  }

  @Test func severalQuestionsAreUnderWayAtOnce() async throws {
    let server = try ChatServer()
    let waiting = try NetworkReplySource(baseURL: server.address("silent"), model: nil, apiKey: nil)
    let tasks = (0..<3).map { _ in Task { try await waiting.reply(to: Data("{}".utf8), onText: { _ in }) } }
    // Answered while the three wait for theirs.
    #expect(try await ask(server, "stream") == "One two three.")
    for task in tasks {
      task.cancel()
      await #expect(throws: ReplyError.cancelled) { try await task.value }
    }
  }

  @Test func toolCallsArrive() async throws {
    let server = try ChatServer()
    let source = try NetworkReplySource(baseURL: server.address("calls"), model: nil, apiKey: nil)
    let reply = try await source.reply(to: Data("{}".utf8), onText: { _ in })
    #expect(reply.toolCalls == [ToolCall(name: "create_category", arguments: #"{"name":"Birds"}"#)])
  }

  @Test func onlyATrustedCertificateWillDo() async throws {
    let server = try ChatServer(isSecure: true)
    let address = "https://127.0.0.1:\(server.securePort)/stream/v1"
    let body = Data("{}".utf8)
    let stranger = try NetworkReplySource(baseURL: address, model: nil, apiKey: "sk-1")
    await #expect(throws: ReplyError.untrusted(host: "127.0.0.1")) {
      try await stranger.reply(to: body, onText: { _ in })
    }
    #expect(try await server.log().isEmpty, "nothing was sent to a server that nobody vouches for")
    let school = try NetworkReplySource(
      baseURL: address, model: nil, apiKey: nil, certificateFile: server.certificate)
    #expect(try await school.reply(to: body, onText: { _ in }).text == "One two three.")
    #expect(throws: ReplyError.badCertificateFile) {
      try NetworkReplySource(baseURL: address, model: nil, apiKey: nil, certificateFile: #filePath + "x")
    }
  }

  @Test func anIdleAppHasNoNetworkThread() async throws {
    let engine = HTTPEngine()
    #expect(!engine.isAtWork)
    let server = try ChatServer()
    let request = HTTPRequest(
      url: server.address("stream") + "/chat/completions", host: "h", bearer: nil, avoidsProxy: true, certificates: nil,
      patience: .init(), body: Data("{}".utf8))
    for _ in 0..<3 {
      let answer = try await engine.send(request) { _, _ in .more }.get()
      #expect(answer.status == 200)
    }
    while engine.isAtWork { await Task.yield() }
  }

  @Test func noKeyMeansNoHeader() async throws {
    let server = try ChatServer()
    let reply = try await ask(server, "echo", key: "  ")
    #expect(try JSONDecoder().decode(Echo.self, from: Data(reply.utf8)).key == nil)
  }

  @Test func everyStatusHasItsSentence() async throws {
    let server = try ChatServer()
    let expected: [(String, ReplyError)] = [
      ("401", .wrongKey), ("403", .wrongKey), ("404", .modelMissing("tiny")), ("429", .tooManyRequests()),
      ("400", .requestNotAccepted(status: 400)), ("500", .serverError(status: 500)),
      ("503", .serverError(status: 503)), ("504", .timeout(host: "127.0.0.1")),
    ]
    for (status, error) in expected {
      await #expect(throws: error) { try await ask(server, status, key: "sk-secret") }
      #expect(!error.message.contains("sk-secret"))
    }
  }

  @Test func whatIsNoChatAnswerIsRefused() async throws {
    let server = try ChatServer()
    await #expect(throws: ReplyError.notJSON(host: "127.0.0.1")) { try await ask(server, "html") }
    await #expect(throws: ReplyError.notJSON(host: "127.0.0.1")) { try await ask(server, "document") }
    await #expect(throws: ReplyError.notJSON(host: "127.0.0.1")) { try await ask(server, "latin") }
    await #expect(throws: ReplyError.notJSON(host: "127.0.0.1")) { try await ask(server, "half") }
    await #expect(throws: ReplyError.replyTooLong) { try await ask(server, "flood") }
    await #expect(throws: ReplyError.emptyReply) { try await ask(server, "empty") }
    await #expect(throws: ReplyError.emptyReply) { try await ask(server, "none") }
    await #expect(throws: ReplyError.replyTooLong) { try await ask(server, "huge") }
    await #expect(throws: ReplyError.interrupted(host: "127.0.0.1")) { try await ask(server, "cut") }
  }

  @Test func aRedirectIsNotFollowed() async throws {
    let server = try ChatServer()
    await #expect(throws: ReplyError.movedElsewhere(host: "127.0.0.1")) { try await ask(server, "redirect") }
    #expect(server.nextRequest() == "request /redirect/v1/chat/completions")
    // Had it been followed, the next line would be the redirect's target, not this request.
    await #expect(throws: ReplyError.wrongKey) { try await ask(server, "401") }
    #expect(server.nextRequest() == "request /401/v1/chat/completions")
  }

  @Test func aStalledServerIsGivenUp() async throws {
    let server = try ChatServer()
    let cases: [(String, NetworkPatience)] = [
      ("silent", .init(connect: 30, firstByte: 1, stall: 30, total: 30)),
      ("stall", .init(connect: 30, firstByte: 1, stall: 30, total: 30)),
      ("pause", .init(connect: 30, firstByte: 30, stall: 1, total: 30)),
      ("trickle", .init(connect: 30, firstByte: 30, stall: 30, total: 1)),
    ]
    for (behaviour, patience) in cases {
      await #expect(throws: ReplyError.timeout(host: "127.0.0.1"), "\(behaviour)") {
        try await ask(server, behaviour, patience: patience)
      }
    }
  }

  @Test func aClosedPortRefuses() async throws {
    let server = try ChatServer()
    let source = try NetworkReplySource(
      baseURL: "http://127.0.0.1:\(server.closedPort)", model: nil, apiKey: nil)
    await #expect(throws: ReplyError.refused(host: "127.0.0.1")) { try await source.reply(to: Data("{}".utf8), onText: { _ in }) }
  }

  @Test func aNameThatCannotExistIsNotFound() async throws {
    // The domain "invalid" is reserved: no name below it is ever given out.
    let source = try NetworkReplySource(
      baseURL: "http://assistant.invalid/v1", model: nil, apiKey: nil,
      patience: .init(connect: 10, firstByte: 10, stall: 10, total: 10))
    do {
      _ = try await source.reply(to: Data("{}".utf8), onText: { _ in })
      Issue.record("an answer from nowhere")
    } catch {
      // Where a proxy stands between, it is the proxy that answers for the name.
      let isBehindProxy = ProcessInfo.processInfo.environment.keys.contains { $0.lowercased() == "http_proxy" }
      #expect(error == .nameNotFound(host: "assistant.invalid") || isBehindProxy)
    }
  }

  @Test func theQuestionCanBeTakenBack() async throws {
    let server = try ChatServer()
    let source = try NetworkReplySource(baseURL: server.address("stall"), model: nil, apiKey: nil)
    let task = Task { try await source.reply(to: Data("{}".utf8), onText: { _ in }) }
    let arrived = await OfflineAnswers.offMain { server.nextRequest() }
    #expect(arrived == "request /stall/v1/chat/completions")
    task.cancel()
    await #expect(throws: ReplyError.cancelled) { try await task.value }
  }

  @Test(arguments: [
    "", "localhost:8080", "ftp://example.org", "file:///etc/passwd", "http://", "https://user:word@example.org",
    "http://exa mple.org", "http://example.org/\nHost: other",
  ])
  func badAddressesOpenNothing(address: String) {
    #expect(throws: ReplyError.badAddress) {
      try NetworkReplySource(baseURL: address, model: nil, apiKey: nil)
    }
  }

  @Test func aKeyCannotSmuggleHeaders() {
    #expect(throws: ReplyError.unusableKey) {
      try NetworkReplySource(baseURL: "https://example.org", model: nil, apiKey: "key\r\nX-Other: 1")
    }
  }

  @Test func addressesBecomeEndpoints() throws {
    let expected = [
      "https://api.example.org/v1": "https://api.example.org/v1/chat/completions",
      "https://api.example.org/v1/": "https://api.example.org/v1/chat/completions",
      "http://localhost:11434/v1/chat/completions": "http://localhost:11434/v1/chat/completions",
      "https://example.org/v1?api-version=3": "https://example.org/v1/chat/completions?api-version=3",
    ]
    for (text, url) in expected { #expect(try AssistantAddress(text).completionsURL == url) }
    for text in ["http://localhost", "http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:80"] {
      #expect(try AssistantAddress(text).isThisComputer, "\(text)")
    }
    for text in ["http://127.0.0.1.example.org", "http://localhost.example.org", "http://128.0.0.1", "http://127.1"] {
      #expect(try !AssistantAddress(text).isThisComputer, "\(text)")
    }
  }
}
