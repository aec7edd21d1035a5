// All arrows, each with a switch and a button that deletes it. Main thread. The row that is chosen is the arrow that is
// chosen on the plane, and the other way round.

import CGtk
import DuetEngine

@MainActor final class ArrowList {
  /// A GtkListBox.
  let root = Widget(gtk_list_box_new()).style("boxed-list")
  private(set) var rows: [Row] = []
  private let session: BoundarySession
  private var isShowing = false

  struct Row {
    let mark: Mark.ID
    let root: Widget
    let toggle: Widget
    let delete: Widget
  }

  init(session: BoundarySession) {
    self.session = session
    root.accessibleName(L("Arrows"))
    gtk_list_box_set_selection_mode(root.pointer, GTK_SELECTION_SINGLE)
    root.on("row-selected") { [weak self] arguments in
      guard let self, !self.isShowing else { return }
      let chosen = self.rows.first { $0.root.pointer == arguments.object(1) }?.mark
      if chosen != self.session.selected { self.session.selected = chosen }
    }
    root.onKey { [weak self] key, _ in
      guard Int32(bitPattern: key) == GDK_KEY_Delete, let self, let chosen = self.session.selected else { return false }
      self.session.remove(chosen)
      return true
    }
  }

  /// What the list calls an arrow, and where it goes.
  static func texts(_ mark: Mark, number: Int, _ scene: PlaneScene) -> [String] {
    guard let ends = scene.ends(of: mark) else { return ["", ""] }
    let place = ends.to.map(PlotAxis.label).joined(separator: ", ")
    return [
      L("Arrow {number}: {kind}", ["number": number, "kind": mark.kind.title]),
      L("From point {point} to {place}", ["point": mark.point + 1, "place": place]),
    ]
  }

  func show(_ scene: PlaneScene) {
    isShowing = true
    defer { isShowing = false }
    root.isVisible = !scene.marks.isEmpty
    let texts = scene.marks.enumerated().map { Self.texts($1, number: $0 + 1, scene) }
    if scene.marks.map(\.id) != rows.map(\.mark) {
      while let old = gtk_widget_get_first_child(root.widget) { gtk_list_box_remove(root.pointer, old) }
      rows = scene.marks.enumerated().map { row($1, number: $0 + 1) }
      for row in rows { gtk_list_box_append(root.pointer, row.root.widget) }
    }
    for (index, mark) in scene.marks.enumerated() {
      adw_preferences_row_set_title(rows[index].root.cast(), plain(texts[index][0]))
      adw_action_row_set_subtitle(rows[index].root.cast(), plain(texts[index][1]))
      gtk_switch_set_active(rows[index].toggle.pointer, mark.isOn ? 1 : 0)
    }
    let chosen = rows.first { $0.mark == scene.selected }
    gtk_list_box_select_row(root.pointer, chosen.map { $0.root.cast() })
  }

  private func row(_ mark: Mark, number: Int) -> Row {
    let row = Widget(adw_action_row_new())
    adw_action_row_set_title_lines(row.cast(), 2)
    let toggle = Widget(gtk_switch_new()).align(vertically: GTK_ALIGN_CENTER)
    toggle.accessibleName(L("Use arrow {number}", ["number": number]))
    toggle.tooltip(L("Whether the arrow counts"))
    toggle.on("notify::active") { [weak self] arguments in
      guard let self, !self.isShowing, let toggle = arguments.object(0) else { return }
      self.session.setOn(mark.id, gtk_switch_get_active(toggle) != 0)
    }
    let delete = Widget.iconButton("user-trash-symbolic", name: L("Delete arrow {number}", ["number": number])) {
      [weak self] in self?.session.remove(mark.id)
    }
    delete.style("flat").align(vertically: GTK_ALIGN_CENTER)
    adw_action_row_add_suffix(row.cast(), toggle.widget)
    adw_action_row_add_suffix(row.cast(), delete.widget)
    return Row(mark: mark.id, root: row, toggle: toggle, delete: delete)
  }
}
