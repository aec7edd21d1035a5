// Which of the project's pages is on the screen. Main actor; the window's header and actions follow it.

import DuetEngine
import Observation

enum ProjectPart: String, CaseIterable {
  case teach, boundary

  var title: String {
    switch self {
    case .teach: L("Teach")
    case .boundary: L("Boundary")
    }
  }

  var icon: String {
    switch self {
    case .teach: "image-x-generic-symbolic"
    case .boundary: "find-location-symbolic"
    }
  }
}

@MainActor @Observable final class PageChoice {
  var part = ProjectPart.teach
  /// Nil until it is first looked at.
  var boundary: BoundaryPage?

  /// What undo and redo would do on the visible page.
  func history(_ workspace: Workspace) -> (undo: String?, redo: String?) {
    switch part {
    case .teach: (workspace.snapshot.undoTitle, workspace.snapshot.redoTitle)
    case .boundary: (boundary?.undoTitle, boundary?.redoTitle)
    }
  }
}
