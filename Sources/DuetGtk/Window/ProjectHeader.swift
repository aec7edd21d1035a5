// The header bar over a project: undo and redo of the visible page, name and saved state, the pages, the assistants'
// toggle, the menu.
// Main thread; the page owns it.

import CGtk
import DuetEngine

@MainActor final class ProjectHeader {
  let root = Widget(adw_header_bar_new())
  /// Nil in the baseline system.
  let chatToggle: Widget?

  let switcher = Widget(adw_view_switcher_new())
  private let title = Widget(adw_window_title_new("DuetML", ""))
  let undo: Widget
  let redo: Widget
  private var refresh: Observe?

  /// - Parameters:
  ///   - pages: the AdwViewStack that is below the header.
  ///   - choice: which of them is visible.
  ///   - undo, redo: the person wants them. Capture owners weakly.
  init(
    workspace: Workspace, hasAssistants: Bool, pages: Widget, choice: PageChoice,
    undo onUndo: @escaping @MainActor () -> Void, redo onRedo: @escaping @MainActor () -> Void
  ) {
    undo = Widget.iconButton("edit-undo-symbolic", name: L("Undo"), onClick: onUndo)
    redo = Widget.iconButton("edit-redo-symbolic", name: L("Redo"), onClick: onRedo)
    chatToggle = hasAssistants ? Self.makeChatToggle() : nil
    adw_view_switcher_set_stack(switcher.pointer, pages.pointer)
    adw_view_switcher_set_policy(switcher.pointer, ADW_VIEW_SWITCHER_POLICY_WIDE)
    switcher.accessibleName(L("Pages"))
    adw_header_bar_set_centering_policy(root.pointer, ADW_CENTERING_POLICY_STRICT)
    adw_header_bar_set_title_widget(root.pointer, switcher.widget)
    title.margin(horizontally: 6, vertically: 0)
    let menu = PrimaryMenu.project(isDemo: workspace.snapshot.isDemo, hasAssistants: hasAssistants)
    root.packStart(undo)
    root.packStart(redo)
    root.packStart(title)
    root.packEnd(PrimaryMenu.button(menu))
    if let chatToggle { root.packEnd(chatToggle) }
    refresh = Observe { [weak self] in self?.show(workspace, choice) }
    root.on("notify::root") { [weak self] _ in
      if let self { self.nameWindow(String(cString: adw_window_title_get_title(self.title.pointer))) }
    }
  }

  /// What the desktop calls the window in its overview; there is none before the page is shown.
  private func nameWindow(_ name: String) {
    guard let window = gtk_widget_get_root(root.widget) else { return }
    gtk_window_set_title(UnsafeMutablePointer<GtkWindow>(window), name)
  }

  private func show(_ workspace: Workspace, _ choice: PageChoice) {
    let snapshot = workspace.snapshot
    let name = ProjectTitle.title(
      fileURL: workspace.fileURL, isUntitled: workspace.isUntitled, isDemo: snapshot.isDemo, goal: snapshot.goal)
    adw_window_title_set_title(title.pointer, name)
    adw_window_title_set_subtitle(title.pointer, ProjectTitle.subtitle(importing: workspace.importProgress))
    nameWindow(name)
    let history = choice.history(workspace)
    show(undo, L("Undo"), what: history.undo)
    show(redo, L("Redo"), what: history.redo)
    // The assistants see the project, not the points of the other page.
    chatToggle?.isVisible = choice.part == .teach
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
