// Loss and accuracy over the epochs, of the run in progress and of the saved runs that are ticked, with a legend.
// Main thread. While a training plays the charts are drawn anew a few times a second, not in every frame.

import CGtk
import DuetEngine

@MainActor final class CurvesPane {
  /// Between two drawings of the charts.
  private static let pace = Duration.milliseconds(120)

  let root: Widget
  let loss = CurveChart(L("Loss"))
  let accuracy = CurveChart(L("Accuracy"), range: 0...1)
  let legend = Widget(gtk_flow_box_new())
  private let session: BoundarySession
  private var last = ContinuousClock.now - pace
  private var waiting: Task<Void, Never>?
  private var shownNames: [String]?
  private var refresh: Observe?

  init(session: BoundarySession) {
    self.session = session
    gtk_flow_box_set_selection_mode(legend.pointer, GTK_SELECTION_NONE)
    gtk_flow_box_set_max_children_per_line(legend.pointer, 8)
    gtk_flow_box_set_column_spacing(legend.pointer, 12)
    legend.accessibleName(L("Legend of the curves"))
    let charts = Widget.row(spacing: 12, loss.root, accuracy.root)
    gtk_box_set_homogeneous(charts.cast(), 1)
    root = .column(spacing: 3, charts, legend)
    root.margin(horizontally: 12, vertically: 6)
    refresh = Observe { [weak self] in
      _ = (session.curves, session.overlays, session.runs)
      self?.changed()
    }
  }

  private func changed() {
    guard waiting == nil else { return }
    let now = ContinuousClock.now
    guard now - last < Self.pace else { return show() }
    waiting = Task { [weak self, last] in
      // The pace of drawing, not a wait for something.
      try? await Task.sleep(until: last + Self.pace, clock: .continuous)
      self?.waiting = nil
      self?.show()
    }
  }

  private func show() {
    last = .now
    let overlaid = session.runs.filter { session.overlays[$0.id] != nil }
    let all = [(L("This run"), session.curves)] + overlaid.compactMap { run in
      session.overlays[run.id].map { (run.name, $0) }
    }
    let summary = Self.summary(session.curves.last)
    loss.show(Self.curves(all, train: \.loss, test: \.testLoss), summary: summary)
    accuracy.show(Self.curves(all, train: \.trainAccuracy, test: \.testAccuracy), summary: summary)
    showLegend(all.map(\.0))
  }

  static func curves(
    _ all: [(String, Curves)], train: (EpochFigures) -> Double, test: (EpochFigures) -> Double?
  ) -> [CurvePlot.Curve] {
    all.enumerated().flatMap { index, run in
      let (name, curves) = run
      let tested = curves.figures.compactMap { figures in
        test(figures).map { CurvePlot.Value(epoch: figures.epoch, value: $0) }
      }
      return [
        CurvePlot.Curve(
          name: name, colour: index, isTest: false,
          values: curves.figures.map { CurvePlot.Value(epoch: $0.epoch, value: train($0)) }),
        CurvePlot.Curve(name: name, colour: index, isTest: true, values: tested),
      ].filter { !$0.values.isEmpty }
    }
  }

  /// "Epoch 120. Of the training points 97 % are right, of the test points 93 %."
  static func summary(_ figures: EpochFigures?) -> String {
    guard let figures else { return L("Not trained yet") }
    func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
    guard let test = figures.testAccuracy else {
      return L(
        "Epoch {epoch}: {train} % of the training points right",
        ["epoch": figures.epoch, "train": percent(figures.trainAccuracy)])
    }
    return L(
      "Epoch {epoch}: {train} % of the training points right, {test} % of the test points",
      ["epoch": figures.epoch, "train": percent(figures.trainAccuracy), "test": percent(test)])
  }

  private func showLegend(_ names: [String]) {
    guard names != shownNames else { return }
    shownNames = names
    while let old = gtk_widget_get_first_child(legend.widget) { gtk_flow_box_remove(legend.pointer, old) }
    for (index, name) in names.enumerated() {
      add(index == 0 ? name : "\(index) \(name)", colour: index, isTest: false)
    }
    add(L("Dashed: test points"), colour: 0, isTest: true)
  }

  private func add(_ name: String, colour: Int, isTest: Bool) {
    let line = Widget(gtk_drawing_area_new()).size(width: 22, height: 12).align(vertically: GTK_ALIGN_CENTER)
    line.draw { cr, width, height in
      let colour = CurveChart.colour(colour, .current)
      cairo_move_to(cr, 0, height / 2)
      cairo_line_to(cr, width, height / 2)
      cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue)
      cairo_set_line_width(cr, 2)
      if isTest { cairo_set_dash(cr, CurveChart.testDash, Int32(CurveChart.testDash.count), 0) }
      cairo_stroke(cr)
    }
    let entry = Widget.row(spacing: 6, line, Widget.label(name, wraps: false).style("caption"))
    gtk_flow_box_insert(legend.pointer, entry.widget, -1)
  }
}
