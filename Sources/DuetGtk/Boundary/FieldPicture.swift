// The background of the plane: filled contours as a picture, and its level lines. Main thread.
// Both are made once for a field and a size, and painted in every frame until the next field comes.

import DuetEngine
import Foundation

@MainActor final class FieldPicture {
  /// A level line in data units, ready for any size.
  typealias Line = [[Double]]

  /// What the picture was made for.
  private struct Key: Equatable {
    var serial: Int
    var width: Double
    var height: Double
    var scale: Double
    var colours: FieldColours
  }

  private(set) var field: BoundaryField?
  /// Where the probability is one half.
  private(set) var boundary: [Line] = []
  /// Where it would be if the networks were one standard deviation surer of either label; empty for one network.
  private(set) var spread: [Line] = []
  private var serial = 0
  private var key: Key?
  private var picture: CairoPicture?

  func show(_ new: BoundaryField?) {
    field = new
    serial += 1
    boundary = new.map { Self.lines(of: $0.logit, in: $0, at: 0) } ?? []
    spread = new.map(Self.spreadLines) ?? []
  }

  /// The filled contours at a size in pixels; nil without a field.
  func picture(width: Double, height: Double, scale: Double, colours: FieldColours) -> CairoPicture? {
    guard let field else { return nil }
    let wanted = Key(serial: serial, width: width, height: height, scale: scale, colours: colours)
    if wanted == key { return picture }
    let isNewSize = key?.width != width || key?.height != height || key?.scale != scale
    if picture == nil || isNewSize { picture = CairoPicture(width: width, height: height, scale: scale) }
    key = wanted
    picture?.fill { pixels, width, height, stride in
      colours.paint(
        field.logit, columns: field.columns, rows: field.rows, into: pixels, width: width, height: height,
        stride: stride)
    }
    return picture
  }

  static func lines(of values: [Float], in field: BoundaryField, at level: Float) -> [Line] {
    let (across, up) = (field.bounds.width / Double(field.columns - 1), field.bounds.height / Double(field.rows - 1))
    return MarchingSquares(values, columns: field.columns, rows: field.rows).lines(at: level).map { chain in
      chain.map { [field.bounds.minX + $0.x * across, field.bounds.minY + $0.y * up] }
    }
  }

  private static func spreadLines(_ field: BoundaryField) -> [Line] {
    guard field.spread.contains(where: { $0 > 0 }) else { return [] }
    return [Float(-1), 1].flatMap { sign -> [Line] in
      let shifted = zip(field.logit, field.spread).map { logit, spread in
        1 / (1 + exp(-logit)) + sign * spread
      }
      return lines(of: shifted, in: field, at: 0.5)
    }
  }
}
