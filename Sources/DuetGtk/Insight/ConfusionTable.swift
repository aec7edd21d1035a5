// The confusion table: a row for what photos are, a column for what the model said. Main thread. Each cell that
// holds photos is a button; what is right is on the diagonal. It keeps no data but the widgets.

import CGtk
import DuetEngine

@MainActor final class ConfusionTable {
  /// Pixels of a cell, so that ten columns fit beside the names.
  private static let cellSize: (width: Int32, height: Int32) = (58, 36)
  /// Characters of a column's name; the whole name is in its tooltip.
  private static let columnCharacters: Int32 = 7
  /// From this share of a row's photos on a cell is coloured strongly.
  private static let strong = 0.5

  /// A GtkGrid.
  let root = Widget(gtk_grid_new())
  private(set) var cells: [(cell: HonestScore.Cell, button: Widget)] = []
  private let onOpen: @MainActor (HonestScore.Cell) -> Void

  /// - Parameter onOpen: the person wants to see the photos of a cell. Capture owners weakly.
  init(onOpen: @escaping @MainActor (HonestScore.Cell) -> Void) {
    self.onOpen = onOpen
    root.style("confusion-table").accessibleName(L("Confusion table"))
    gtk_grid_set_row_spacing(root.cast(), 3)
    gtk_grid_set_column_spacing(root.cast(), 3)
  }

  func show(_ table: [[HonestScore.Cell]], _ places: PhotoPlaces) {
    while let old = gtk_widget_get_first_child(root.widget) { gtk_grid_remove(root.cast(), old) }
    cells = []
    guard let first = table.first else { return }
    attach(Widget.label(L("Photos of"), wraps: false).style("caption", "dim-label"), column: 0, row: 0)
    for (index, cell) in first.enumerated() {
      attach(heading(places.name(of: cell.answer), isColumn: true), column: index + 1, row: 0)
    }
    for (row, line) in table.enumerated() {
      attach(heading(places.name(of: line[row].category), isColumn: false), column: 0, row: row + 1)
      let count = line.reduce(0) { $0 + $1.photos.count }
      for (column, cell) in line.enumerated() {
        let share = Double(cell.photos.count) / Double(max(1, count))
        attach(widget(cell, share: share, places), column: column + 1, row: row + 1)
      }
    }
  }

  private func attach(_ child: Widget, column: Int, row: Int) {
    gtk_grid_attach(root.cast(), child.widget, Int32(column), Int32(row), 1, 1)
  }

  private func heading(_ name: String, isColumn: Bool) -> Widget {
    let label = Widget.label(name, wraps: false).style("caption")
    gtk_label_set_ellipsize(label.pointer, PANGO_ELLIPSIZE_END)
    gtk_label_set_max_width_chars(label.pointer, isColumn ? Self.columnCharacters : 18)
    if isColumn { gtk_label_set_xalign(label.pointer, 0.5) }
    return label.tooltip(name)
  }

  private func widget(_ cell: HonestScore.Cell, share: Double, _ places: PhotoPlaces) -> Widget {
    let isRight = cell.category == cell.answer
    guard !cell.photos.isEmpty else {
      let empty = Widget.label("·", wraps: false).style("dim-label", "confusion-cell")
      gtk_label_set_xalign(empty.pointer, 0.5)
      return empty.size(width: Self.cellSize.width, height: Self.cellSize.height)
    }
    let button = Widget.button("\(cell.photos.count)") { [onOpen] in onOpen(cell) }
    let text = ScoreSentence.cell(cell.category, cell.answer, count: cell.photos.count, places)
    button.style("flat", "confusion-cell", isRight ? "right" : "wrong").accessibleName(text).tooltip(text)
    button.toggleStyle("strong", share >= Self.strong)
    button.size(width: Self.cellSize.width, height: Self.cellSize.height)
    cells.append((cell, button))
    return button
  }
}
