// The window that says how far the model can be trusted: score, photos to check, "what if?", the map. Main thread.
// It lies over the project's window and goes with it; what is done in it is done to the project, one step for Undo.

import CGtk
import DuetEngine

@MainActor final class InsightWindow {
  private static let defaultSize: (width: Int32, height: Int32) = (900, 700)

  let window = Widget(adw_window_new())
  let model: InsightModel
  let score: ScorePage
  let checks: ChecksPage
  let whatIf: WhatIfPage
  let map: MapPage
  let undo: Widget
  private let stack = Widget(adw_view_stack_new())
  private let busy = Widget(gtk_spinner_new())
  private let workspace: Workspace
  private var isOpen = true
  private var refresh: Observe?
  /// The window was closed, by the person or by ``close()``. Capture owners weakly.
  var onClosed: @MainActor () -> Void = {}

  /// - Parameters:
  ///   - parent: the window that it lies over; nil in tests.
  init(_ actions: PhotoActions, over parent: Widget? = nil) {
    workspace = actions.workspace
    model = InsightModel(workspace: workspace)
    score = ScorePage(model: model, actions: actions)
    checks = ChecksPage(model: model, actions: actions)
    whatIf = WhatIfPage(model: model, workspace: workspace)
    map = MapPage(actions)
    undo = Widget.iconButton("edit-undo-symbolic", name: L("Undo")) { [weak workspace] in workspace?.undo() }
    build()
    if let parent {
      gtk_window_set_transient_for(window.cast(), parent.cast())
      gtk_window_set_destroy_with_parent(window.cast(), 1)
    }
    window.on("close-request") { [weak self] _ in self?.end() }
    refresh = Observe { [weak self] in
      guard let self else { return }
      self.undo.isSensitive = self.workspace.snapshot.undoTitle != nil
      self.undo.accessibleDescription(self.workspace.snapshot.undoTitle ?? "")
      self.busy.isVisible = self.model.isChecking
      gtk_spinner_set_spinning(self.busy.pointer, self.model.isChecking ? 1 : 0)
    }
  }

  private func build() {
    gtk_window_set_title(window.cast(), L("How good is it?"))
    gtk_window_set_default_size(window.cast(), Self.defaultSize.width, Self.defaultSize.height)
    let pages = [(InsightPage.score, score.root), (.checks, checks.root), (.whatIf, whatIf.root), (.map, map.root)]
    for (page, root) in pages {
      adw_view_stack_add_titled_with_icon(stack.pointer, root.widget, page.rawValue, page.title, page.icon)
    }
    stack.expand(horizontally: true, vertically: true)
    let header = Widget(adw_header_bar_new())
    let switcher = Widget(adw_view_switcher_title_new())
    adw_view_switcher_title_set_title(switcher.pointer, L("How good is it?"))
    adw_view_switcher_title_set_stack(switcher.pointer, stack.pointer)
    adw_header_bar_set_centering_policy(header.pointer, ADW_CENTERING_POLICY_STRICT)
    adw_header_bar_set_title_widget(header.pointer, switcher.widget)
    header.packStart(undo)
    header.packEnd(busy)
    let bar = Widget(adw_view_switcher_bar_new())
    adw_view_switcher_bar_set_stack(bar.pointer, stack.pointer)
    g_object_bind_property(switcher.raw, "title-visible", bar.raw, "reveal", G_BINDING_SYNC_CREATE)
    let content = Widget.column(spacing: 0, header, stack, bar)
    adw_window_set_content(window.cast(), content.widget)
    addShortcuts()
  }

  /// Escape closes; undo and redo are those of the project.
  private func addShortcuts() {
    window.onKey { [weak self] key, modifiers in
      guard let self else { return false }
      let control = modifiers & GDK_CONTROL_MASK.rawValue != 0
      switch Int32(bitPattern: key) {
      case GDK_KEY_Escape: self.close()
      case GDK_KEY_w where control: self.close()
      case GDK_KEY_z where control: self.workspace.undo()
      case GDK_KEY_Z where control, GDK_KEY_y where control: self.workspace.redo()
      default: return false
      }
      return true
    }
  }

  var page: InsightPage? {
    adw_view_stack_get_visible_child_name(stack.pointer).flatMap { InsightPage(rawValue: String(cString: $0)) }
  }

  func show(_ page: InsightPage) {
    adw_view_stack_set_visible_child_name(stack.pointer, page.rawValue)
    gtk_window_present(window.cast())
  }

  func close() {
    end()
    gtk_window_destroy(window.cast())
  }

  /// Whatever computes stops; once.
  private func end() {
    guard isOpen else { return }
    isOpen = false
    refresh?.cancel()
    model.stop()
    whatIf.stop()
    map.stop()
    onClosed()
  }
}
