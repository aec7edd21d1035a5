// `duet export`: a project in a form for something else. Any thread. Reads the project and leaves it as it is.

import DuetEngine
import Foundation

struct ExportCommand: Command {
  static let syntax = CommandSyntax(
    "export", L("Write a project in another form"),
    positionals: [Positional("PROJECT")],
    options: [
      Option("format", "FORMAT", required: true, L("study: events, counts and contact sheets for research")),
      Option("out", "DIR", required: true, L("A new folder")),
      Option(flag: "photos", L("Every photo and the names of their files as well; ask the people in them")),
      Option(flag: "without-sheets", L("Leave the contact sheets out, which show the photos small")),
    ])

  struct Result: Encodable, Sendable {
    let path: String
    let events: Int
    let sheets: Int
    let photos: Int
    let counts: [String: Int]
  }

  private let project: URL
  private let out: URL
  private let choice: StudyExport.Choice

  init(_ arguments: ParsedArguments) throws {
    project = URL(fileURLWithPath: arguments.positionals[0])
    out = URL(fileURLWithPath: arguments.text("out") ?? "")
    let format = arguments.text("format") ?? ""
    guard format == "study" else {
      throw UsageError(L("There is no format “{name}”. The formats are: {list}", ["name": format, "list": "study"]))
    }
    choice = StudyExport.Choice(sheets: !arguments.has("without-sheets"), photos: arguments.has("photos"))
  }

  func run(_ console: Console) async throws -> CommandResult {
    let store = try ProjectStore(url: project, create: false)
    let outcome = try await StudyExport(store: store, choice: choice).write(to: out)
    await store.close()
    return CommandResult(
      json: Result(
        path: out.path, events: outcome.events, sheets: outcome.sheets, photos: outcome.photos,
        counts: Dictionary(outcome.counts.all.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })),
      text: LN("{count} event is in {path}", "{count} events are in {path}", outcome.events,
        ["path": TerminalText.safe(out.path)]))
  }
}
