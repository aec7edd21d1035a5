// The draws of the comparison: few labelled points, many to test on, and for each point the arrow that somebody who
// knows the sets would draw. Pure; any thread; the same seed gives the same draw.

import Foundation

/// Points of one repetition of the comparison.
struct ComparisonDraw: Sendable {
  static let testCount = 500
  /// Points of the noiseless set among which a tip is looked for.
  private static let idealCount = 1_000
  /// Between the seeds of one repetition's attempts: far from every other repetition's seed.
  private static let nextAttempt: UInt64 = 10_007

  let kind: PointSetKind
  /// n with arrows, n more for twice the labels, then the test points; ids are places.
  let points: [BoundaryPoint]
  /// One for each of the first n points: tip minus point.
  let arrows: [[Double]]
  let n: Int

  /// Both labels are among the first n points: a set with one label is drawn again with another seed.
  init(_ kind: PointSetKind, n: Int, seed: UInt64) {
    self.kind = kind
    self.n = n
    let count = 2 * n + Self.testCount
    var attempt = seed
    var drawn: [(x: [Double], label: Int)] = []
    repeat {
      drawn = PointSet.drawn(kind, count: count, noise: kind.standardNoise, seed: attempt)
      attempt &+= Self.nextAttempt
    } while Swift.Set(drawn.prefix(n).map(\.label)).count < 2
    points = drawn.enumerated().map {
      BoundaryPoint(id: $0, x: $1.x, label: $1.label, isTest: $0 >= 2 * n)
    }
    var random = SplitMix64(seed: seed &+ 1)
    let ideal = Self.ideal(kind)
    arrows = points.prefix(n).map { Self.arrow(kind, $0, ideal, &random) }
  }

  /// The noiseless points of moons and circles; nothing for the others, whose arrows have a formula.
  private static func ideal(_ kind: PointSetKind) -> [(x: [Double], label: Int)] {
    guard kind == .moons || kind == .circles else { return [] }
    var random = SplitMix64(seed: 0)
    return (0..<idealCount).map { PointSet.noiseless(kind, index: $0, count: idealCount, &random) }
  }

  /// Moons and circles: to the nearest noiseless point of the other label. XOR: to one of the two neighbouring corners,
  /// by lot. Clouds: at right angles to the best boundary, as far as the other cloud's centre lies.
  private static func arrow(
    _ kind: PointSetKind, _ point: BoundaryPoint, _ ideal: [(x: [Double], label: Int)], _ random: inout SplitMix64
  ) -> [Double] {
    let x = point.x
    switch kind {
    case .moons, .circles:
      let others = ideal.lazy.filter { $0.label != point.label }
      func distance(_ a: [Double]) -> Double { (a[0] - x[0]) * (a[0] - x[0]) + (a[1] - x[1]) * (a[1] - x[1]) }
      let tip = others.min { distance($0.x) < distance($1.x) }?.x ?? x
      return [tip[0] - x[0], tip[1] - x[1]]
    case .xor:
      let corner = x.map { min(max($0, 0), 1).rounded() }
      let axis = random.bit()
      var tip = corner
      tip[axis] = 1 - corner[axis]
      return [tip[0] - x[0], tip[1] - x[1]]
    case .gaussians:
      let goal = point.label == 0 ? -PointSet.cloudCentre : PointSet.cloudCentre
      let along = goal - (x[0] + x[1]) / 2
      return [along, along]
    }
  }

  /// The arrows as marks of `kind`, turned as `turn` says.
  func marks(_ turn: ArrowTurn, kind: Mark.Kind, seed: UInt64) -> [Mark] {
    guard turn != .none else { return [] }
    var random = SplitMix64(seed: seed &+ 2)
    return arrows.enumerated().map { index, delta in
      let angle = turn.angle(&random)
      let turned = [
        cos(angle) * delta[0] - sin(angle) * delta[1], sin(angle) * delta[0] + cos(angle) * delta[1],
      ]
      return Mark(id: UUID(), point: index, kind: kind, delta: turned)
    }
  }

  /// The first `labels` points to train on, and the test points.
  func set(labels: Int) -> PointSet {
    PointSet(name: kind.rawValue, points: Array(points.prefix(labels)) + points.filter(\.isTest))
  }
}

/// What is done to the arrows of one who knows.
public enum ArrowTurn: String, Sendable, CaseIterable {
  case none, oracle, random
  /// Turned by a normal angle with a standard deviation of 30 degrees.
  case noisy30

  fileprivate func angle(_ random: inout SplitMix64) -> Double {
    switch self {
    case .none, .oracle: 0
    case .random: 2 * Double.pi * random.unit()
    case .noisy30: Double.pi / 6 * random.normal()
    }
  }
}

extension PointSet {
  /// `count` shuffled points.
  static func drawn(
    _ kind: PointSetKind, count: Int, noise: Double, seed: UInt64
  ) -> [(x: [Double], label: Int)] {
    var random = SplitMix64(seed: seed)
    let points = draw(kind, count: count, noise: noise, &random)
    return random.permutation(count).map { points[$0] }
  }
}
