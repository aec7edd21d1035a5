// From points, marks and settings to the terms of the objective: which loss says what. Pure; any thread.
// The formulas stand at `BoundaryLoss`.

import Foundation

/// The constants of the default mode; how they were found is in docs/boundary.md.
enum TipConstants {
  /// h, how much the hint for the boundary counts beside its tip.
  static let hint = 0.25
  /// q: the boundary should cross the arrow between the shares q and 1 - q of its length.
  static let middle = 0.3
  /// k and m of a direction whose tip is not trusted.
  static let direction = 1.0
  static let margin = 1.0
  /// r, of a direction that should not matter.
  static let flatness = 1.0
}

extension BoundaryObjective {
  /// Marks that are off, of no length, or of points that are gone or are test points, have no term.
  init(_ set: PointSet, marks: [Mark], settings: BoundarySettings) {
    self.init(output: settings.loss == .tips ? .logit : settings.output)
    let arrows = settings.loss.usesArrows ? Self.arrows(marks, set) : []
    let training = set.points.filter { !$0.isTest }
    let alpha = arrows.isEmpty ? 0 : settings.alpha
    let weights = arrows.reduce(0) { $0 + $1.weight }
    // The tips share one mean with the labels; the others have a mean of their own.
    let labelWeight: Double
    let arrowWeight: Double
    if settings.loss == .tips {
      let total = (1 - alpha) * Double(training.count) + alpha * weights
      labelWeight = total > 0 ? (1 - alpha) / total : 0
      arrowWeight = total > 0 ? alpha / total : 0
    } else {
      labelWeight = (1 - alpha) / Double(max(training.count, 1))
      arrowWeight = alpha / Double(max(arrows.count, 1))
    }
    for point in training {
      let row = row(set.scaled(point.x))
      add(.label(row: row, target: Double(point.label)), weight: labelWeight)
    }
    for arrow in arrows { add(arrow, settings.loss, weight: arrowWeight * arrow.weight) }
  }

  /// A mark in scaled units.
  private struct Arrow {
    let x: [Double]
    let delta: [Double]
    let label: Int
    let kind: Mark.Kind
    let weight: Double

    var sign: Double { Double(2 * label - 1) }
    var length: Double { delta.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    var unit: [Double] { delta.map { $0 / length } }

    /// The point `share` of the way to the tip.
    func at(_ share: Double) -> [Double] { zip(x, delta).map { $0 + share * $1 } }
  }

  private static func arrows(_ marks: [Mark], _ set: PointSet) -> [Arrow] {
    guard !marks.isEmpty else { return [] }
    let points = Dictionary(set.points.map { ($0.id, $0) }) { first, _ in first }
    return marks.compactMap { mark in
      guard mark.isOn, let point = points[mark.point], !point.isTest, (try? mark.check()) != nil else { return nil }
      return Arrow(
        x: set.scaled(point.x), delta: zip(mark.delta, set.scales).map { $0 / $1.unit }, label: point.label,
        kind: mark.kind, weight: mark.weight.brought(into: Mark.weights))
    }
  }

  private mutating func add(_ arrow: Arrow, _ loss: BoundaryLoss, weight: Double) {
    if arrow.kind == .doesNotMatter {
      // The derivative at the point alone says nothing about the rest of the arrow.
      let places = [0, 0.5, 1]
      let share = weight * (loss == .tips ? TipConstants.flatness : 1) / Double(places.count)
      for place in places {
        add(.flat(row: gradientRow(arrow.at(place)), along: loss == .tips ? arrow.delta : arrow.unit), weight: share)
      }
      return
    }
    switch loss {
    case .crossEntropy:
      break
    case .tips where arrow.kind == .becomesOther:
      add(.label(row: row(arrow.at(1)), target: Double(1 - arrow.label)), weight: weight)
      // A logit of 0 at the midpoint itself pulls for ever, also where labels know better (docs/boundary.md).
      let near = row(arrow.at(TipConstants.middle))
      let far = row(arrow.at(1 - TipConstants.middle))
      add(.label(row: near, target: Double(arrow.label)), weight: weight * TipConstants.hint / 2)
      add(.label(row: far, target: Double(1 - arrow.label)), weight: weight * TipConstants.hint / 2)
    case .tips:
      let form = DirectionForm.softplus(gain: 1, shift: TipConstants.margin, divisor: 1)
      addDirection(arrow, along: arrow.delta, form, weight: weight * TipConstants.direction)
    case .contrast(let margin):
      let (start, tip) = (row(arrow.x), row(arrow.at(1)))
      add(.contrast(row: start, tip: tip, sign: arrow.sign, margin: margin), weight: weight)
    case .sign:
      addDirection(arrow, along: arrow.unit, .step(gain: 20, factor: 100), weight: weight)
    case .thesisTanh:
      addDirection(arrow, along: arrow.unit, .step(gain: 200, factor: 1), weight: weight)
    case .thesisHinge:
      addDirection(arrow, along: arrow.unit, .hinge, weight: weight)
    case .thesisSoftplus(let strength):
      addDirection(
        arrow, along: arrow.unit, .softplus(gain: strength.gain, shift: 0, divisor: strength.divisor), weight: weight)
    case .cosine:
      addDirection(arrow, along: arrow.unit, .cosine, weight: weight)
    }
  }

  private mutating func addDirection(_ arrow: Arrow, along: [Double], _ form: DirectionForm, weight: Double) {
    add(.direction(row: gradientRow(arrow.x), along: along, sign: arrow.sign, form: form), weight: weight)
  }
}

extension PointSet {
  /// Data units to the units that the network sees.
  func scaled(_ x: [Double]) -> [Double] { zip(x, scales).map { $1.scaled($0) } }
}
