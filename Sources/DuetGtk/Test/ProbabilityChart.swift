// A horizontal bar for every category with its name and percentage. Main thread. It keeps no data: rows are
// widgets that are filled again for every answer.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class ProbabilityChart {
  struct Bar: Equatable {
    /// Nil: not a category of the project, so nobody can point at it.
    var category: CategoryID?
    let name: String
    /// Nil: the model has no answer for this category.
    let probability: Double?
    /// Whether this is the category that the model decided on.
    let isLabel: Bool
  }

  /// A GtkGrid of names, bars and percentages.
  let root = Widget(gtk_grid_new())
  private(set) var bars: [Bar] = []
  private var rows: [Row] = []
  /// The bar that an assistant speaks of.
  private(set) var marked: CategoryID?

  init() {
    gtk_grid_set_row_spacing(root.cast(), 6)
    gtk_grid_set_column_spacing(root.cast(), 12)
    root.style("probabilities").accessibleName(L("Probabilities"))
  }

  /// - Parameter isCertain: false draws the bars in grey.
  func show(_ bars: [Bar], isCertain: Bool) {
    root.toggleStyle("uncertain", !isCertain)
    root.accessibleDescription(ResultSentence.description(bars))
    guard bars != self.bars else { return }
    self.bars = bars
    while rows.count < bars.count { rows.append(Row(in: root, at: Int32(rows.count))) }
    while rows.count > bars.count {
      rows.removeLast()
      gtk_grid_remove_row(root.cast(), Int32(rows.count))
    }
    for (row, bar) in zip(rows, bars) { row.show(bar) }
    mark(marked)
  }

  /// Emphasises the bar of this category and of no other. Returns whether there is one.
  @discardableResult
  func mark(_ category: CategoryID?) -> Bool {
    marked = category
    for (row, bar) in zip(rows, bars) { row.mark(category != nil && bar.category == category) }
    return category != nil && bars.contains { $0.category == category }
  }

  /// Names of the bars that are emphasised.
  var emphasised: [String] { zip(rows, bars).filter { $0.0.isMarked }.map(\.1.name) }

  /// The bars of an answer, and a bar without a value for each category that the answer does not know.
  /// - Parameter largestFirst: false keeps the user's order of categories.
  static func bars(_ snapshot: ProjectSnapshot, largestFirst: Bool) -> [Bar] {
    let prediction = snapshot.test?.prediction
    let values = Dictionary(
      (prediction?.bars ?? []).map { ($0.category, $0.probability) }, uniquingKeysWith: { first, _ in first })
    let bars = snapshot.categories.map {
      Bar(category: $0.id, name: $0.name, probability: values[$0.id], isLabel: $0.id == prediction?.label)
    }
    guard largestFirst else { return bars }
    // A stable sort: equal bars stay in the user's order.
    return bars.enumerated().sorted {
      let (a, b) = ($0.element.probability ?? -1, $1.element.probability ?? -1)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
  }
}

/// Three cells of the grid.
@MainActor private final class Row {
  private let name = Widget.label(wraps: false)
  private let bar = Widget(gtk_progress_bar_new())
  private let percent = Widget.label(wraps: false)
  private(set) var isMarked = false

  init(in grid: Widget, at row: Int32) {
    gtk_label_set_ellipsize(name.pointer, PANGO_ELLIPSIZE_END)
    gtk_label_set_width_chars(name.pointer, 8)
    gtk_label_set_max_width_chars(name.pointer, 16)
    gtk_label_set_xalign(percent.pointer, 1)
    gtk_label_set_width_chars(percent.pointer, 6)
    percent.style("numeric")
    bar.style("probability").expand(horizontally: true).align(vertically: GTK_ALIGN_CENTER)
    for (column, cell) in [name, bar, percent].enumerated() {
      gtk_grid_attach(grid.cast(), cell.widget, Int32(column), row, 1, 1)
    }
  }

  func mark(_ isMarked: Bool) {
    self.isMarked = isMarked
    for cell in [name, bar, percent] { cell.toggleStyle("marked", isMarked) }
  }

  func show(_ value: ProbabilityChart.Bar) {
    let text = value.probability.map(ResultSentence.percent) ?? "–"
    name.text = value.name
    name.tooltip(value.name)
    percent.text = text
    gtk_progress_bar_set_fraction(bar.pointer, value.probability ?? 0)
    bar.accessibleName(value.name).accessibleDescription(text)
    for cell in [name, percent] { cell.toggleStyle("label-of-answer", value.isLabel) }
    for cell in [name, bar, percent] { cell.toggleStyle("no-answer", value.probability == nil) }
  }
}
