// A project gets its name when it is complete, and never takes another's.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct NewProjectFileTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-new-\(UUID().uuidString)")
  private var goal: URL { folder.appendingPathComponent("a.duet") }

  private func inFolder(_ body: () throws -> Void) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body()
  }

  private func write(_ text: String, _ url: URL) throws { try Data(text.utf8).write(to: url) }

  @Test func aDraftBecomesTheProject() throws {
    try inFolder {
      let file = try NewProjectFile(goal, mayReplace: false)
      try write("new", file.draft)
      #expect(!FileManager.default.fileExists(atPath: goal.path))
      try file.publish()
      #expect(try String(contentsOf: goal, encoding: .utf8) == "new")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.duet"])
    }
  }

  @Test func anExistingFileIsKeptUnlessForced() throws {
    try inFolder {
      try write("old", goal)
      #expect(throws: CommandFailure.self) { try NewProjectFile(goal, mayReplace: false) }
      let file = try NewProjectFile(goal, mayReplace: true)
      try write("new", file.draft)
      try file.publish()
      #expect(try String(contentsOf: goal, encoding: .utf8) == "new")
    }
  }

  @Test func aFileThatAppearedInTheMeantimeIsKept() throws {
    try inFolder {
      let file = try NewProjectFile(goal, mayReplace: false)
      try write("new", file.draft)
      try write("somebody else's", goal)
      #expect(throws: ProjectError.self) { try file.publish() }
      #expect(try String(contentsOf: goal, encoding: .utf8) == "somebody else's")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.duet"])
    }
  }

  @Test func aFolderIsNeverReplaced() throws {
    try inFolder {
      #expect(throws: CommandFailure.self) { try NewProjectFile(folder, mayReplace: true) }
    }
  }
}
