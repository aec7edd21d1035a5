// A line that only assistive technology notices: the newest message, under the role "status". Main thread.
// GTK 4.14 and later read a text out when asked to. GTK 4.8 has no such call, and tells the accessibility bus of no
// widget but a window that it shows; what arrives there is the line's change of name, and screen readers read the line
// on their command for status bars. The accessible role can be chosen only when a widget is made.

import CGtk
import CGtkShim

@MainActor final class Announcer {
  let root: Widget

  init() {
    var role = GValue()
    g_value_init(&role, gtk_accessible_role_get_type())
    g_value_set_enum(&role, gint(GTK_ACCESSIBLE_ROLE_STATUS.rawValue))
    defer { g_value_unset(&role) }
    let object = "accessible-role".withCString { name in
      var names: UnsafePointer<CChar>? = name
      return g_object_new_with_properties(gtk_label_get_type(), 1, &names, &role)
    }
    root = Widget(retaining: OpaquePointer(object))
    gtk_widget_set_opacity(root.widget, 0)
    gtk_widget_set_can_target(root.widget, 0)
    gtk_label_set_ellipsize(root.pointer, PANGO_ELLIPSIZE_END)
    root.align(horizontally: GTK_ALIGN_START, vertically: GTK_ALIGN_END)
  }

  /// Politely: a new announcement replaces the one before.
  func announce(_ text: String) {
    gtk_label_set_text(root.pointer, text)
    root.accessibleName(text)
    _ = cgtk_announce(root.widget, text)
  }
}
