// `duet demo`: builds the edible-plants project. The workspace lives on the main actor.

import DuetEngine
import Foundation

struct DemoCommand: Command {
  static let syntax = CommandSyntax(
    "demo", L("Build the edible-plants demo project"),
    options: [Option("out", "PROJECT.duet", required: true, L("The project to write")), .force])

  private let out: URL
  private let mayReplace: Bool

  init(_ arguments: ParsedArguments) throws {
    out = URL(fileURLWithPath: arguments.text("out") ?? "")
    mayReplace = arguments.has("force")
  }

  func run(_ console: Console) async throws -> CommandResult {
    let file = try NewProjectFile(out, mayReplace: mayReplace)
    let interrupts = InterruptGuard { file.discard() }
    defer { withExtendedLifetime(interrupts) {} }
    do {
      let seconds = try await build(file.draft)
      let report = try await ProjectReport.make(file.draft, seconds: seconds, console: console)
      try file.publish()
      return CommandResult(json: report, text: report.text(out))
    } catch {
      file.discard()
      throw error
    }
  }

  @MainActor private func build(_ draft: URL) async throws -> ProjectReport.Seconds {
    let clock = ContinuousClock()
    let start = clock.now
    let workspace = try await Demo.build(at: draft)
    await workspace.settle()
    let trained = workspace.snapshot.model?.seconds ?? 0
    let seconds = (clock.now - start) / .seconds(1)
    await workspace.close()
    return ProjectReport.Seconds(extract: max(0, seconds - trained), train: trained)
  }
}
