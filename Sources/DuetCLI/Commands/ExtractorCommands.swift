// `duet extractors` and `duet extractor install`: the networks that look at photos. Any thread.

import DuetEngine
import Foundation

struct ExtractorsCommand: Command {
  static let syntax = CommandSyntax("extractors", L("List the networks that look at photos, installed or not"))

  struct Row: Encodable, Equatable {
    let id: String
    let installed: Bool
    let path: String?

    private enum Key: CodingKey { case id, installed, path }

    /// `path` is null, not absent, where nothing is installed.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(id, forKey: .id)
      try container.encode(installed, forKey: .installed)
      try container.encode(path, forKey: .path)
    }
  }

  init(_ arguments: ParsedArguments) {}

  func run(_ console: Console) async throws -> CommandResult {
    let rows = ExtractorID.allCases.map { id in
      let path = ExtractorStore.weights(id)?.path
      return Row(id: id.rawValue, installed: path != nil, path: path)
    }
    let lines = rows.map { row in
      TerminalText.padded(row.id, to: 20) + TerminalText.safe(row.path ?? L("not installed"))
    }
    return CommandResult(json: rows, text: lines.joined(separator: "\n"))
  }
}

struct ExtractorInstallCommand: Command {
  static let syntax = CommandSyntax(
    "extractor install", L("Install the weights of a network"), positionals: [Positional("ID")],
    options: [Option("from", "FILE", L("A .safetensors or .pth file instead of a download"))])

  struct Result: Encodable, Equatable {
    let id: String
    let path: String
  }

  private let id: ExtractorID
  private let file: URL?

  init(_ arguments: ParsedArguments) throws {
    id = try ParsedArguments.extractor(arguments.positionals[0])
    file = arguments.file("from")
  }

  func run(_ console: Console) async throws -> CommandResult {
    let path = try await ExtractorStore.install(id, from: file).path
    return CommandResult(
      json: Result(id: id.rawValue, path: path),
      text: L("Installed {id} as {path}", ["id": id.rawValue, "path": TerminalText.safe(path)]))
  }
}
