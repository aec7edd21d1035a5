// The settings of a project that the menu shows with a check mark. Main thread. The actions live on the header bar;
// their state follows the project, so that undo and other windows are seen too.

import CGtk
import DuetEngine

@MainActor final class ProjectSettings {
  /// The menu's entries, each with its action.
  static var entries: [(label: String, action: String)] {
    [
      (L("Keep the model _up to date"), "project.keep-up-to-date"),
      (L("Train on _equal numbers"), "project.balance"),
      (L("Say when a photo is _unlike everything taught"), "project.unknown"),
    ]
  }

  let group = ActionGroupWithState(prefix: "project")
  private var refresh: Observe?

  init(of header: Widget, workspace: Workspace) {
    group.insert(into: header)
    group.add("keep-up-to-date") { [weak workspace] in workspace?.do(.setKeepUpToDate(on: $0)) }
    group.add("balance") { [weak workspace] in workspace?.do(.setBalance(on: $0)) }
    group.add("unknown") { [weak workspace] in workspace?.do(.setUnknownDetection(on: $0)) }
    refresh = Observe { [weak self] in
      let snapshot = workspace.snapshot
      self?.group.set("keep-up-to-date", snapshot.keepsUpToDate)
      self?.group.set("balance", snapshot.isBalanced)
      self?.group.set("unknown", snapshot.detectsUnknown)
    }
  }
}

/// Actions that are on or off. Choosing one asks for the other state; the state changes when the project has.
@MainActor struct ActionGroupWithState {
  private let group = GObjectRef(adopting: g_simple_action_group_new())
  private let prefix: String

  init(prefix: String) { self.prefix = prefix }

  func insert(into widget: Widget) { gtk_widget_insert_action_group(widget.widget, prefix, group.pointer) }

  /// - Parameter want: the person wants it on, or off. Capture owners weakly.
  func add(_ name: String, _ want: @escaping @MainActor (Bool) -> Void) {
    let action = GObjectRef(adopting: g_simple_action_new_stateful(name, nil, g_variant_new_boolean(0)))
    action.on("activate") { arguments in
      guard let action = arguments.object(0), let state = g_action_get_state(action) else { return }
      defer { g_variant_unref(state) }
      want(g_variant_get_boolean(state) == 0)
    }
    g_action_map_add_action(group.pointer, action.pointer)
  }

  func set(_ name: String, _ isOn: Bool) {
    guard let action = g_action_map_lookup_action(group.pointer, name) else { return }
    g_simple_action_set_state(action, g_variant_new_boolean(isOn ? 1 : 0))
  }

  /// As if the menu item had been chosen.
  func activate(_ name: String) { g_action_group_activate_action(group.pointer, name, nil) }

  func isOn(_ name: String) -> Bool {
    guard let state = g_action_group_get_action_state(group.pointer, name) else { return false }
    defer { g_variant_unref(state) }
    return g_variant_get_boolean(state) != 0
  }
}
