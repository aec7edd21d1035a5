// The four made sets of the Boundary page: two moons, circles, XOR, two Gaussians. Pure; any thread.
// The same recipe gives the same points on every computer, apart from the last bits of sine and cosine.

import Foundation

public enum PointSetKind: String, Sendable, Codable, CaseIterable {
  case moons, circles, xor, gaussians

  public var title: String {
    switch self {
    case .moons: L("Two moons")
    case .circles: L("Circles")
    case .xor: L("XOR (four corners)")
    case .gaussians: L("Two clouds")
    }
  }

  /// The noise of the comparison in docs/boundary.md: a standard deviation in data units.
  public var standardNoise: Double {
    switch self {
    case .moons: 0.12
    case .circles: 0.08
    case .xor: 0.18
    case .gaussians: 1
    }
  }
}

/// How a set is made.
public struct PointSetRecipe: Sendable, Equatable, Codable {
  public static let sizes = 4...2_000

  public var kind: PointSetKind
  /// Training and test points together; brought into ``sizes``.
  public var count: Int
  /// Standard deviation of the noise, in data units; not negative.
  public var noise: Double
  /// Share of the points that is kept for testing, 0...0.8.
  public var testShare: Double
  public var seed: UInt64

  public init(
    _ kind: PointSetKind, count: Int = 100, noise: Double? = nil, testShare: Double = 0.3, seed: UInt64 = 0
  ) {
    self.kind = kind
    self.count = count
    self.noise = noise ?? kind.standardNoise
    self.testShare = testShare
    self.seed = seed
  }
}

extension PointSet {
  /// Radius of the inner circle; the outer one has 1.
  static let innerRadius = 0.45
  /// The clouds' centres lie at (1.5, 1.5) and (-1.5, -1.5).
  static let cloudCentre = 1.5

  /// The points of `recipe`, shuffled; the last ones are the test points. Both labels are among the training points.
  public static func made(_ recipe: PointSetRecipe) -> PointSet {
    let count = min(max(recipe.count, PointSetRecipe.sizes.lowerBound), PointSetRecipe.sizes.upperBound)
    let noise = recipe.noise.isFinite ? max(recipe.noise, 0) : recipe.kind.standardNoise
    let share = recipe.testShare.isFinite ? min(max(recipe.testShare, 0), 0.8) : 0
    let testCount = min(Int((Double(count) * share).rounded()), count - 2)
    var random = SplitMix64(seed: recipe.seed)
    var points: [BoundaryPoint] = []
    // Labels drawn by lot can be all the same in a tiny set; then the lot is drawn again.
    for _ in 0..<1_000 {
      let drawn = draw(recipe.kind, count: count, noise: noise, &random)
      points = random.permutation(count).enumerated().map { place, source in
        BoundaryPoint(
          id: place, x: drawn[source].x, label: drawn[source].label, isTest: place >= count - testCount)
      }
      if Set(points.prefix(count - testCount).map(\.label)).count == 2 { break }
    }
    return PointSet(name: recipe.kind.title, points: points)
  }

  static func draw(
    _ kind: PointSetKind, count: Int, noise: Double, _ random: inout SplitMix64
  ) -> [(x: [Double], label: Int)] {
    (0..<count).map { index in
      let (x, label) = noiseless(kind, index: index, count: count, &random)
      return ([x[0] + noise * random.normal(), x[1] + noise * random.normal()], label)
    }
  }

  /// Point `index` of `count` without noise: the first half of moons and circles has label 0, evenly spread along
  /// the curve; of XOR and the clouds each point's corner or cloud is drawn by lot.
  static func noiseless(
    _ kind: PointSetKind, index: Int, count: Int, _ random: inout SplitMix64
  ) -> (x: [Double], label: Int) {
    let half = count / 2
    let label = index < half ? 0 : 1
    let (place, places) = label == 0 ? (index, half) : (index - half, count - half)
    switch kind {
    case .moons:
      let angle = Double.pi * Double(place) / Double(max(places - 1, 1))
      return label == 0
        ? ([cos(angle), sin(angle)], 0) : ([1 - cos(angle), 0.5 - sin(angle)], 1)
    case .circles:
      let angle = 2 * Double.pi * Double(place) / Double(places)
      let radius = label == 0 ? 1 : innerRadius
      return ([radius * cos(angle), radius * sin(angle)], label)
    case .xor:
      let corner = [random.bit(), random.bit()]
      return (corner.map(Double.init), corner[0] ^ corner[1])
    case .gaussians:
      let label = random.bit()
      let centre = label == 0 ? cloudCentre : -cloudCentre
      return ([centre, centre], label)
    }
  }
}

extension SplitMix64 {
  mutating func bit() -> Int { Int(next() >> 63) }

  /// Evenly spread over 0..<1, 53 bits.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by Box and Muller's transformation (one of its two numbers).
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * Double.pi * unit())
  }
}
