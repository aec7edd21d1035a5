// Reads a stream of server-sent events as it arrives, split at any byte.
// The form: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
// A value; any thread. Bytes become text only once a line is complete, so a letter may be split, too.

import Foundation

struct ServerSentEvents {
  /// The longest line that is kept, in bytes.
  private static let lineLimit = 1 << 20

  enum Failure: Error, Equatable {
    case lineTooLong
    case notUTF8
  }

  private var line: [UInt8] = []
  private var data: [String] = []
  /// A line feed after a carriage return belongs to it.
  private var endedWithReturn = false
  private var isAtStart = true
  /// True where some line had the form of a field or a comment.
  private(set) var looksLikeEvents = false

  /// The data of each event that `bytes` completes.
  mutating func take(_ bytes: Data) throws(Failure) -> [String] {
    var events: [String] = []
    for byte in bytes {
      if endedWithReturn, byte == 0x0A {
        endedWithReturn = false
        continue
      }
      endedWithReturn = byte == 0x0D
      if byte == 0x0A || byte == 0x0D {
        if let event = try endLine() { events.append(event) }
      } else {
        guard line.count < Self.lineLimit else { throw .lineTooLong }
        line.append(byte)
      }
    }
    return events
  }

  /// The data of an event that the end of the stream cut off: its last empty line is missing.
  mutating func finish() throws(Failure) -> String? {
    if !line.isEmpty, let event = try endLine() { return event }
    return try endLine()
  }

  private mutating func endLine() throws(Failure) -> String? {
    defer { line.removeAll(keepingCapacity: true) }
    if isAtStart {
      isAtStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    }
    guard !line.isEmpty else {
      defer { data = [] }
      return data.isEmpty ? nil : data.joined(separator: "\n")
    }
    guard let text = String(validating: line, as: UTF8.self) else { throw .notUTF8 }
    let colon = text.firstIndex(of: ":")
    let field = text[..<(colon ?? text.endIndex)]
    if ["", "data", "event", "id", "retry"].contains(field) { looksLikeEvents = true }
    guard field == "data" else { return nil }
    var value = colon.map { text[text.index(after: $0)...] } ?? ""
    if value.first == " " { value.removeFirst() }
    data.append(String(value))
    return nil
  }
}
