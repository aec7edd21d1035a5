// What the marks and lines on the plane mean. Main thread; entries come and go with what is to be seen.

import CGtk
import DuetEngine

@MainActor final class PlaneLegend {
  /// What is to be explained.
  struct Content: Equatable {
    var labelNames: [String]
    var hasTestPoints: Bool
    var hasSpread: Bool
    var hasBefore: Bool
  }

  /// A GtkFlowBox.
  let root = Widget(gtk_flow_box_new())
  private var content: Content?

  init() {
    gtk_flow_box_set_selection_mode(root.pointer, GTK_SELECTION_NONE)
    gtk_flow_box_set_max_children_per_line(root.pointer, 8)
    gtk_flow_box_set_column_spacing(root.pointer, 12)
    root.accessibleName(L("Legend"))
  }

  func show(_ new: Content) {
    guard new != content else { return }
    content = new
    while let old = gtk_widget_get_first_child(root.widget) { gtk_flow_box_remove(root.pointer, old) }
    for (label, name) in new.labelNames.enumerated() { add(name) { glyph($0, $1, $2, [(label, false)]) } }
    if new.hasTestPoints { add(L("Hollow: for testing")) { glyph($0, $1, $2, [(0, true), (1, true)]) } }
    add(L("Undecided")) { line($0, $1, $2, width: 2.5, dash: []) }
    if new.hasBefore { add(L("Without the arrow")) { line($0, $1, $2, width: 2, dash: PlaneDrawing.beforeDash) } }
    if new.hasSpread {
      add(L("Where the networks differ")) { line($0, $1, $2, width: 1.5, dash: PlaneDrawing.spreadDash) }
    }
  }

  private func add(_ name: String, _ draw: @escaping @MainActor (OpaquePointer, Double, Double) -> Void) {
    let mark = Widget(gtk_drawing_area_new()).size(width: 28, height: 16).align(vertically: GTK_ALIGN_CENTER)
    mark.draw(draw)
    let entry = Widget.row(spacing: 6, mark, Widget.label(name, wraps: false).style("caption"))
    gtk_flow_box_insert(root.pointer, entry.widget, -1)
  }
}

@MainActor private func glyph(_ cr: OpaquePointer, _ width: Double, _ height: Double, _ marks: [(Int, Bool)]) {
  for (index, mark) in marks.enumerated() {
    let x = width * Double(index + 1) / Double(marks.count + 1)
    PointGlyph(label: mark.0, isTest: mark.1)
      .draw(cr, x: x, y: height / 2, radius: PlaneDrawing.pointRadius, isDark: PlaneStyle.current.isDark)
  }
}

@MainActor private func line(
  _ cr: OpaquePointer, _ width: Double, _ height: Double, width thickness: Double, dash: [Double]
) {
  let ink = PlaneStyle.current.ink
  cairo_move_to(cr, 1, height / 2)
  cairo_line_to(cr, width - 1, height / 2)
  cairo_set_source_rgb(cr, ink.red, ink.green, ink.blue)
  cairo_set_line_width(cr, thickness)
  cairo_set_dash(cr, dash, Int32(dash.count), 0)
  cairo_stroke(cr)
}
