// The network's answers on a grid over the plane, for drawing. A value; any thread.

import Foundation

public struct BoundaryField: Sendable, Equatable {
  public let columns: Int
  public let rows: Int
  public let bounds: BoundaryBounds
  /// Mean logit of the members, row by row from the bottom (least y), each row from the left; [rows * columns].
  /// The first and the last column lie on the bounds, as do the rows.
  public let logit: [Float]
  /// Standard deviation of the members' probabilities, in the same order; zeros for one member.
  public let spread: [Float]

  /// Mean logit's probability of label 1.
  public func probability(column: Int, row: Int) -> Float {
    Float(Logistic.probability(Double(logit[row * columns + column])))
  }
}

extension BoundaryTraining {
  /// - Parameters:
  ///   - bounds: in data units; `set` knows their scale.
  ///   - columns: at least 2, as `rows`.
  public func field(_ bounds: BoundaryBounds, columns: Int, rows: Int, of set: PointSet) -> BoundaryField {
    let (columns, rows) = (max(columns, 2), max(rows, 2))
    var grid: [Double] = []
    grid.reserveCapacity(rows * columns * 2)
    for row in 0..<rows {
      let y = bounds.minY + bounds.height * Double(row) / Double(rows - 1)
      for column in 0..<columns {
        let x = bounds.minX + bounds.width * Double(column) / Double(columns - 1)
        grid.append(set.scales[0].scaled(x))
        grid.append(set.scales[1].scaled(y))
      }
    }
    let members = networks.map { $0.logits(grid) }
    let share = 1 / Double(members.count)
    var logit = [Float](repeating: 0, count: rows * columns)
    var spread = logit
    for cell in 0..<logit.count {
      logit[cell] = Float(members.reduce(0) { $0 + $1[cell] } * share)
      guard members.count > 1 else { continue }
      let probabilities = members.map { Logistic.probability($0[cell]) }
      let mean = probabilities.reduce(0, +) * share
      let variance = probabilities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * share
      spread[cell] = Float(variance.squareRoot())
    }
    return BoundaryField(columns: columns, rows: rows, bounds: bounds, logit: logit, spread: spread)
  }
}
