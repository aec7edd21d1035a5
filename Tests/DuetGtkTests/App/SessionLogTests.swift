// The study log of a session, with the assistants and in the baseline system: the same events, the same clock.

import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

final class SessionLogTests: XCTestCase {
  func testTheBaselineLogsTheSameEvents() throws {
    try inWindow {
      let with = try events(baseline: false)
      let without = try events(baseline: true)
      XCTAssertEqual(without, ["session_start", "add_category", "rename_category", "undo", "session_end"])
      XCTAssertEqual(with.filter { $0 != "message" }, without)
      XCTAssertTrue(with.contains("message"), "the opening question")
    }
  }
}

/// What is in the log of a short session, in order.
@MainActor private func events(baseline: Bool) throws -> [String] {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("log-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let project = folder.appendingPathComponent("p.duet")
  return try turningLoop(for: "a session and its export") {
    let workspace = try await Workspace.open(project)
    let session = await ProjectSession.start(workspace, baseline: baseline)
    await session.duet?.settle()
    let category = try await workspace.perform(.addCategory(name: "A")).categories[0].id
    try await workspace.perform(.renameCategory(category, to: "B"))
    workspace.undo()
    await workspace.settle()
    await session.close()
    let store = try ProjectStore(url: project, create: false)
    _ = try await StudyExport(store: store).write(to: folder.appendingPathComponent("study"))
    await store.close()
    let lines = try String(contentsOf: folder.appendingPathComponent("study/events.jsonl"), encoding: .utf8)
    return try lines.split(separator: "\n").map { line in
      let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if let detail = event?["detail"] as? [String: String], let value = detail["baseline"] {
        XCTAssertEqual(value, String(baseline))
      }
      return event?["event"] as? String ?? ""
    }
  }
}
