// The Train button with its status line, the honest score in words, and whether the model keeps itself up to date.
// Main thread. It reads `workspace.training`, the score and the model's state.
// The button is never dead: pressed too early, it leads to a sentence that says what is missing.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class TrainBar {
  let root: Widget
  let button: Widget
  let status = Widget.label()
  let score = Widget.label().style("heading")
  let showScore = Widget(gtk_button_new_with_label(L("How good is it?")))
  /// "Keep up to date".
  let keepUpToDate = Widget(gtk_check_button_new_with_label(L("Keep up to date")))
  /// The person wants to know more about the score. Capture owners weakly.
  var onShowScore: @MainActor () -> Void = {}
  private let spinner = Widget(gtk_spinner_new())
  private let scoreRow: Widget
  private var isShowing = false
  private var refresh: Observe?

  init(workspace: Workspace) {
    button = .button(L("Train")) { [weak workspace] in
      if let workspace { Self.train(workspace) }
    }
    button.style("suggested-action", "pill").align(vertically: GTK_ALIGN_CENTER)
    status.expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    score.expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    showScore.align(vertically: GTK_ALIGN_CENTER)
    keepUpToDate.tooltip(L("Train again by itself after every change of the photos"))
    scoreRow = .row(spacing: 12, score, showScore)
    let statusAndSwitch = Widget.column(spacing: 0, status, keepUpToDate)
    statusAndSwitch.expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    root = .column(spacing: 6, scoreRow, .row(spacing: 12, statusAndSwitch, spinner, button))
    root.style("train-bar")
    showScore.on("clicked") { [weak self] _ in self?.onShowScore() }
    keepUpToDate.on("toggled") { [weak self, weak workspace] _ in
      guard let self, !self.isShowing else { return }
      workspace?.do(.setKeepUpToDate(on: gtk_check_button_get_active(self.keepUpToDate.cast()) != 0))
    }
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
    showScore(workspace)
  }

  private func showScore(_ workspace: Workspace) {
    let snapshot = workspace.snapshot
    let text = ScoreSentence.text(workspace.score, snapshot)
    score.text = text ?? ""
    score.toggleStyle("dim-label", workspace.score?.isCurrent != true)
    scoreRow.isVisible = text != nil
    keepUpToDate.isVisible = snapshot.model != nil
    isShowing = true
    gtk_check_button_set_active(keepUpToDate.cast(), snapshot.keepsUpToDate ? 1 : 0)
    isShowing = false
  }
}
