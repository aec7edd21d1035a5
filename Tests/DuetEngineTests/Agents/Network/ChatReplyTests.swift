// What servers answer, read byte by byte: streams, documents, tool calls, and everything that is no answer.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ChatReplyTests {
  private struct Heard: Equatable {
    var words: String
    var reply: NetworkReply
  }

  /// Reads `body` in pieces of `size` bytes.
  private func read(_ body: String, size: Int = 3) throws -> Heard {
    try read(Data(body.utf8), size: size)
  }

  private func read(_ body: Data, size: Int = 3) throws -> Heard {
    var reader = ChatReply(host: "h")
    var words = ""
    var rest = body
    while !rest.isEmpty {
      let news = try reader.take(rest.prefix(size))
      rest = rest.dropFirst(size)
      words += news.words
      if news.isDone { break }
    }
    return Heard(words: words, reply: try reader.finish())
  }

  private func event(_ delta: String, _ finish: String = "null") -> String {
    "data: {\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(finish)}]}\n\n"
  }

  @Test(arguments: [1, 2, 7, 10_000]) func aStreamBecomesWords(size: Int) throws {
    let body =
      event(#"{"role":"assistant","content":""}"#) + ": keep-alive\n\n" + event(#"{"content":"Grüße, "}"#)
      + event(#"{"content":"日本!"}"#) + event("{}", "\"stop\"")
      + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":5}}\n\ndata: [DONE]\n\n"
    let heard = try read(body, size: size)
    #expect(heard.words == "Grüße, 日本!")
    #expect(heard.reply.text == heard.words)
    #expect(heard.reply.usage == TokenUsage(prompt: 12, completion: 5))
    #expect(heard.reply.bytesReceived >= body.utf8.count - size)
  }

  @Test func aServerThatDoesNotStreamIsRead() throws {
    let heard = try read(
      #" {"choices":[{"message":{"content":"Hello"}}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#)
    #expect(heard.words == "" && heard.reply.text == "Hello")
    #expect(heard.reply.usage == TokenUsage(prompt: 1, completion: 2))
    #expect(try read(#"{"choices":[{"message":{"content":[{"type":"text","text":"A"},{"text":"B"}]}}]}"#).reply.text == "A\nB")
  }

  @Test func toolCallsArePutTogether() throws {
    let body =
      event(#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"move_photos","arguments":""}}]}"#)
      + event(#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"to\":"}}]}"#)
      + event(#"{"tool_calls":[{"index":1,"function":{"name":"add_test","arguments":"{}"}}]}"#)
      + event(#"{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}"#) + event("{}", "\"tool_calls\"")
    #expect(
      try read(body).reply.toolCalls == [
        ToolCall(name: "move_photos", arguments: #"{"to":1}"#), ToolCall(name: "add_test", arguments: "{}"),
      ])
    let document = #"{"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"x","arguments":{"a":1}}}]}}]}"#
    #expect(try read(document).reply.toolCalls == [ToolCall(name: "x", arguments: #"{"a":1}"#)])
  }

  @Test func aThousandToolCallsAreBounded() throws {
    let calls = (0..<1_000).map { #"{"index":\#($0),"function":{"name":"x","arguments":"{}"}}"# }.joined(separator: ",")
    let reply = try read(event("{\"tool_calls\":[\(calls)]}", "\"stop\""), size: 4_096).reply
    #expect(reply.toolCalls.count == ChatReply.toolCallLimit)
  }

  @Test func theStreamEndsAtItsMark() throws {
    let heard = try read(event(#"{"content":"Hi"}"#) + "data: [DONE]\n\n" + event(#"{"content":" there"}"#))
    #expect(heard.reply.text == "Hi")
  }

  @Test func aStreamThatBreaksOffIsNoReply() throws {
    #expect(throws: ReplyError.interrupted(host: "h")) { try read(event(#"{"content":"Hel"}"#)) }
    #expect(throws: ReplyError.interrupted(host: "h")) { try read("data: {\"choices\":[]}\n\n") }
    #expect(throws: ReplyError.notJSON(host: "h")) { try read(event(#"{"content":"Hel"}"#) + "data: {\"choi") }
  }

  @Test(arguments: [
    "<!DOCTYPE html><p>Sign in", "Welcome", "error page", "data", "{\"choices\":[{\"message\":{\"content\":\"Ha",
    "{}", "[]", "\"x\"", "data: hello\n\n", "{\"message\":{\"content\":\"x\"}}", " ",
  ])
  func whatIsNoAnswerIsRefused(body: String) {
    #expect(throws: ReplyError.notJSON(host: "h")) { try read(body) }
  }

  @Test func anotherEncodingIsRefused() throws {
    let latin = Data("{\"choices\":[{\"message\":{\"content\":\"Gr".utf8) + Data([0xFC]) + Data("n\"}}]}".utf8)
    #expect(throws: ReplyError.notJSON(host: "h")) { try read(latin) }
    let stream = Data("data: Gr".utf8) + Data([0xFC]) + Data("n\n\n".utf8)
    #expect(throws: ReplyError.notJSON(host: "h")) { try read(stream) }
  }

  @Test(arguments: ["{\"choices\":[]}", "{\"choices\":[{\"message\":{\"content\":null}}]}", "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"])
  func nothingSaidIsAnEmptyReply(body: String) {
    #expect(throws: ReplyError.emptyReply) { try read(body) }
  }

  @Test func tooMuchIsGivenUp() {
    #expect(throws: ReplyError.replyTooLong) {
      try read(Data("{".utf8) + Data(repeating: 0x20, count: ChatReply.documentLimit), size: 1 << 16)
    }
    let word = event("{\"content\":\"\(String(repeating: "x", count: 64 << 10))\"}")
    #expect(throws: ReplyError.replyTooLong) { try read(String(repeating: word, count: 5), size: 1 << 16) }
  }

  @Test func errorsInAStreamAreErrors() {
    #expect(throws: ReplyError.serverError(status: 500)) { try read("data: {\"error\":{\"message\":\"sk-1\"}}\n\n") }
    #expect(throws: ReplyError.tooManyRequests()) { try read("data: {\"error\":{\"code\":429}}\n\n") }
    #expect(throws: ReplyError.lacks(.pictures, status: 400)) {
      try read(#"{"error":{"code":400,"message":"this model does not support image input"}}"#)
    }
  }

  @Test(arguments: [
    (400, "Unrecognized request argument supplied: stream_options", ReplyError.lacks(.usage, status: 400)),
    (400, "registry.ollama.ai/library/llava:7b does not support tools", .lacks(.tools, status: 400)),
    (500, "tools param requires --jinja flag", .lacks(.tools, status: 500)),
    (500, "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj",
      .lacks(.pictures, status: 500)),
    (422, "unknown variant `image_url`, expected `text`", .lacks(.pictures, status: 422)),
    (404, "No endpoints found that support image input", .lacks(.pictures, status: 404)),
    (400, "Streaming is not available", .lacks(.streaming, status: 400)),
    (404, "model 'llama-vision' not found, try pulling it first", .modelMissing("tiny")),
    (400, "Invalid model name passed in model=tiny-image", .modelMissing("tiny")),
    (400, "zzz", .requestNotAccepted(status: 400)), (401, "image", .wrongKey), (502, "zzz", .serverError(status: 502)),
  ])
  func refusalsSayWhatIsMissing(status: Int, words: String, error: ReplyError) {
    let found = ChatReply.problem(status: status, body: Data(words.utf8), host: "h", model: "tiny")
    #expect(found == error)
    #expect(found?.message.contains(words) == false)
  }
}
