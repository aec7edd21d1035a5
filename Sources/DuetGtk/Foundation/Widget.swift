// A reference to a GtkWidget with the few calls that every view makes. Main thread.
// Its parent owns a widget too; a view keeps a Widget only for what it changes later, and for its root.

import CGtk
import CGtkShim

typealias WidgetPointer = UnsafeMutablePointer<GtkWidget>

/// Owns one reference to a widget. The modifiers return the widget, so that building reads top to bottom.
@MainActor final class Widget: GObjectRef {
  /// From a GTK constructor, or any borrowed widget.
  convenience init(_ widget: WidgetPointer!) { self.init(retaining: widget) }

  var widget: WidgetPointer { cast() }

  /// CSS classes, such as `title-4`, `dim-label`, `card`, `pill`.
  @discardableResult func style(_ classes: String...) -> Widget {
    for name in classes { gtk_widget_add_css_class(widget, name) }
    return self
  }

  /// Adds or takes away one CSS class.
  func toggleStyle(_ name: String, _ isOn: Bool) {
    if isOn { gtk_widget_add_css_class(widget, name) } else { gtk_widget_remove_css_class(widget, name) }
  }

  /// What a screen reader calls it.
  @discardableResult func accessibleName(_ text: String) -> Widget {
    cgtk_set_accessible_label(widget, text)
    return self
  }

  /// What a screen reader adds to the name.
  @discardableResult func accessibleDescription(_ text: String) -> Widget {
    cgtk_set_accessible_description(widget, text)
    return self
  }

  /// Whether it takes the room that is left over; an axis that is left out stays as it is.
  @discardableResult func expand(horizontally: Bool? = nil, vertically: Bool? = nil) -> Widget {
    if let horizontally { gtk_widget_set_hexpand(widget, horizontally ? 1 : 0) }
    if let vertically { gtk_widget_set_vexpand(widget, vertically ? 1 : 0) }
    return self
  }

  @discardableResult func align(horizontally: GtkAlign? = nil, vertically: GtkAlign? = nil) -> Widget {
    if let horizontally { gtk_widget_set_halign(widget, horizontally) }
    if let vertically { gtk_widget_set_valign(widget, vertically) }
    return self
  }

  /// Pixels on all four sides.
  @discardableResult func margin(_ pixels: Int32) -> Widget { margin(horizontally: pixels, vertically: pixels) }

  @discardableResult func margin(horizontally: Int32, vertically: Int32) -> Widget {
    gtk_widget_set_margin_start(widget, horizontally)
    gtk_widget_set_margin_end(widget, horizontally)
    gtk_widget_set_margin_top(widget, vertically)
    gtk_widget_set_margin_bottom(widget, vertically)
    return self
  }

  @discardableResult func tooltip(_ text: String) -> Widget {
    gtk_widget_set_tooltip_text(widget, text)
    return self
  }

  /// At least this size in pixels; -1 leaves a side to the widget.
  @discardableResult func size(width: Int32 = -1, height: Int32 = -1) -> Widget {
    gtk_widget_set_size_request(widget, width, height)
    return self
  }

  var isVisible: Bool {
    get { gtk_widget_get_visible(widget) != 0 }
    set { gtk_widget_set_visible(widget, newValue ? 1 : 0) }
  }

  var isSensitive: Bool {
    get { gtk_widget_get_sensitive(widget) != 0 }
    set { gtk_widget_set_sensitive(widget, newValue ? 1 : 0) }
  }

  /// Makes the widget insensitive where there is a reason, and says it; nil: the widget can be used.
  func lock(_ reason: String?) {
    isSensitive = reason == nil
    if let reason { tooltip(reason).accessibleDescription(reason) }
  }

  /// The widget takes over a new event controller; `controller` still owns its own reference.
  func addController(_ controller: GObjectRef) {
    g_object_ref(controller.raw)
    gtk_widget_add_controller(widget, controller.pointer)
  }
}
