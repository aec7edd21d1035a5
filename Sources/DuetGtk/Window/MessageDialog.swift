// Questions and bad news in a dialog over the window. Main thread; GTK owns the dialog until it is answered.

import CGtk
import DuetEngine

@MainActor enum MessageDialog {
  struct Answer {
    let id: String
    let label: String
    var appearance = ADW_RESPONSE_DEFAULT
  }

  /// Says `body` with one button to close it.
  static func say(_ heading: String, _ body: String, over parent: Widget) {
    ask(heading, body, answers: [Answer(id: "close", label: L("Close"))], over: parent) { _ in }
  }

  /// Shows `heading` and `body`, with `extra` below them, and calls `then` once with the id of the answer.
  /// Escape counts as the first answer; the last one is the default.
  static func ask(
    _ heading: String, _ body: String, extra: Widget? = nil, answers: [Answer], over parent: Widget,
    then: @escaping @MainActor (String) -> Void
  ) {
    let dialog = Widget(adw_message_dialog_new(parent.cast(), heading, body))
    for answer in answers {
      adw_message_dialog_add_response(dialog.cast(), answer.id, answer.label)
      adw_message_dialog_set_response_appearance(dialog.cast(), answer.id, answer.appearance)
    }
    if let first = answers.first { adw_message_dialog_set_close_response(dialog.cast(), first.id) }
    if let last = answers.last { adw_message_dialog_set_default_response(dialog.cast(), last.id) }
    if let extra { adw_message_dialog_set_extra_child(dialog.cast(), extra.widget) }
    // One handler an answer: the signal's detail is the answer's id.
    for id in answers.map(\.id) { dialog.on("response::\(id)") { _ in then(id) } }
    gtk_window_present(dialog.cast())
  }
}
