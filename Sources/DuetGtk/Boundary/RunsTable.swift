// The table of saved runs, a row each: whether its curves are shown, name, accuracy, epochs, date, arrows, loss, seed,
// and what can be done with it. Main thread. The session keeps the runs.

import CGtk
import DuetEngine
import Foundation

@MainActor final class RunsTable {
  let root: Widget
  let save: Widget
  let name = Widget(gtk_entry_new())
  private(set) var rows: [Row] = []
  private let grid = Widget(gtk_grid_new())
  private let empty = Widget.label(L("Save a run to compare it with the next one.")).style("dim-label")
  private let session: BoundarySession
  private let actions: ActionGroup
  private var runs: [BoundaryRun.Summary] = []
  private var isShowing = false
  private var refresh: Observe?

  struct Row {
    let run: BoundaryRun.ID
    let check: Widget
    let texts: [String]
  }

  init(session: BoundarySession) {
    self.session = session
    gtk_entry_set_placeholder_text(name.cast(), L("Name of the run"))
    name.expand(horizontally: true).accessibleName(L("Name of the run"))
    save = .button(L("Save this run")) {}
    gtk_grid_set_column_spacing(grid.cast(), 18)
    gtk_grid_set_row_spacing(grid.cast(), 3)
    grid.accessibleName(L("Saved runs"))
    let content = Widget.column(spacing: 6, Widget.row(spacing: 6, name, save), empty, grid)
    root = .scroller(content.margin(horizontally: 12, vertically: 6), horizontal: GTK_POLICY_AUTOMATIC)
    root.expand(horizontally: true, vertically: true)
    actions = ActionGroup(on: root, prefix: "run")
    listen()
    refresh = Observe { [weak self] in self?.show(session.runs, overlaid: session.overlaid) }
  }

  private func listen() {
    save.on("clicked") { [weak self] _ in self?.saveRun() }
    name.on("activate") { [weak self] _ in self?.saveRun() }
    actions.add("load") { [weak self] in self?.withRun($0) { session, run in await session.loadRun(run.id) } }
    actions.add("delete") { [weak self] in self?.withRun($0) { session, run in await session.deleteRun(run.id) } }
    actions.add("rename") { [weak self] in if let run = self?.run($0) { self?.askForName(run) } }
    actions.add("export") { [weak self] in self?.withRun($0) { [root = self?.root] session, run in
      guard let root else { return }
      let chosen = await FileChooser.choose(
        L("Export the run"), action: GTK_FILE_CHOOSER_ACTION_SAVE, accept: L("_Save"),
        suggestedName: Self.fileName(run.name), over: root)
      if let file = chosen.first { await session.exportRun(run.id, to: file) }
    } }
  }

  private func saveRun() {
    let wanted = gtk_editable_get_text(name.pointer).map { String(cString: $0) } ?? ""
    gtk_editable_set_text(name.pointer, "")
    Task { [session] in await session.saveRun(wanted) }
  }

  private func run(_ row: Int64) -> BoundaryRun.Summary? {
    runs.indices.contains(Int(row)) ? runs[Int(row)] : nil
  }

  private func withRun(
    _ row: Int64, _ work: @escaping @MainActor (BoundarySession, BoundaryRun.Summary) async -> Void
  ) {
    guard let run = run(row) else { return }
    Task { [session] in await work(session, run) }
  }

  private func askForName(_ run: BoundaryRun.Summary) {
    guard let window = gtk_widget_get_root(root.widget) else { return }
    let entry = Widget(gtk_entry_new()).accessibleName(L("New name"))
    gtk_editable_set_text(entry.pointer, run.name)
    gtk_entry_set_activates_default(entry.cast(), 1)
    MessageDialog.ask(
      L("Rename the run"), "", extra: entry,
      answers: [
        .init(id: "cancel", label: L("Cancel")),
        .init(id: "rename", label: L("Rename"), appearance: ADW_RESPONSE_SUGGESTED),
      ], over: Widget(retaining: window)
    ) { [session, weak entry] answer in
      guard answer == "rename", let entry, let text = gtk_editable_get_text(entry.pointer) else { return }
      let name = String(cString: text)
      Task { await session.renameRun(run.id, to: name) }
    }
  }

