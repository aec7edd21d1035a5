// The three widgets that every view is made of: labels, buttons and boxes. Main thread.
// Anything rarer is made with its GTK constructor: `Widget(gtk_spinner_new())`.

import CGtk
import CGtkShim

extension Widget {
  /// Text that wraps between words when it must, aligned to the start.
  static func label(_ text: String = "", wraps: Bool = true) -> Widget {
    let label = Widget(gtk_label_new(text))
    gtk_label_set_xalign(label.pointer, 0)
    if wraps {
      gtk_label_set_wrap(label.pointer, 1)
      gtk_label_set_wrap_mode(label.pointer, PANGO_WRAP_WORD_CHAR)
    }
    return label
  }

  /// Text of a label made with ``label(_:wraps:)``.
  var text: String {
    get { gtk_label_get_text(pointer).map { String(cString: $0) } ?? "" }
    set { if newValue != text { gtk_label_set_text(pointer, newValue) } }
  }

  /// A push button with a text. Capture the view weakly.
  static func button(_ title: String, onClick: @escaping @MainActor () -> Void) -> Widget {
    let button = Widget(gtk_button_new_with_label(title))
    button.on("clicked") { _ in onClick() }
    return button
  }

  /// A push button with an icon; `name` is its tooltip and its accessible name. Capture the view weakly.
  static func iconButton(_ icon: String, name: String, onClick: @escaping @MainActor () -> Void) -> Widget {
    let button = Widget(gtk_button_new_from_icon_name(icon))
    button.tooltip(name).accessibleName(name)
    button.on("clicked") { _ in onClick() }
    return button
  }

  /// A push button with an icon beside a text. Capture the view weakly.
  static func button(icon: String, _ title: String, onClick: @escaping @MainActor () -> Void) -> Widget {
    // AdwButtonContent would make its text a second part of the button's accessible name.
    let content = Widget.row(spacing: 6, Widget(gtk_image_new_from_icon_name(icon)), .label(title, wraps: false))
    content.align(horizontally: GTK_ALIGN_CENTER)
    let button = Widget(gtk_button_new())
    gtk_button_set_child(button.cast(), content.widget)
    button.style("image-text-button").accessibleName(title)
    button.on("clicked") { _ in onClick() }
    return button
  }

  static func row(spacing: Int32 = 6, _ children: Widget...) -> Widget {
    box(GTK_ORIENTATION_HORIZONTAL, spacing: spacing, children)
  }

  static func column(spacing: Int32 = 6, _ children: Widget...) -> Widget {
    box(GTK_ORIENTATION_VERTICAL, spacing: spacing, children)
  }

  static func box(_ orientation: GtkOrientation, spacing: Int32, _ children: [Widget]) -> Widget {
    let box = Widget(gtk_box_new(orientation, spacing))
    for child in children { box.append(child) }
    return box
  }

  /// Of a box made with `row`, `column` or `box`.
  func append(_ child: Widget) { gtk_box_append(cast(), child.widget) }
  func remove(_ child: Widget) { gtk_box_remove(cast(), child.widget) }

  /// A scroller around `child`; by default it scrolls up and down only.
  static func scroller(_ child: Widget, horizontal: GtkPolicyType = GTK_POLICY_NEVER) -> Widget {
    let scroller = Widget(gtk_scrolled_window_new())
    gtk_scrolled_window_set_policy(scroller.pointer, horizontal, GTK_POLICY_AUTOMATIC)
    gtk_scrolled_window_set_child(scroller.pointer, child.widget)
    return scroller
  }
}
