// The points that a person teaches with on the Boundary page. Values; any thread.
// A set holds training and test points together, in the order in which they came.

/// One labelled point of a 2-D set.
public struct BoundaryPoint: Sendable, Equatable, Codable, Identifiable {
  public let id: Int
  /// Two features, in data units.
  public var x: [Double]
  /// 0 or 1, an index into ``PointSet/labelNames``.
  public var label: Int
  /// True: only ever measured on, never trained on.
  public var isTest: Bool

  public init(id: Int, x: [Double], label: Int, isTest: Bool = false) {
    self.id = id
    self.x = x
    self.label = label
    self.isTest = isTest
  }
}

/// How a feature is brought to a size that a network learns well from: `(value - centre) / unit`.
public struct FeatureScale: Sendable, Equatable, Codable {
  public var centre: Double
  public var unit: Double

  public static let identity = FeatureScale(centre: 0, unit: 1)

  public func scaled(_ value: Double) -> Double { (value - centre) / unit }
}

public struct PointSet: Sendable, Equatable, Codable {
  /// The most points that a set may hold: beyond it the page would not stay fluent.
  public static let mostPoints = 10_000

  public var name: String
  /// Two names, for the axes.
  public var featureNames: [String]
  /// What the labels 0 and 1 stand for.
  public var labelNames: [String]
  public var points: [BoundaryPoint]
  /// One a feature. The made sets are trained on as they are; a person's own columns are brought to mean 0 and
  /// standard deviation 1.
  public var scales: [FeatureScale]

  public init(
    name: String, featureNames: [String] = ["x", "y"], labelNames: [String] = ["0", "1"],
    points: [BoundaryPoint] = [], scales: [FeatureScale] = [.identity, .identity]
  ) {
    self.name = name
    self.featureNames = featureNames
    self.labelNames = labelNames
    self.points = points
    self.scales = scales
  }

  public var training: [BoundaryPoint] { points.filter { !$0.isTest } }
  public var test: [BoundaryPoint] { points.filter(\.isTest) }

  public func point(_ id: BoundaryPoint.ID) -> BoundaryPoint? { points.first { $0.id == id } }

  /// The point that lies nearest to `x`, both features measured in the set's scales; of equal ones the first.
  public func nearestPoint(to x: [Double]) -> BoundaryPoint? {
    points.min { distance($0.x, x) < distance($1.x, x) }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(zip(a, b), scales).reduce(0) { sum, pair in
      let difference = (pair.0.0 - pair.0.1) / pair.1.unit
      return sum + difference * difference
    }
  }

  /// The rectangle around all points with `margin` of its sides added on each side; the unit square around the
  /// origin, doubled, where there are no points.
  public func bounds(margin: Double = 0.15) -> BoundaryBounds {
    guard let first = points.first else { return BoundaryBounds(minX: -1, maxX: 1, minY: -1, maxY: 1) }
    var box = BoundaryBounds(minX: first.x[0], maxX: first.x[0], minY: first.x[1], maxY: first.x[1])
    for point in points {
      box.minX = min(box.minX, point.x[0])
      box.maxX = max(box.maxX, point.x[0])
      box.minY = min(box.minY, point.x[1])
      box.maxY = max(box.maxY, point.x[1])
    }
    return box.grown(by: margin, least: scales.map(\.unit))
  }

  /// Whether a network can be trained on the set.
  /// - Throws: ``BoundaryError`` where there is no training point, or all of them have one label.
  public func checkTrainable() throws(BoundaryError) {
    let labels = Set(points.lazy.filter { !$0.isTest }.map(\.label))
    guard !labels.isEmpty else { throw .noPoints }
    guard labels.count > 1 else { throw .oneLabel(name: labels.first.map { labelNames[$0] } ?? "") }
  }
}

/// A rectangle in data units.
public struct BoundaryBounds: Sendable, Equatable, Codable {
  public var minX: Double
  public var maxX: Double
  public var minY: Double
  public var maxY: Double

  public init(minX: Double, maxX: Double, minY: Double, maxY: Double) {
    self.minX = minX
    self.maxX = maxX
    self.minY = minY
    self.maxY = maxY
  }

  public var width: Double { maxX - minX }
  public var height: Double { maxY - minY }

  func grown(by margin: Double, least: [Double]) -> BoundaryBounds {
    let side = (max(width, least[0]), max(height, least[1]))
    let add = (side.0 * margin + (side.0 - width) / 2, side.1 * margin + (side.1 - height) / 2)
    return BoundaryBounds(minX: minX - add.0, maxX: maxX + add.0, minY: minY - add.1, maxY: maxY + add.1)
  }
}
