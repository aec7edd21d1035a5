// `duet cache list`, `export` and `import`: replies that were saved, moved between machines. Any thread.
// A teacher records a lesson where there is a network, exports, and imports where there is none.

import DuetEngine
import Foundation

struct CacheListCommand: Command {
  static let syntax = CommandSyntax("cache list", L("List the assistants' saved replies, oldest first"))

  struct Row: Encodable, Sendable {
    let time: String
    let kind: String
    let language: String
    let categories: [String]
    let question: String
    let reply: String
    @OrNull var model: String?
  }

  init(_ arguments: ParsedArguments) {}

  func run(_ console: Console) async throws -> CommandResult {
    let rows = ReplyCache().all().map {
      Row(
        time: $0.date.formatted(.iso8601), kind: $0.kind, language: $0.language, categories: $0.categories,
        question: $0.question, reply: $0.reply, model: $0.model)
    }
    let lines = rows.map { row in
      let head = TerminalText.padded(row.time, to: 22) + TerminalText.padded(row.kind, to: 20)
      let asked = row.question.isEmpty ? row.categories.joined(separator: ", ") : row.question
      return TerminalText.safe("\(head)\(asked)\n    \(row.reply.replacingOccurrences(of: "\n", with: "\n    "))")
    }
    let text = lines.isEmpty ? L("There are no saved replies yet.") : lines.joined(separator: "\n")
    return CommandResult(json: rows, text: text)
  }
}

struct CacheExportCommand: Command {
  static let syntax = CommandSyntax(
    "cache export", L("Write the saved replies into one file, for another computer"),
    positionals: [Positional("FILE")], options: [.force])

  struct Result: Encodable, Sendable {
    let path: String
    let replies: Int
  }

  private let file: URL
  private let force: Bool

  init(_ arguments: ParsedArguments) throws {
    file = URL(fileURLWithPath: arguments.positionals[0])
    force = arguments.has("force")
  }

  func run(_ console: Console) async throws -> CommandResult {
    guard force || !FileManager.default.fileExists(atPath: file.path) else {
      throw CommandFailure(L("{path} exists already. Choose another name, or add --force to replace it.",
        ["path": file.path]))
    }
    let count = try ReplyCacheFile.write(ReplyCache(), to: file)
    return CommandResult(
      json: Result(path: file.path, replies: count),
      text: LN("{count} saved reply is in {path}", "{count} saved replies are in {path}", count,
        ["path": TerminalText.safe(file.path)]))
  }
}

struct CacheImportCommand: Command {
  static let syntax = CommandSyntax(
    "cache import", L("Add the saved replies of a file to those of this computer"),
    positionals: [Positional("FILE")])

  struct Result: Encodable, Sendable {
    struct Refused: Encodable, Sendable {
      let number: Int
      let error: String
    }
    let added: Int
    let replaced: Int
    let kept: Int
    let refused: [Refused]
  }

  private let file: URL

  init(_ arguments: ParsedArguments) throws {
    file = URL(fileURLWithPath: arguments.positionals[0])
  }

  func run(_ console: Console) async throws -> CommandResult {
    let outcome = try ReplyCacheFile.read(file, into: ReplyCache())
    let refused = outcome.refused.map { Result.Refused(number: $0.number, error: $0.reason.message) }
    for reply in refused { console.report("\(reply.number): \(reply.error)") }
    return CommandResult(
      json: Result(added: outcome.added, replaced: outcome.replaced, kept: outcome.kept, refused: refused),
      text: L("New: {added}. Newer than here: {replaced}. Here already: {kept}. Left out: {refused}.", [
        "added": outcome.added, "replaced": outcome.replaced, "kept": outcome.kept, "refused": refused.count,
      ]),
      isComplete: refused.isEmpty)
  }
}
