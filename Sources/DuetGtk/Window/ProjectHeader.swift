// The header bar over a project: undo and redo, name and saved state, the assistants' toggle, the menu.
// Main thread; the page owns it.

import CGtk
import DuetEngine

@MainActor final class ProjectHeader {
  let root = Widget(adw_header_bar_new())
  /// Nil in the baseline system.
  let chatToggle: Widget?

  private let title = Widget(adw_window_title_new("DuetML", ""))
  let undo: Widget
  let redo: Widget
  private var refresh: Observe?

  init(workspace: Workspace, hasAssistants: Bool) {
    undo = Widget.iconButton("edit-undo-symbolic", name: L("Undo")) { [weak workspace] in workspace?.undo() }
    redo = Widget.iconButton("edit-redo-symbolic", name: L("Redo")) { [weak workspace] in workspace?.redo() }
    chatToggle = hasAssistants ? Self.makeChatToggle() : nil
    adw_header_bar_set_title_widget(root.pointer, title.widget)
    let menu = PrimaryMenu.project(isDemo: workspace.snapshot.isDemo, hasAssistants: hasAssistants)
    root.packStart(undo)
    root.packStart(redo)
    root.packEnd(PrimaryMenu.button(menu))
    if let chatToggle { root.packEnd(chatToggle) }
    refresh = Observe { [weak self] in self?.show(workspace) }
    root.on("notify::root") { [weak self] _ in
      if let self { self.nameWindow(String(cString: adw_window_title_get_title(self.title.pointer))) }
    }
  }

  /// What the desktop calls the window in its overview; there is none before the page is shown.
  private func nameWindow(_ name: String) {
    guard let window = gtk_widget_get_root(root.widget) else { return }
    gtk_window_set_title(UnsafeMutablePointer<GtkWindow>(window), name)
  }

  private func show(_ workspace: Workspace) {
    let snapshot = workspace.snapshot
    let name = ProjectTitle.title(
      fileURL: workspace.fileURL, isUntitled: workspace.isUntitled, isDemo: snapshot.isDemo, goal: snapshot.goal)
    adw_window_title_set_title(title.pointer, name)
    adw_window_title_set_subtitle(title.pointer, ProjectTitle.subtitle(importing: workspace.importProgress))
    nameWindow(name)
    show(undo, L("Undo"), what: snapshot.undoTitle)
    show(redo, L("Redo"), what: snapshot.redoTitle)
  }

  /// The name stays; what would be taken back is in the tooltip, and spoken after the name.
  private func show(_ button: Widget, _ name: String, what: String?) {
    button.isSensitive = what != nil
    button.tooltip(what.map { L("{name}: {what}", ["name": name, "what": $0]) } ?? name)
    button.accessibleName(name).accessibleDescription(what ?? "")
  }

  private static func makeChatToggle() -> Widget {
    let toggle = Widget(gtk_toggle_button_new())
    gtk_button_set_icon_name(toggle.cast(), "sidebar-show-right-symbolic")
    return toggle.tooltip(L("Show or hide the assistants")).accessibleName(L("Assistants"))
  }
}

extension Widget {
  /// Of an AdwHeaderBar. The bar adds a reference; the argument lives at least as long as the call.
  func packStart(_ child: Widget) { adw_header_bar_pack_start(pointer, child.widget) }
  func packEnd(_ child: Widget) { adw_header_bar_pack_end(pointer, child.widget) }
}
