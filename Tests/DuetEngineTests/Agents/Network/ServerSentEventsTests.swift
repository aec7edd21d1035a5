// Streams of events, split in every way that a network can split them.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ServerSentEventsTests {
  private func events(_ pieces: [Data]) throws -> [String] {
    var parser = ServerSentEvents()
    var all: [String] = []
    for piece in pieces { all += try parser.take(piece) }
    if let last = try parser.finish() { all.append(last) }
    return all
  }

  private static let stream = "\u{FEFF}: hello\r\ndata: {\"a\":\r\ndata: \"é日本\"}\r\n\r\nevent: x\ndata:two\n\n\ndata\n\n"
  private static let expected = ["{\"a\":\n\"é日本\"}", "two", ""]

  @Test func everySplitGivesTheSameEvents() throws {
    let bytes = Data(Self.stream.utf8)
    #expect(try events([bytes]) == Self.expected)
    for cut in 0...bytes.count {
      #expect(try events([bytes.prefix(cut), bytes.dropFirst(cut)]) == Self.expected, "cut at \(cut)")
    }
    #expect(try events(bytes.map { Data([$0]) }) == Self.expected)
  }

  @Test(arguments: ["\n", "\r", "\r\n"]) func everyKindOfLineEndCounts(end: String) throws {
    #expect(try events([Data("data: 1\(end)\(end)data: 2\(end)\(end)".utf8)]) == ["1", "2"])
  }

  @Test func theEndOfTheStreamEndsTheLastEvent() throws {
    #expect(try events([Data("data: 1\n\ndata: 2".utf8)]) == ["1", "2"])
    #expect(try events([Data("data: 1\n\ndata: 2\n".utf8)]) == ["1", "2"])
  }

  @Test func wrongEncodingIsRefused() throws {
    var parser = ServerSentEvents()
    #expect(throws: ServerSentEvents.Failure.notUTF8) { try parser.take(Data([0x64, 0x61, 0x3A, 0xE9, 0x0A])) }
  }

  @Test func anEndlessLineIsRefused() throws {
    var parser = ServerSentEvents()
    let megabyte = Data(repeating: 0x78, count: 1 << 20)
    _ = try parser.take(megabyte)
    #expect(throws: ServerSentEvents.Failure.lineTooLong) { try parser.take(Data([0x78])) }
  }

  @Test func whatIsNoStreamDoesNotLookLikeOne() throws {
    var parser = ServerSentEvents()
    _ = try parser.take(Data("Welcome\nto our: router\n".utf8))
    #expect(!parser.looksLikeEvents)
    _ = try parser.take(Data(": ping\n".utf8))
    #expect(parser.looksLikeEvents)
  }
}
