// Every kind of request that the app builds, checked against the openai package's own types. Needs build/test-venv,
// which script/bootstrap --test makes; skipped by name where it is absent.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct RequestTypesTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let python = root.appendingPathComponent("build/test-venv/bin/python")
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python.path) }

  private func check(_ files: [URL]) throws -> Int32 {
    let process = Process()
    process.executableURL = Self.python
    process.arguments =
      ["-B", Self.root.appendingPathComponent("Tests/RealServer/request_types.py").path] + files.map(\.path)
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test(.enabled(if: isInstalled, "needs build/test-venv: run script/bootstrap --test"))
  func everyRequestIsWhatTheProtocolSays() throws {
    let folder = try TemporaryProject()
    let project = ProjectSnapshot.made(
      [("Cats \"big\"", 3), ("Dogs", 1)], trained: true, test: .made("lion.png", [0.7554, 0.2446]),
      messages: [
        ChatMessage(author: .passive, purpose: .opening, text: "What kind?", source: .app),
        ChatMessage(author: .user, purpose: .chat, text: "Plants"),
      ])
    let kinds: [AssistantTurn.Kind] = [.chat("Hello"), .askCategory(CategoryID(1)), .askResult, .look]
    let pictures = TurnPictures([.init(jpeg: Data([0xFF, 0xD8, 0xFF]), photos: [])], allowed: true)
    let lacking: [Set<ServerFeature>] = [[], [.usage], [.tools], [.streaming], [.pictures], Set(ServerFeature.allCases)]
    var files: [URL] = []
    for kind in kinds {
      for project in [project, .made()] {
        for without in lacking {
          let shown = without.contains(.pictures) ? pictures.unseen : pictures
          let request = try ChatRequestBuilder.request(
            for: .made(kind, project), pictures: shown, model: "tiny", without: without)
          let file = folder.folder.appendingPathComponent("request\(files.count).json")
          try request.encoded().write(to: file)
          files.append(file)
        }
      }
    }
    #expect(files.count == 48)
    #expect(try check(files) == 0)

    let wrong = folder.folder.appendingPathComponent("wrong.json")
    for body in [
      #"{"model":"m","messages":[{"role":"wizard","content":"x"}]}"#,
      #"{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":"x"}]}]}"#,
      #"{"model":"m","messages":[],"strem":true}"#, #"{"model":"m","messages":[],"tools":[{"name":"x"}]}"#,
    ] {
      try Data(body.utf8).write(to: wrong)
      #expect(try check([wrong]) != 0, "the check finds \(body)")
    }
  }
}
