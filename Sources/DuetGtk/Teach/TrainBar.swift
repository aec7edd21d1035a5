// The Train button with its status line. Main thread. It reads `workspace.training` and the model's state.
// The button is never dead: pressed too early, it leads to a sentence that says what is missing.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class TrainBar {
  let root: Widget
  let button: Widget
  let status = Widget.label()
  private let spinner = Widget(gtk_spinner_new())
  private var refresh: Observe?

  init(workspace: Workspace) {
    button = .button(L("Train")) { [weak workspace] in
      if let workspace { Self.train(workspace) }
    }
    button.style("suggested-action", "pill").align(vertically: GTK_ALIGN_CENTER)
    status.expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    root = .row(spacing: 12, status, spinner, button)
    root.style("train-bar")
    refresh = Observe { [weak self, weak workspace] in
      if let workspace { self?.show(workspace) }
    }
  }

  private static func train(_ workspace: Workspace) {
    guard TrainingSentence.canTrain(workspace.snapshot) || workspace.importProgress != nil else {
      return workspace.tell(TrainingSentence.text(.idle, workspace.snapshot))
    }
    workspace.train()
  }

  private func show(_ workspace: Workspace) {
    let text = TrainingSentence.text(workspace.training, workspace.snapshot, problem: workspace.extractorProblem)
    status.text = text
    // A label takes its text for its name; screen readers and tests look for this one.
    status.accessibleName(L("Training status")).accessibleDescription(text)
    let isBusy = TrainingSentence.isBusy(workspace.training)
    spinner.isVisible = isBusy
    gtk_spinner_set_spinning(spinner.pointer, isBusy ? 1 : 0)
    // A stale model or a problem is worth a colour; a sentence in its own words stays readable without it.
    let isStale = workspace.snapshot.model.map { !$0.matchesPhotos } ?? false
    status.toggleStyle("warning", !isBusy && isStale && TrainingSentence.canTrain(workspace.snapshot))
    status.toggleStyle("error", workspace.extractorProblem != nil)
  }
}
