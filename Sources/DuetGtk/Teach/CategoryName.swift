// The name of a category, editable in place. Main thread. What was typed is sent a moment after the last
// key, on Enter, and when the entry loses the focus; Escape takes it back. One visit is one undo step.

import CGtk
import DuetEngine
import Foundation

@MainActor final class CategoryName {
  /// Time without a key after which what was typed is kept.
  private static let pause = Duration.milliseconds(800)

  let root = Widget(gtk_entry_new())
  /// For tests: keys are emitted on it.
  let keys = GObjectRef(adopting: gtk_event_controller_key_new())
  private let category: CategoryID
  private weak var workspace: Workspace?
  private var shown = ""
  private var visit = UndoGroup()
  private var pending: Task<Void, Never>?

  init(_ category: CategoryID, workspace: Workspace) {
    self.category = category
    self.workspace = workspace
    root.style("category-name").expand(horizontally: true)
    gtk_entry_set_max_length(root.cast(), Int32(Category.nameLimit))
    gtk_entry_set_placeholder_text(root.cast(), L("Name"))
    gtk_editable_set_width_chars(root.pointer, 8)
    root.on("changed") { [weak self] _ in self?.sendSoon() }
    root.on("activate") { [weak self] _ in self?.send() }

    let focus = GObjectRef(adopting: gtk_event_controller_focus_new())
    focus.on("enter") { [weak self] _ in self?.visit = UndoGroup() }
    focus.on("leave") { [weak self] _ in self?.leave() }
    root.addController(focus)
    keys.on("key-pressed") { [weak self] arguments in
      guard arguments.uint(1) == UInt32(GDK_KEY_Escape) else { return arguments.answer(false) }
      self?.restore()
      arguments.answer(true)
    }
    root.addController(keys)
  }

  /// - Parameter number: the position of the category, from 1.
  func show(_ name: String, number: Int) {
    root.accessibleName(L("Name of category {number}", ["number": number]))
    let isBeingEdited = text != shown
    shown = name
    if !isBeingEdited { text = name }
  }

  /// Puts the cursor into the entry with everything selected, ready to be typed over.
  func edit() { gtk_widget_grab_focus(root.widget) }

  private var text: String {
    get { gtk_editable_get_text(root.pointer).map { String(cString: $0) } ?? "" }
    set { if newValue != text { gtk_editable_set_text(root.pointer, newValue) } }
  }

  private func sendSoon() {
    pending?.cancel()
    guard text != shown else { return }
    pending = Task { [weak self] in
      // The pause in typing after which a name counts, so that not every letter becomes a step of undo.
      try? await Task.sleep(for: Self.pause)
      if !Task.isCancelled { self?.send() }
    }
  }

  private func send() {
    pending?.cancel()
    let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !name.isEmpty, name != shown else { return }
    shown = text
    workspace?.do(.renameCategory(category, to: name), group: visit)
  }

  private func leave() {
    send()
    if text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty { restore() }
    gtk_editable_select_region(root.pointer, 0, 0)
  }

  private func restore() {
    pending?.cancel()
    text = shown
  }
}
