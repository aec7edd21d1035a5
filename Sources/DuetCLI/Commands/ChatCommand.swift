// `duet chat`: one turn with the passive assistant of a project. The workspace lives on the main actor.

import DuetEngine
import Foundation

struct ChatCommand: Command {
  static let syntax = CommandSyntax(
    "chat", L("Ask the assistant of a project"),
    positionals: [Positional("PROJECT"), Positional("TEXT", .optional)],
    options: [
      Option("ask-category", "NAME", L("Ask about a category instead")),
      Option("ask-result", "PHOTO", L("Test a photo and ask about the result")),
      Option("consent", "WHAT", L("Let words, or words-and-photos, go to the configured assistant, from now on")),
    ])

  struct Result: Encodable, Equatable {
    let reply: String
    let source: String
  }

  private let project: URL
  private let text: String
  private let category: String?
  private let photo: URL?
  private let consent: Consent?

  init(_ arguments: ParsedArguments) throws {
    project = URL(fileURLWithPath: arguments.positionals[0])
    text = arguments.positionals.count > 1 ? arguments.positionals[1] : ""
    category = arguments.text("ask-category")
    photo = arguments.file("ask-result")
    consent = try Self.consent(arguments.text("consent"))
    if category != nil && photo != nil {
      throw UsageError(L("Ask about a category or about a result, not both at once."))
    }
    if text.allSatisfy(\.isWhitespace) && category == nil && photo == nil {
      throw UsageError(L("duet {command} needs {argument}.", ["command": "chat", "argument": "TEXT"]))
    }
  }

  private static func consent(_ text: String?) throws -> Consent? {
    switch text {
    case nil: return nil
    case "words": return .words
    case "words-and-photos": return .wordsAndPhotos
    case let other?:
      throw UsageError(L("--consent is words or words-and-photos, not “{text}”.", ["text": other]))
    }
  }

  func run(_ console: Console) async throws -> CommandResult {
    let message = try await turn(console)
    let source = message.source ?? .app
    let label: String
    switch source {
    case .network: label = L("from the network")
    case .cache: label = L("a saved reply")
    case .coach, .app: label = L("computed from the project")
    }
    return CommandResult(
      json: Result(reply: message.text, source: source.rawValue),
      text: TerminalText.safe(message.text) + "\n(" + label + ")")
  }

  @MainActor private func turn(_ console: Console) async throws -> ChatMessage {
    let workspace = try await Workspace.openExisting(project)
    do {
      let message = try await ask(workspace, console)
      await workspace.close()
      return message
    } catch {
      await workspace.close()
      throw error
    }
  }

  @MainActor private func ask(_ workspace: Workspace, _ console: Console) async throws -> ChatMessage {
    await workspace.settle()
    let duet = Duet(workspace: workspace, settings: await AssistantSettings.current())
    if let consent {
      duet.grantConsent(consent)
      await duet.settle()
    }
    if !text.allSatisfy(\.isWhitespace) {
      duet.send(text)
      await duet.settle()
    }
    if let category {
      let names = ProjectNames(workspace.snapshot.categories)
      guard let found = workspace.snapshot.categories.first(where: { names.category($0.id) == category }) else {
        throw CommandFailure(L("There is no category “{name}” in this project.", ["name": category]))
      }
      duet.askAboutCategory(found.id)
    } else if let photo {
      try await test(photo, in: workspace)
      duet.askAboutResult()
    }
    await duet.settle()
    if let host = duet.consentNeeded {
      console.report(L("Nothing was sent to {host}: this project does not allow it yet. Allow it with --consent.",
        ["host": host]))
    }
    let turn = workspace.snapshot.messages.reversed().prefix { $0.author != .user }
    for problem in turn.reversed() where problem.source == .app { console.report(problem.text) }
    guard let reply = turn.first(where: { $0.author == .passive && $0.source != .app }) else {
      throw CommandFailure(L("The assistant gave no answer. Try again."))
    }
    return reply
  }

  @MainActor private func test(_ photo: URL, in workspace: Workspace) async throws {
    let before = workspace.snapshot.test
    let noticed = workspace.notice?.id
    workspace.test(.file(photo))
    await workspace.settle()
    if let notice = workspace.notice, notice.id != noticed { throw CommandFailure(notice.text) }
    guard let test = workspace.snapshot.test, test != before || test.isCurrent, test.prediction != nil else {
      throw CommandFailure(L("“{name}” has no model yet. Train it first: duet train {name} --out NEW.duet",
        ["name": project.lastPathComponent]))
    }
  }
}
