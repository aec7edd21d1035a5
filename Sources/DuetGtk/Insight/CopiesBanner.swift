// The line over the categories that says that copies have arrived. Main thread. It asks for nothing: the person may
// look at them, or close it until other copies are found. Nothing is ever removed from here.

import CGtk
import DuetEngine

@MainActor final class CopiesBanner {
  /// A GtkRevealer.
  let root = Widget(gtk_revealer_new())
  let text = Widget.label(wraps: false)
  /// The person wants to see them. Capture owners weakly.
  var onShow: @MainActor () -> Void = {}
  private var shown: Set<PhotoPair> = []
  private var dismissed: Set<PhotoPair> = []
  private var refresh: Observe?

  init(workspace: Workspace) {
    let show = Widget.button(L("Show")) {}
    show.accessibleName(L("Show the copies")).align(vertically: GTK_ALIGN_CENTER)
    let close = Widget.iconButton("window-close-symbolic", name: L("Not now")) {}
    close.style("flat").align(vertically: GTK_ALIGN_CENTER)
    gtk_label_set_ellipsize(text.pointer, PANGO_ELLIPSIZE_END)
    text.expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    let row = Widget.row(spacing: 6, text, show, close).style("copies-banner")
    gtk_revealer_set_child(root.pointer, row.widget)
    gtk_revealer_set_transition_type(root.pointer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_DOWN)
    show.on("clicked") { [weak self] _ in self?.onShow() }
    close.on("clicked") { [weak self] _ in self?.dismiss() }
    refresh = Observe { [weak self] in self?.show(workspace.nearCopies.pairs) }
  }

  var isShown: Bool { gtk_revealer_get_reveal_child(root.pointer) != 0 }

  func dismiss() {
    dismissed = shown
    gtk_revealer_set_reveal_child(root.pointer, 0)
  }

  private func show(_ copies: [NearCopy]) {
    shown = Set(copies.map(\.pair))
    if !copies.isEmpty {
      text.text = LN("{count} photo looks like a copy.", "{count} photos look like copies.", copies.count)
    }
    gtk_revealer_set_reveal_child(root.pointer, shown.isSubset(of: dismissed) ? 0 : 1)
  }
}
