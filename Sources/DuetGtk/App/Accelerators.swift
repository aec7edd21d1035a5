// Named actions: what menus, shortcuts and buttons have in common. Main thread.
// The map (application or window) owns the action; whoever keeps the returned reference can disable it.

import CGtk

/// Adds actions to a GtkApplication ("app.NAME") or a window ("win.NAME").
@MainActor struct Actions {
  private let map: OpaquePointer

  /// - Parameter owner: a GActionMap, borrowed; it must outlive the use of this value.
  init(of owner: GObjectRef) { map = owner.pointer }

  /// Capture the handler's owner weakly: the action keeps the handler.
  @discardableResult
  func add(_ name: String, _ handler: @escaping @MainActor () -> Void) -> GObjectRef {
    let action = GObjectRef(adopting: g_simple_action_new(name, nil))
    action.on("activate") { _ in handler() }
    g_action_map_add_action(map, action.pointer)
    return action
  }
}

extension GObjectRef {
  /// Of a GSimpleAction: whether menus offer it and shortcuts reach it.
  func setEnabled(_ isEnabled: Bool) { g_simple_action_set_enabled(pointer, isEnabled ? 1 : 0) }
}

/// The shortcuts that work anywhere in the app. Undo and redo are not among them: they are shortcuts of the
/// window that come after the focused widget's own, so that Ctrl+Z in a text entry undoes typing.
enum Accelerators {
  static let all: [(action: String, keys: [String])] = [
    ("app.new", ["<Control>n"]),
    ("app.open", ["<Control>o"]),
    ("win.save-as", ["<Control>s", "<Control><Shift>s"]),
    ("win.train", ["<Control>t"]),
    ("win.insight", ["<Control>i"]),
    ("win.teach", ["<Alt>1"]),
    ("win.boundary", ["<Alt>2"]),
    ("win.focus-message", ["<Control>l"]),
    ("win.show-chat", ["F9"]),
    ("app.preferences", ["<Control>comma"]),
    ("app.shortcuts", ["F1", "<Control>question"]),
    ("app.quit", ["<Control>q"]),
  ]

  /// Undo and redo, with the keys that GNOME apps use.
  static let history: [(action: String, keys: String)] = [
    ("win.undo", "<Control>z"), ("win.redo", "<Control><Shift>z|<Control>y"),
  ]

  @MainActor static func install(on application: GObjectRef) {
    for (action, keys) in all {
      withCStrings(keys) { gtk_application_set_accels_for_action(application.cast(), action, $0) }
    }
  }
}

/// Calls `body` with a NULL-terminated array of C strings, valid only inside.
func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return (copies.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
}
