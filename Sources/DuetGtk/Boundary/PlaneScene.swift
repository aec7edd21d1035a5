// What is to be seen on the plane, as a value. Any thread. The canvas draws it; the page puts it together.

import DuetEngine
import Foundation

struct PlaneScene: Equatable {
  /// What a click on the plane does.
  enum Tool: Hashable {
    /// Picks the nearest point; a drag from it draws an arrow.
    case arrows
    /// Adds a point of this label.
    case add(label: Int)
  }

  var points: [BoundaryPoint] = []
  var featureNames = ["x", "y"]
  var labelNames = ["0", "1"]
  var marks: [Mark] = []
  /// The arrow that its list shows as chosen.
  var selected: Mark.ID?
  /// An arrow that is not kept yet.
  var draft: Mark?
  /// The point that was clicked, or that the keyboard is at.
  var focused: BoundaryPoint.ID?
  var tool = Tool.arrows
  var quantity = FieldColours.Quantity.probability

  func point(_ id: BoundaryPoint.ID?) -> BoundaryPoint? { id.flatMap { id in points.first { $0.id == id } } }

  func name(of label: Int) -> String { labelNames.indices.contains(label) ? labelNames[label] : "" }

  /// From the point to the tip; nil where the point is gone.
  func ends(of mark: Mark) -> (from: [Double], to: [Double])? {
    guard let point = point(mark.point), mark.delta.count == 2 else { return nil }
    return (point.x, [point.x[0] + mark.delta[0], point.x[1] + mark.delta[1]])
  }

  /// What a screen reader says about the plane: the point in focus, else how much there is.
  var summary: String {
    point(focused).map(sentence)
      ?? L(
        "{points}, {arrows}",
        [
          "points": LN("{count} point", "{count} points", points.count),
          "arrows": LN("{count} arrow", "{count} arrows", marks.count),
        ])
  }

  /// What a screen reader says about a point: "Point 12, moon 1, for testing, at 0.25 and -0.1".
  func sentence(for point: BoundaryPoint) -> String {
    let values: LocalisedValues = [
      "number": point.id + 1, "label": name(of: point.label),
      "x": PlotAxis.label(point.x[0]), "y": PlotAxis.label(point.x[1]),
    ]
    return point.isTest
      ? L("Test point {number}, “{label}”, at {x} and {y}", values)
      : L("Point {number}, “{label}”, at {x} and {y}", values)
  }
}
