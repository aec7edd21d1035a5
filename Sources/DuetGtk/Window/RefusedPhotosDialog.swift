// "Details" of a notice: every photo that was refused, with its reason. Main thread; GTK owns the dialog.

import CGtk
import DuetEngine

@MainActor enum RefusedPhotosDialog {
  static func show(_ notice: Notice, over parent: Widget) {
    let lines = Widget.column(spacing: 6)
    for line in notice.details {
      let label = Widget.label(line)
      gtk_label_set_selectable(label.pointer, 1)
      lines.append(label)
    }
    let scroller = Widget.scroller(lines).size(width: 420)
    gtk_scrolled_window_set_max_content_height(scroller.pointer, 320)
    gtk_scrolled_window_set_propagate_natural_height(scroller.pointer, 1)
    MessageDialog.ask(
      notice.text, "", extra: scroller, answers: [.init(id: "close", label: L("Close"))], over: parent
    ) { _ in }
  }
}
