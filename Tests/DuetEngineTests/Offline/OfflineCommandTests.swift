// Whole workflows with the real `duet` process: without a route, without a socket under the policy "cache only", and
// a lesson that is recorded with a server and given again without one.
// Each is skipped by name where the system does not let us watch.

import Foundation
import Testing

@testable import DuetEngine

@Suite(.serialized, .enabled(if: EdiblePlants.hasStamps, "tuxpaint-stamps-default is not installed"),
  .enabled(if: EdiblePlants.hasWeights, "the EfficientNet-Lite0 weights are not installed"))
struct OfflineCommandTests {
  private static let canLeaveTheNetwork = run(["/usr/bin/unshare", "-n", "/bin/true"]) == 0
  private static let canForbidSockets = run(["/usr/bin/env", "python3", guardScript, "/bin/true"]) == 0
  private static let guardScript = PictureFixtures.directory.appendingPathComponent("without_sockets.py").path

  private static func run(_ words: [String]) -> Int32? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus
  }

  // MARK: Without a route

  @Test(.enabled(if: canLeaveTheNetwork, "network namespaces are not permitted here"))
  func withoutARouteTheWholeWorkflowPasses() async throws {
    let place = try CommandPlace(prefix: ["/usr/bin/unshare", "-n"])
    try await place.lesson()
    let ledger = try await place.json("ledger", place.project.path)
    #expect((ledger["requests"] as? [Any])?.isEmpty == true)
    #expect((ledger["totals"] as? [String: Int]) == [
      "requests": 0, "bytes": 0, "photos": 0, "bytes_that_left": 0, "photos_that_left": 0,
    ])
  }

  // MARK: Without a socket

  @Test(.enabled(if: canForbidSockets, "this system does not let a test forbid system calls"))
  func cacheOnlyOpensNoSocketInAWholeLesson() async throws {
    let server = try ChatServer()
    let guarded = try CommandPlace(prefix: ["/usr/bin/env", "python3", Self.guardScript])
    guarded.environment["DUETML_BASE_URL"] = server.address("echo")
    guarded.environment["DUETML_MODEL"] = "tiny"
    guarded.environment["DUETML_API_KEY"] = "sk-secret"
    let policy = guarded.folder.folder.appendingPathComponent("policy.ini")
    try Data("cache_only = yes\n".utf8).write(to: policy)

    guarded.environment["DUETML_POLICY"] = policy.path
    try await guarded.lesson()
    #expect(try await server.log().isEmpty)

    // That the guard would have seen one: the same without the policy.
    guarded.environment["DUETML_POLICY"] = nil
    let free = try await guarded.duet("chat", guarded.project.path, "Is this guarded?")
    #expect(free.code == 31, "a socket ends the process with SIGSYS: \(free.errors)")
  }

  // MARK: A recorded lesson

  @Test func aLessonIsRecordedAndGivenAgainWithoutANetwork() async throws {
    let server = try ChatServer()
    let teacher = try CommandPlace()
    try await teacher.demo()
    let pupil = try CommandPlace()
    try FileManager.default.copyItem(at: teacher.project, to: pupil.project)
    teacher.environment["DUETML_BASE_URL"] = server.address("echo")
    teacher.environment["DUETML_MODEL"] = "tiny"

    let lion = try #require(Demo.heldOut().first { $0.lastPathComponent == "lion.png" }).path
    let recorded: [[String]] = [
      ["How does the model tell the photos of my plants apart?"], ["--ask-category", "Not edible"], ["--ask-result", lion],
    ]
    var replies: [String] = []
    for words in recorded {
      let turn = try await teacher.json(["chat", teacher.project.path] + words)
      #expect(turn["source"] as? String == "network", "\(turn)")
      replies.append(try #require(turn["reply"] as? String))
    }

    let file = teacher.folder.folder.appendingPathComponent("lesson.json")
    #expect(try await teacher.json("cache", "export", file.path)["replies"] as? Int == 3)
    let imported = try await pupil.json("cache", "import", file.path)
    #expect(imported["added"] as? Int == 3 && (imported["refused"] as? [Any])?.isEmpty == true)
    let list = try await pupil.duet("cache", "list", "--json")
    #expect(try (JSONSerialization.jsonObject(with: list.output) as? [[String: Any]])?.compactMap { $0["kind"] as? String }
      == ["chat_with_data", "ask_category", "ask_result"])

    var given = recorded
    given[0] = ["Please, how does this model tell photos of my plants apart"]
    for (words, reply) in zip(given, replies) {
      let turn = try await pupil.json(["chat", pupil.project.path] + words)
      #expect(turn["source"] as? String == "cache" && turn["reply"] as? String == reply, "\(words)")
    }
    // Another question is another one.
    let other = try await pupil.json(["chat", pupil.project.path, "How does the model tell photos of my pets apart?"])
    #expect(other["source"] as? String == "coach")
    let sent = try await pupil.json("ledger", pupil.project.path)
    #expect((sent["requests"] as? [Any])?.isEmpty == true)
    try await ledgerAgrees(teacher, server)
  }

  /// The ledger of the project that was recorded with, line by line with what the server saw.
  private func ledgerAgrees(_ place: CommandPlace, _ server: ChatServer) async throws {
    let seen = try await server.log()
    let ledger = try await place.json("ledger", place.project.path)
    let lines = try #require(ledger["requests"] as? [[String: Any]])
    #expect(lines.compactMap { $0["bytes"] as? Int } == seen.map(\.bytes))
    #expect(lines.compactMap { $0["purpose"] as? String } == ["chat", "askCategory", "askResult"])
    #expect(lines.allSatisfy { $0["this_computer"] as? Bool == true })
    // Two sheets, one sheet, one photo.
    #expect(seen.map(\.pictures) == [2, 1, 1])
    #expect(lines.compactMap { $0["photos"] as? Int } == [55, 25, 1])
    let images = lines.compactMap { ($0["images"] as? [[String: Any]])?.compactMap { $0["image"] as? String } }
    #expect(images.last == ["lion.png"] && images.first?.count == 55)
    let totals = try #require(ledger["totals"] as? [String: Int])
    #expect(totals["bytes"] == seen.reduce(0) { $0 + $1.bytes } && totals["photos_that_left"] == 0)
  }
}