  /// A name that any file system takes.
  static func fileName(_ name: String) -> String {
    let bad = CharacterSet(charactersIn: "/\\:*?\"<>|").union(.controlCharacters)
    let plain = name.components(separatedBy: bad).joined(separator: " ").trimmingCharacters(in: .whitespaces)
    return String((plain.isEmpty ? "run" : plain).prefix(80)) + ".json"
  }

  // -- Showing

  private static var headings: [String] {
    ["", L("Name"), L("Accuracy"), L("Epochs"), L("Date"), L("Arrows"), L("Loss"), L("Seed"), ""]
  }

  static func texts(_ run: BoundaryRun.Summary) -> [String] {
    [
      run.name, run.accuracy.map { L("{count} %", ["count": Int(($0 * 100).rounded())]) } ?? "–", "\(run.epochs)",
      run.date.formatted(date: .abbreviated, time: .shortened), "\(run.arrows)", run.loss.title, "\(run.seed)",
    ]
  }

  private func show(_ new: [BoundaryRun.Summary], overlaid: Set<BoundaryRun.ID>) {
    if new != runs || rows.count != new.count { fill(new) }
    isShowing = true
    for row in rows { gtk_check_button_set_active(row.check.cast(), overlaid.contains(row.run) ? 1 : 0) }
    isShowing = false
  }

  private func fill(_ new: [BoundaryRun.Summary]) {
    runs = new
    empty.isVisible = new.isEmpty
    grid.isVisible = !new.isEmpty
    while let old = gtk_widget_get_first_child(grid.widget) { gtk_grid_remove(grid.cast(), old) }
    for (column, heading) in Self.headings.enumerated() {
      attach(Widget.label(heading, wraps: false).style("caption-heading", "dim-label"), column, 0)
    }
    rows = new.enumerated().map { index, run in
      let check = Widget(gtk_check_button_new()).accessibleName(L("Show the curves of {name}", ["name": run.name]))
      check.tooltip(L("Show its curves beside those of this run"))
      check.on("toggled") { [weak self] arguments in
        guard let self, !self.isShowing, let check = arguments.object(0) else { return }
        let isOn = gtk_check_button_get_active(UnsafeMutablePointer(check)) != 0
        Task { [session = self.session] in await session.overlay(run.id, isOn) }
      }
      attach(check, 0, index + 1)
      let texts = Self.texts(run)
      for (column, text) in texts.enumerated() {
        let label = Widget.label(text, wraps: false).align(vertically: GTK_ALIGN_CENTER)
        if column == 0 {
          gtk_label_set_ellipsize(label.pointer, PANGO_ELLIPSIZE_END)
          gtk_label_set_width_chars(label.pointer, 12)
          gtk_label_set_max_width_chars(label.pointer, 30)
          label.expand(horizontally: true).tooltip(text)
        }
        attach(label, column + 1, index + 1)
      }
      attach(menuButton(run, row: Int64(index)), texts.count + 1, index + 1)
      return Row(run: run.id, check: check, texts: texts)
    }
  }

  private func menuButton(_ run: BoundaryRun.Summary, row: Int64) -> Widget {
    let menu = Menu()
    menu.add(L("Go on with it"), "run.load", target: row)
    menu.add(L("Rename…"), "run.rename", target: row)
    menu.add(L("Export…"), "run.export", target: row)
    menu.add(L("Delete"), "run.delete", target: row)
    let button = Widget(gtk_menu_button_new())
    gtk_menu_button_set_icon_name(button.pointer, "view-more-symbolic")
    gtk_menu_button_set_menu_model(button.pointer, menu.model)
    gtk_menu_button_set_direction(button.pointer, GTK_ARROW_UP)
    let name = L("What to do with {name}", ["name": run.name])
    return button.style("flat").tooltip(name).accessibleName(name)
  }

  private func attach(_ child: Widget, _ column: Int, _ row: Int) {
    gtk_grid_attach(grid.cast(), child.widget, Int32(column), Int32(row), 1, 1)
  }

  /// As the menu of a row would, for tests.
  func activate(_ action: String, row: Int) { actions.activate(action, target: Int64(row)) }
}
