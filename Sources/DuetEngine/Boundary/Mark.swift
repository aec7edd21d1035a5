// What a person draws on the Boundary page: an arrow from a point, of one of three kinds. A value; any thread.

import Foundation

public struct Mark: Sendable, Equatable, Codable, Identifiable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// "Here it becomes the other one": the tip is trusted as a point of the other label. The default.
    case becomesOther
    /// "Somewhere in this direction": the tip is not trusted, only where it points.
    case direction
    /// "This should not matter": along the arrow the answer stays as it is.
    case doesNotMatter

    public var title: String {
      switch self {
      case .becomesOther: L("Here it becomes the other one")
      case .direction: L("Somewhere in this direction")
      case .doesNotMatter: L("This should not matter")
      }
    }
  }

  public let id: UUID
  public let point: BoundaryPoint.ID
  public var kind: Kind
  /// Tip minus point, in data units; one number a feature.
  public var delta: [Double]
  /// How much the mark counts beside the others; 1 is as much as a labelled point.
  public var weight: Double
  public var isOn: Bool

  public static let weights = 0.0...4.0

  public init(
    id: UUID = UUID(), point: BoundaryPoint.ID, kind: Kind = .becomesOther, delta: [Double], weight: Double = 1,
    isOn: Bool = true
  ) {
    self.id = id
    self.point = point
    self.kind = kind
    self.delta = delta
    self.weight = weight
    self.isOn = isOn
  }

  /// - Throws: ``BoundaryError`` for a mark of no length, or with numbers that are none.
  public func check() throws(BoundaryError) {
    guard delta.count == 2, delta.allSatisfy({ $0.isFinite && abs($0) <= PointSet.largestNumber }),
      weight.isFinite
    else { throw .notAPoint }
    guard delta.contains(where: { abs($0) > 1e-9 }) else { throw .noLength }
  }
}

extension PointSet {
  /// Larger numbers than this are refused: their squares would leave little of the precision.
  static let largestNumber = 1e12
}
