// "The assistant is thinking…" with a spinner, below the conversation. Main thread.
// Both assistants may think at the same time; the spinner turns only while it is seen.

import CGtk
import DuetEngine

@MainActor final class ThinkingRow {
  let root: Widget
  private let spinner = Widget(gtk_spinner_new())
  private let label = Widget.label("").style("dim-label", "caption")

  init() {
    label.expand(horizontally: true)
    root = Widget.row(spacing: 8, spinner, label).margin(horizontally: 18, vertically: 8)
    root.isVisible = false
  }

  func show(passive: Bool, active: Bool) {
    root.isVisible = passive || active
    gtk_spinner_set_spinning(spinner.pointer, root.isVisible ? 1 : 0)
    label.text =
      switch (passive, active) {
      case (true, true): L("Both assistants are thinking…")
      case (true, false): L("The assistant is thinking…")
      case (false, true): L("The active assistant is looking at your project…")
      case (false, false): ""
      }
  }
}
