// "Test the connection": a button, a spinner while it runs, and a sentence about what is right or wrong. Main thread.
// libadwaita 1.2 keeps the row for ever, so the button's handler goes with this object.

import CGtk
import DuetEngine

@MainActor final class ConnectionTestRow {
  let root: Widget
  let button = Widget(gtk_button_new_with_label(L("Test the connection")))
  let sentence = Widget.label()
  private let spinner = Widget(gtk_spinner_new())
  private var handler: UInt = 0
  /// Runs the test; nil where nobody can run it any more.
  var run: (@MainActor () async -> ConnectionReport?)?

  init() {
    button.align(vertically: GTK_ALIGN_CENTER)
    sentence.expand(horizontally: true)
    spinner.isVisible = false
    root = Widget.row(spacing: 12, sentence, spinner, button).margin(horizontally: 12, vertically: 8)
    handler = button.on("clicked") { [weak self] _ in self?.start() }
  }

  isolated deinit { g_signal_handler_disconnect(button.raw, gulong(handler)) }

  /// A policy forbids it.
  func lock(_ reason: String) {
    button.isSensitive = false
    button.tooltip(reason).accessibleDescription(reason)
  }

  private func start() {
    show(busy: true)
    sentence.text = L("Asking a small question with a made-up picture…")
    Task { [weak self, run] in
      let report = await run?()
      self?.show(busy: false)
      guard let self, let report else { return }
      self.sentence.text = report.sentence
      gtk_widget_remove_css_class(self.sentence.widget, report.isUsable ? "error" : "success")
      self.sentence.style(report.isUsable ? "success" : "error")
    }
  }

  private func show(busy: Bool) {
    button.isSensitive = !busy
    spinner.isVisible = busy
    gtk_spinner_set_spinning(spinner.pointer, busy ? 1 : 0)
  }
}
