// The controls of one arrow: its kind, a slider a feature for its tip, its weight. Main thread. The same controls serve
// an arrow that is not kept yet and one that is; they tell their owner every change, and show what they are told.

import CGtk
import DuetEngine

@MainActor final class ArrowEditor {
  let root: Widget
  let kind = ChoiceRow(L("What the arrow says"), isBelow: true)
  let tips = [SliderRow(""), SliderRow("")]
  let weight = SliderRow(L("Weight"), L("1 counts as much as a point."), in: Mark.weights, digits: 1)
  private var mark: Mark?
  private var point: BoundaryPoint?
  /// The arrow as the person wants it; whether a slider is in motion. Capture owners weakly.
  var onChange: @MainActor (Mark, _ continuing: Bool) -> Void = { _, _ in }

  init() {
    root = formList([kind.root] + tips.map(\.root) + [weight.root])
    kind.onChange = { [weak self] index in self?.change(continuing: false) { $0.kind = Mark.Kind.allCases[index] } }
    for (feature, row) in tips.enumerated() {
      row.onChange = { [weak self] value in
        guard let self, let point = self.point else { return }
        self.change { $0.delta[feature] = value - point.x[feature] }
      }
    }
    weight.onChange = { [weak self] value in self?.change { $0.weight = value } }
  }

  /// - Parameters:
  ///   - bounds: how far the sliders reach.
  ///   - features: what the axes are called.
  func show(_ new: Mark, from start: BoundaryPoint, bounds: BoundaryBounds, features: [String]) {
    (mark, point) = (new, start)
    kind.show(Mark.Kind.allCases.map(\.title), selected: Mark.Kind.allCases.firstIndex(of: new.kind) ?? 0)
    let ranges = [bounds.minX...bounds.maxX, bounds.minY...bounds.maxY]
    for (feature, row) in tips.enumerated() {
      let tip = start.x[feature] + new.delta[feature]
      row.name(L("{feature} at the tip", ["feature": features[feature]]))
      let range = ranges[feature]
      row.show(tip, in: min(range.lowerBound, tip)...max(range.upperBound, tip))
    }
    weight.show(new.weight)
  }

  private func change(continuing: Bool = true, _ edit: (inout Mark) -> Void) {
    guard var new = mark else { return }
    edit(&new)
    guard new != mark else { return }
    mark = new
    onChange(new, continuing)
  }
}
