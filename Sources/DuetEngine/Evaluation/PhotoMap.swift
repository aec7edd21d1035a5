// All training photos on one sheet: those that look alike to the network lie near each other. A value; any thread.

import Foundation

/// A two-dimensional layout of photos.
public struct PhotoMap: Sendable {
  public enum Layout: String, Sendable, Codable, CaseIterable {
    /// The two directions in which the photos differ most (PCA): distances mean the same everywhere.
    case principal
    /// Neighbours stay neighbours: groups are easier to see, distances between groups mean little.
    case neighbours
  }

  /// 0 to 1 in both directions.
  public struct Point: Sendable, Equatable {
    public let x: Double
    public let y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  public struct Place: Sendable, Equatable, Identifiable {
    public let photo: PhotoID
    public let category: CategoryID
    public let point: Point

    public var id: PhotoID { photo }
  }

  public let layout: Layout
  /// In the order of the training set.
  public let places: [Place]

  private let cosines: FeatureCosines
  private let components: PrincipalComponents
  private let frame: Frame

  /// - Throws: `CancellationError`.
  public init(_ set: TrainingSet, layout: Layout, seed: UInt64 = 0) throws {
    self.layout = layout
    cosines = FeatureCosines(set)
    let (width, n) = (set.dimension, set.photos.count)
    let rows = cosines.rows
    components = PrincipalComponents(rows, count: n, dimension: width)
    try Task.checkCancellation()
    var flat: [Float] = []
    for row in 0..<n {
      let point = components.project(rows[row * width..<(row + 1) * width])
      flat += [point.x, point.y]
    }
    if layout == .neighbours { flat = try NeighbourLayout.run(cosines, start: flat, seed: seed) }
    let frame = Frame(flat)
    self.frame = frame
    places = (0..<n).map { row in
      Place(
        photo: set.photos[row], category: set.categories[set.labels[row]],
        point: frame.point(flat[2 * row], flat[2 * row + 1]))
    }
  }

  /// Photos between which a photo is placed in the layout by neighbours.
  private static let placedBetween = 5

  /// Where a photo lies that is not on the map; within the sheet, at its edge if need be.
  ///
  /// - Parameter features: as extracted. Nil for features of another length, or a map without photos.
  public func place(_ features: [Float]) -> Point? {
    guard features.count == cosines.dimension, !places.isEmpty, features.allSatisfy(FeatureLimits.isUsable) else {
      return nil
    }
    let photo = FeatureScaling.unitLength.apply(features)
    switch layout {
    case .principal:
      let point = components.project(photo[...])
      return frame.point(point.x, point.y)
    case .neighbours:
      let values = LinearAlgebra.product(cosines.rows, rows: places.count, columns: cosines.dimension, photo)
      let nearest = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }.prefix(Self.placedBetween)
      // Near photos count for much more than far ones: a copy lies where its original is.
      let weights = nearest.map { 1 / pow(max(1e-4, 1 - Double(values[$0])), 2) }
      let sum = weights.reduce(0, +)
      return Point(
        x: zip(nearest, weights).reduce(0) { $0 + places[$1.0].point.x * $1.1 } / sum,
        y: zip(nearest, weights).reduce(0) { $0 + places[$1.0].point.y * $1.1 } / sum)
    }
  }

  /// Raw coordinates to the sheet: centred, one scale for both directions, a margin around.
  private struct Frame: Sendable {
    private static let margin = 0.03
    private let centreX: Float
    private let centreY: Float
    private let halfWidth: Float

    init(_ flat: [Float]) {
      func range(_ offset: Int) -> (Float, Float) {
        let values = stride(from: offset, to: flat.count, by: 2).map { flat[$0] }
        return (values.min() ?? 0, values.max() ?? 0)
      }
      let (left, right) = range(0)
      let (top, bottom) = range(1)
      centreX = (left + right) / 2
      centreY = (top + bottom) / 2
      halfWidth = max(right - left, bottom - top) / 2
    }

    func point(_ x: Float, _ y: Float) -> Point {
      func placed(_ value: Float, _ centre: Float) -> Double {
        guard halfWidth > 0, value.isFinite else { return 0.5 }
        let inside = 0.5 + Double((value - centre) / halfWidth) * (0.5 - Self.margin)
        return min(1, max(0, inside))
      }
      return Point(x: placed(x, centreX), y: placed(y, centreY))
    }
  }
}
