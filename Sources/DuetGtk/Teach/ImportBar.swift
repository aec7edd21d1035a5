// How far an import has come, with a way to stop it. Main thread. Visible only while photos are coming in.

import CGtk
import DuetEngine

@MainActor final class ImportBar {
  let root = Widget(gtk_revealer_new())
  private let text = Widget.label().style("caption", "dim-label")
  private let bar = Widget(gtk_progress_bar_new())
  private var refresh: Observe?

  init(workspace: Workspace) {
    let cancel = Widget.button(L("Cancel")) { [weak workspace] in workspace?.cancelImport() }
    cancel.accessibleName(L("Cancel the import")).style("flat").align(vertically: GTK_ALIGN_CENTER)
    let progress = Widget.column(spacing: 6, text, bar)
    progress.expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    let row = Widget.row(spacing: 12, progress, cancel).margin(horizontally: 18, vertically: 6)
    gtk_revealer_set_child(root.pointer, row.widget)
    gtk_revealer_set_transition_type(root.pointer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP)
    bar.accessibleName(L("Import progress"))
    refresh = Observe { [weak self, weak workspace] in self?.show(workspace?.importProgress) }
  }

  private func show(_ progress: ImportProgress?) {
    gtk_revealer_set_reveal_child(root.pointer, progress == nil ? 0 : 1)
    guard let progress else { return }
    text.text = LN("Adding {done} of {count} photo", "Adding {done} of {count} photos", progress.total,
      ["done": progress.done])
    gtk_progress_bar_set_fraction(bar.pointer, progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0)
  }
}
