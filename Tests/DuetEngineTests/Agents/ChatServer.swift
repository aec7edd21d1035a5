// A real HTTP server for a test, in a process of its own: Fixtures/chat_server.py on a free port.
// Ends with the object that started it.

import Foundation
import Synchronization

final class ChatServer: Sendable {
  let port: Int
  /// A port of this computer that nobody listens on.
  let closedPort: Int
  let process: Process
  private let input: Pipe
  private let lines: LineReader

  init() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/chat_server.py")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path]
    let output = Pipe()
    input = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    self.process = process
    lines = LineReader(output.fileHandleForReading)
    let ports = (lines.next() ?? "").split(separator: " ").compactMap { Int($0) }
    guard ports.count == 2 else { throw CocoaError(.fileReadUnknown) }
    (port, closedPort) = (ports[0], ports[1])
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The address of one behaviour of the server, as a person would put it into the preferences.
  func address(_ behaviour: String) -> String { "http://127.0.0.1:\(port)/\(behaviour)/v1" }

  /// Waits for a request to arrive and gives its line.
  func nextRequest() -> String? { lines.next() }
}

/// Blocking lines of a pipe.
final class LineReader: Sendable {
  private let handle: FileHandle
  private let rest = Mutex(Data())

  init(_ handle: FileHandle) { self.handle = handle }

  func next() -> String? {
    rest.withLock { rest in
      while true {
        if let end = rest.firstIndex(of: 0x0A) {
          let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
          rest = Data(rest[rest.index(after: end)...])
          return line
        }
        let more = handle.availableData
        guard !more.isEmpty else { return nil }
        rest.append(more)
      }
    }
  }
}
