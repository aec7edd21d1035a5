// A real HTTP server for a test, in a process of its own: Fixtures/chat_server.py on a free port.
// Ends with the object that started it.

import Foundation
import Synchronization

@testable import DuetEngine

final class ChatServer: Sendable {
  let port: Int
  /// A port of this computer that nobody listens on.
  let closedPort: Int
  /// Where it speaks https, if it was made to; its certificate is in ``certificate``.
  let securePort: Int
  /// A file of PEM.
  var certificate: String { folder.appendingPathComponent("certificate.pem").path }
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("server-\(UUID().uuidString)")
  let process: Process
  private let input: Pipe
  private let lines: LineReader

  init(isSecure: Bool = false) throws {
    let script = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/chat_server.py")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    if isSecure { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    process.arguments = ["python3", script.path] + (isSecure ? [folder.path] : [])
    let output = Pipe()
    input = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    self.process = process
    lines = LineReader(output.fileHandleForReading)
    let ports = (lines.next() ?? "").split(separator: " ").compactMap { Int($0) }
    guard ports.count == 3 else { throw CocoaError(.fileReadUnknown) }
    (port, closedPort, securePort) = (ports[0], ports[1], ports[2])
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// What the server noted about a request.
  struct Noted: Decodable, Equatable {
    let `case`: String
    let bytes: Int
    let pictures: Int
    /// Without `model` and `messages`.
    let fields: [String]
    let authorized: Bool
  }

  /// Every request so far, as the server saw it.
  func log() async throws -> [Noted] {
    let source = try NetworkReplySource(baseURL: address("log"), model: nil, apiKey: nil)
    let text = try await source.reply(to: Data("{}".utf8), onText: { _ in }).text
    return try JSONDecoder().decode([Noted].self, from: Data(text.utf8))
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
