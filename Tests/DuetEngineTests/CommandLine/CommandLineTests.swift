// The whole command line but the process: exit codes, which stream says what, and sentences for what is missing.

import Foundation
import Synchronization
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct CommandLineTests {
  /// What a run wrote, and how it ended.
  struct Run {
    let code: ExitCode
    let output: String
    let errors: String
  }

  static func run(_ words: String...) async -> Run { await run(words) }

  static func run(_ words: [String]) async -> Run {
    let written = Mutex((output: "", errors: ""))
    let console = Console(
      output: { text in written.withLock { $0.output += text } },
      errors: { text in written.withLock { $0.errors += text } })
    let code = await DuetCommandLine.run(words, on: console)
    return written.withLock { Run(code: code, output: $0.output, errors: $0.errors) }
  }

  private func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func helpAndVersion() async {
    let overview = await Self.run("--help")
    #expect(overview.code == .done && overview.errors.isEmpty)
    for command in DuetCommandLine.commands { #expect(overview.output.contains("  " + command.syntax.name + " ")) }
    let help = await Self.run("classify", "--help")
    #expect(help.code == .done && help.output.contains("Usage: duet classify PROJECT PHOTO... [--json]"))
    #expect(await Self.run("--version").output == "duet \(DuetCommandLine.version)\n")
  }

  @Test func whatIsNotUnderstoodEndsWithTwo() async {
    for run in [await Self.run("clasify"), await Self.run("classify"), await Self.run("extractor"),
      await Self.run("extractor", "install"), await Self.run("extractor", "install", "resnet"),
      await Self.run("train", "photos"), await Self.run("demo", "--out", "a.duet", "extra"),
    ] {
      #expect(run.code == .usage && run.output.isEmpty && !run.errors.isEmpty)
    }
    #expect(await Self.run().code == .usage)
  }

  @Test func twoWordCommandsAreFound() {
    #expect(DuetCommandLine.find(["extractor", "install", "x"])?.command is ExtractorInstallCommand.Type)
    #expect(DuetCommandLine.find(["extractor", "install", "x"])?.rest == ["x"])
    #expect(DuetCommandLine.find(["extractors", "--json"])?.command is ExtractorsCommand.Type)
  }

  @Test func missingProjectsGetASentence() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let missing = folder.appendingPathComponent("missing.duet")
    let run = await Self.run("classify", missing.path, "a.jpg", "--json")
    #expect(run.code == .failed)
    #expect(run.errors.contains("missing.duet"))
    #expect(try JSONDecoder().decode([String: String].self, from: Data(run.output.utf8)).keys.sorted() == ["error"])
    #expect(!FileManager.default.fileExists(atPath: missing.path), "asking must not create a project")
  }

  @Test func aFileThatIsNoProjectGetsASentence() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("notes.duet")
    try Data("shopping list".utf8).write(to: file)
    let run = await Self.run("classify", file.path, "a.jpg")
    #expect(run.code == .failed && run.output.isEmpty && run.errors.contains("notes.duet"))
    #expect(try Data(contentsOf: file) == Data("shopping list".utf8))
  }

  @Test func aProjectWithoutAModelGetsASentence() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("new.duet")
    let store = try ProjectStore(url: file)
    await store.close()
    let run = await Self.run("classify", file.path, "a.jpg")
    #expect(run.code == .failed && run.errors.contains("duet train new.duet"))
  }

  @Test func trainRefusesToReplaceAProject() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("mine.duet")
    try Data("precious".utf8).write(to: file)
    let run = await Self.run("train", folder.path, "--out", file.path)
    #expect(run.code == .failed && run.errors.contains("mine.duet"))
    #expect(try Data(contentsOf: file) == Data("precious".utf8))
  }

  @Test func trainNeedsTwoFoldersAndLeavesNothingBehind() async throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("photos/only"), withIntermediateDirectories: true)
    let photos = folder.appendingPathComponent("photos")
    let out = folder.appendingPathComponent("new.duet")
    let run = await Self.run("train", photos.path, "--out", out.path)
    #expect(run.code == .failed && !run.errors.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["photos"])
  }

  @Test func extractorsAreListedInstalledOrNot() async throws {
    struct Row: Decodable {
      let id: String
      let installed: Bool
      let path: String?
    }
    let run = await Self.run("extractors", "--json")
    let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
    #expect(run.code == .done && rows.map(\.id) == ["efficientnet_lite0", "mobilenet_v2"])
    #expect(rows.allSatisfy { $0.installed == ($0.path != nil) })
  }
}
