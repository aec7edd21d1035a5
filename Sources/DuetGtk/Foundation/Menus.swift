// Menus and the actions behind them. Main thread. The widget that the group is inserted into owns the actions.

import CGtk
import DuetEngine
import Foundation

/// A group of named actions that menus inside a widget can start: `PREFIX.name`.
@MainActor struct ActionGroup {
  private let group = GObjectRef(adopting: g_simple_action_group_new())

  /// - Parameter prefix: what menu items put before the name of an action.
  init(on widget: Widget, prefix: String) {
    gtk_widget_insert_action_group(widget.widget, prefix, group.pointer)
  }

  /// Capture the view weakly.
  func add(_ name: String, _ perform: @escaping @MainActor () -> Void) {
    let action = GObjectRef(adopting: g_simple_action_new(name, nil))
    action.on("activate") { _ in perform() }
    g_action_map_add_action(group.pointer, action.pointer)
  }

  /// An action with a number, such as the id of a category. Capture the view weakly.
  func add(_ name: String, target perform: @escaping @MainActor (Int64) -> Void) {
    let type = g_variant_type_new("x")
    defer { g_variant_type_free(type) }
    let action = GObjectRef(adopting: g_simple_action_new(name, type))
    action.on("activate") { if let number = $0.int64(1) { perform(number) } }
    g_action_map_add_action(group.pointer, action.pointer)
  }

  /// Menus show an action that is off in grey.
  func enable(_ name: String, _ isOn: Bool) {
    guard let action = g_action_map_lookup_action(group.pointer, name) else { return }
    g_simple_action_set_enabled(action, isOn ? 1 : 0)
  }

  /// As if the menu item had been chosen.
  func activate(_ name: String, target: Int64? = nil) {
    g_action_group_activate_action(group.pointer, name, target.flatMap { g_variant_new_int64(gint64($0)) })
  }
}

/// A menu that can be filled again while it is in use.
@MainActor final class Menu {
  private let menu = GObjectRef(adopting: g_menu_new())
  /// For `gtk_menu_button_set_menu_model` and the like. Borrowed.
  var model: UnsafeMutablePointer<GMenuModel> { menu.cast() }

  func removeAll() { g_menu_remove_all(menu.pointer) }

  func add(_ title: String, _ action: String) { g_menu_append(menu.pointer, escaped(title), action) }

  func add(_ title: String, _ action: String, target: Int64) {
    let item = GObjectRef(adopting: g_menu_item_new(escaped(title), nil))
    g_menu_item_set_action_and_target_value(item.pointer, action, g_variant_new_int64(gint64(target)))
    g_menu_append_item(menu.pointer, item.pointer)
  }

  func add(_ title: String, submenu: Menu) { g_menu_append_submenu(menu.pointer, escaped(title), submenu.model) }

  func add(section: Menu) { g_menu_append_section(menu.pointer, nil, section.model) }

  /// Menus read an underscore as "the next letter is the shortcut"; names of categories mean it literally.
  private func escaped(_ title: String) -> String { title.replacingOccurrences(of: "_", with: "__") }
}