/// A folder with private data, cache and preferences, and the `duet` that belongs to these tests.
private final class CommandPlace {
  let folder: TemporaryProject
  var project: URL { folder.url }
  var environment: [String: String]
  private let prefix: [String]

  init(prefix: [String] = []) throws {
    folder = try TemporaryProject()
    self.prefix = prefix
    environment = ProcessInfo.processInfo.environment
    for variable in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
      environment[variable] = folder.folder.appendingPathComponent(variable).path
    }
    environment["LC_ALL"] = "C.UTF-8"
    environment["LANGUAGE"] = "en"
  }

  struct Run {
    let code: Int32
    let output: Data
    let errors: String
  }

  func duet(_ words: String...) async throws -> Run { try await duet(words) }

  /// Runs `duet` to its end.
  func duet(_ words: [String]) async throws -> Run {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let duet = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("duet").path
    let command = prefix + [duet] + words
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = environment
    let files = ["output", "errors"].map { folder.folder.appendingPathComponent("\($0)-\(UUID().uuidString)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    return Run(
      code: process.terminationStatus, output: try Data(contentsOf: files[0]),
      errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
  }

  /// The one JSON object of a command that must succeed.
  func json(_ words: String...) async throws -> [String: Any] { try await json(words) }

  func json(_ words: [String]) async throws -> [String: Any] {
    let run = try await duet(words + ["--json"])
    try #require(run.code == 0, "duet \(words.joined(separator: " ")): \(run.code) \(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: run.output) as? [String: Any])
  }

  func demo() async throws { _ = try await json("demo", "--out", project.path) }

  /// From the first photo to the study's files: everything that a class does with a project.
  func lesson() async throws {
    try await demo()
    let lion = try #require(Demo.heldOut().first { $0.lastPathComponent == "lion.png" }).path
    for words in [
      ["What should I do next?"], ["--ask-category", "Edible"], ["--ask-result", lion], ["Where is my cat?"],
    ] {
      let turn = try await json(["chat", project.path] + words)
      #expect(["cache", "coach"].contains(turn["source"] as? String), "\(turn)")
    }
    let again = folder.folder.appendingPathComponent("again.duet").path
    _ = try await json("train", project.path, "--out", again)
    let classified = try await duet("classify", again, lion, "--json")
    #expect(classified.code == 0, "\(classified.errors)")
    _ = try await json("check", again)
    _ = try await json("cache", "export", folder.folder.appendingPathComponent("replies.json").path)
    _ = try await json(
      "export", project.path, "--format", "study", "--out", folder.folder.appendingPathComponent("study").path)
  }
}
