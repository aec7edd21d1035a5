// `duet boundary run`: what arrows are worth beside labels, without the window. Any thread.
// Each kind of set is a `BoundarySource` of its own; the command only finds the right one.

import DuetEngine
import Foundation

/// What `duet boundary run` can compare on.
protocol BoundarySource: Sendable {
  /// The values of `--set` that it answers to.
  static var setNames: [String] { get }
  /// Options of its own, beside the ones that all have.
  static var options: [Option] { get }
  /// - Throws: `UsageError`.
  init(_ arguments: ParsedArguments, set: String) throws
  func run(_ console: Console) async throws -> CommandResult
}

struct BoundaryRunCommand: Command {
  static let sources: [any BoundarySource.Type] = [BoundaryPointSource.self, BoundaryTextSource.self]

  static let syntax = CommandSyntax(
    "boundary run",
    L("Compare arrows with labels on a set, over many repetitions"),
    positionals: [Positional("FILE", .optional)],
    options: [
      Option("set", "SET", required: true, sources.flatMap { $0.setNames }.joined(separator: ", ")),
      Option("points", "N", L("Labelled points (or texts) of a repetition")),
      Option("mode", "MODE", L("What is done with arrows; for points {modes}",
        ["modes": BoundaryLoss.all.map(\.identifier).joined(separator: ", ")])),
      Option("arrows", "KIND", L("oracle, random or none")),
      Option("seeds", "K", L("How many repetitions")),
      Option("seed", "S", L("Seed of the first repetition (0)")),
    ] + sources.flatMap { $0.options })

  let source: any BoundarySource

  init(_ arguments: ParsedArguments) throws {
    let set = arguments.text("set") ?? ""
    guard let type = Self.sources.first(where: { $0.setNames.contains(set) }) else {
      let known = Self.sources.flatMap { $0.setNames }.joined(separator: ", ")
      throw UsageError(L("There is no set “{name}”. Known: {known}.", ["name": set, "known": known]))
    }
    source = try type.init(arguments, set: set)
  }

  func run(_ console: Console) async throws -> CommandResult { try await source.run(console) }
}
