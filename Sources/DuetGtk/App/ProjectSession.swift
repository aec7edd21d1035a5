// One open project and the assistants beside it. Main thread.
// The application owns the session; the window's page only shows it. Closing ends the assistants first, so
// that nothing speaks into a file that is being closed.

import DuetEngine
import Foundation

@MainActor final class ProjectSession {
  let workspace: Workspace
  /// Nil in the baseline system: there it is not merely hidden, it does not exist.
  let duet: Duet?

  init(workspace: Workspace, duet: Duet?) {
    self.workspace = workspace
    self.duet = duet
  }

  /// With assistants as the preferences want them, or without any.
  static func start(_ workspace: Workspace, baseline: Bool) async -> ProjectSession {
    await workspace.noted(.sessionStarted(baseline: baseline))
    guard !baseline else { return ProjectSession(workspace: workspace, duet: nil) }
    let duet = Duet(workspace: workspace, settings: await AssistantSettings.atStart())
    duet.start()
    return ProjectSession(workspace: workspace, duet: duet)
  }

  /// What the window calls the project.
  var title: String {
    ProjectTitle.title(
      fileURL: workspace.fileURL, isUntitled: workspace.isUntitled, isDemo: workspace.snapshot.isDemo,
      goal: workspace.snapshot.goal)
  }

  func isAt(_ url: URL) -> Bool { workspace.fileURL.standardizedFileURL == url.standardizedFileURL }

  /// True for a project without a file name in which nobody has done or said anything.
  var isUntouched: Bool {
    let snapshot = workspace.snapshot
    return workspace.isUntitled && snapshot.categories.isEmpty && snapshot.goal == nil && snapshot.test == nil
      && snapshot.undoTitle == nil && !snapshot.messages.contains { $0.author == .user }
  }

  func close() async {
    duet?.stop()
    workspace.note(.sessionEnded)
    await workspace.close()
  }
}
