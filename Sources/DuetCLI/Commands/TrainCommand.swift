// `duet train`: a folder of folders, or a project, becomes a trained project.
// The workspace lives on the main actor; the work in it does not.

import DuetEngine
import Foundation
import Observation

struct TrainCommand: Command {
  static let syntax = CommandSyntax(
    "train", L("Make a trained project from a folder of folders, or from a project"),
    positionals: [Positional("DIR_OR_PROJECT")],
    options: [Option("out", "PROJECT.duet", required: true, L("The project to write")), .extractor, .force])

  private let source: URL
  private let out: URL
  private let extractor: ExtractorID?
  private let mayReplace: Bool

  init(_ arguments: ParsedArguments) throws {
    source = URL(fileURLWithPath: arguments.positionals[0])
    out = URL(fileURLWithPath: arguments.text("out") ?? "")
    extractor = try arguments.extractor()
    mayReplace = arguments.has("force")
  }

  func run(_ console: Console) async throws -> CommandResult {
    guard FileManager.default.fileExists(atPath: source.path) else {
      throw CommandFailure(
        L("There is no “{name}”. Give a folder of folders, or a project.", ["name": source.path]))
    }
    let file = try NewProjectFile(out, mayReplace: mayReplace)
    let interrupts = InterruptGuard { file.discard() }
    defer { withExtendedLifetime(interrupts) {} }
    do {
      let (seconds, refused) = try await build(file.draft, console)
      for reason in refused { console.report(reason) }
      let report = try await ProjectReport.make(file.draft, seconds: seconds, console: console)
      try file.publish()
      return CommandResult(json: report, text: report.text(out), isComplete: refused.isEmpty)
    } catch {
      file.discard()
      throw error
    }
  }

  /// Fills and trains the project at `draft`, and closes it.
  @MainActor private func build(
    _ draft: URL, _ console: Console
  ) async throws -> (seconds: ProjectReport.Seconds, refused: [String]) {
    let isFolder = LabelledPhotos.isFolder(source)
    if isFolder {
      try check(LabelledPhotos.subfolders(of: source).count)
    } else {
      let original = try ProjectStore(url: source, create: false)
      try await original.writeCopy(to: draft)
      await original.close()
    }
    if let extractor = extractor ?? (isFolder ? .standard : nil) {
      _ = try ExtractorStore.load(extractor)  // says what is missing before any work is done
      let store = try ProjectStore(url: draft)
      _ = try await store.setExtractor(extractor)
      await store.close()
    }
    let clock = ContinuousClock()
    let start = clock.now
    let workspace = try await Workspace.open(draft)
    workspace.checksByItself = false  // `duet check` does it when asked
    let progress = ImportProgressReport(workspace, console)
    if isFolder { workspace.importFolders([source]) }
    await workspace.settle()
    progress.end()
    let refused = workspace.notice?.details ?? []
    let extracted = clock.now
    if let problem = workspace.extractorProblem ?? emptyProject(workspace) {
      await workspace.close()
      throw CommandFailure(problem)
    }
    workspace.train()
    await workspace.settle()
    let status = workspace.training
    await workspace.close()
    if case .failed(let reason) = status { throw CommandFailure(reason) }
    return (
      ProjectReport.Seconds(extract: (extracted - start) / .seconds(1), train: (clock.now - extracted) / .seconds(1)),
      refused
    )
  }

  private func check(_ folders: Int) throws {
    if folders > Category.limit { throw ProjectError.tooManyCategories }
    if folders < 2 {
      throw CommandFailure(L("“{name}” has no two folders with photos. Make a folder for every category.",
        ["name": source.lastPathComponent]))
    }
  }

  @MainActor private func emptyProject(_ workspace: Workspace) -> String? {
    guard workspace.snapshot.photoCount == 0 else { return nil }
    let reasons = workspace.notice.map { [$0.text] + $0.details } ?? [TrainingError.tooFewCategories.message]
    return reasons.joined(separator: "\n")
  }
}

/// Shows a workspace's import on standard error while it runs. Main actor.
@MainActor final class ImportProgressReport {
  private weak var workspace: Workspace?
  private let console: Console

  init(_ workspace: Workspace, _ console: Console) {
    self.workspace = workspace
    self.console = console
    follow()
  }

  func end() {
    workspace = nil
    console.endProgress()
  }

  private func follow() {
    guard let workspace else { return }
    let progress = withObservationTracking {
      workspace.importProgress
    } onChange: { [weak self] in
      Task { @MainActor in self?.follow() }
    }
    if let progress { console.progress(L("Looking at photos"), progress.done, of: progress.total) }
  }
}
