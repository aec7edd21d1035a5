// Which mark is which category on the map. Main thread; it is made again when the categories or their names change.

import CGtk
import DuetEngine

@MainActor final class MapLegend {
  /// A GtkFlowBox.
  let root = Widget(gtk_flow_box_new())
  private(set) var names: [String] = []

  init() {
    gtk_flow_box_set_selection_mode(root.pointer, GTK_SELECTION_NONE)
    gtk_flow_box_set_max_children_per_line(root.pointer, guint(DuetEngine.Category.limit))
    gtk_flow_box_set_column_spacing(root.pointer, 12)
    root.accessibleName(L("Legend"))
  }

  /// - Parameter new: what the categories are called, in the user's order.
  func show(_ new: [String]) {
    guard new != names else { return }
    names = new
    while let old = gtk_widget_get_first_child(root.widget) { gtk_flow_box_remove(root.pointer, old) }
    for (index, name) in new.enumerated() {
      let mark = Widget(gtk_drawing_area_new()).size(width: 16, height: 16)
      mark.align(vertically: GTK_ALIGN_CENTER)
      mark.draw { cr, width, height in
        CategoryMark(index: index).draw(cr, x: width / 2, y: height / 2, radius: 6, rim: 0.25)
      }
      let entry = Widget.row(spacing: 6, mark, Widget.label(name, wraps: false).style("caption"))
      gtk_flow_box_insert(root.pointer, entry.widget, -1)
    }
  }
}
