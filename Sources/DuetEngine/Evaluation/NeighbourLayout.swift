// A map on which photos lie beside the photos that they look like: attraction between neighbours, repulsion between
// photos drawn by lot, as in LargeVis (Tang et al., WWW 2016) and UMAP (McInnes et al., 2018). Seeded, one thread, the
// same photos always give the same map. Pure functions; any thread, stops when its task is cancelled.

import Foundation

struct NeighbourLayout {
  /// Neighbours of a photo that it is drawn to.
  static let neighbours = 15
  /// Rounds: fewer where there are many photos.
  static func rounds(_ count: Int) -> Int { count > 2_000 ? 200 : 400 }
  /// Photos that each attraction pushes away, drawn by lot.
  private static let pushes = 5
  private static let firstStep: Float = 1
  /// No single push or pull is longer than this.
  private static let longest: Float = 4
  /// Width of the starting positions.
  private static let startWidth: Float = 10

  /// - Parameter start: two numbers a photo, from a map that is cheap to make.
  /// - Returns: two numbers a photo.
  /// - Throws: `CancellationError`.
  static func run(_ cosines: FeatureCosines, start: [Float], seed: UInt64) throws -> [Float] {
    let n = cosines.count
    precondition(start.count == 2 * n)
    guard n > 2 else { return start }
    let k = min(neighbours, n - 1)
    let edges = weighted(try cosines.nearest(k), k, n)
    var random = SplitMix64(seed: seed)
    let widest = start.map(abs).max() ?? 0
    var places = start.map { value in
      (widest > 0 ? value / widest * startWidth : 0) + Float(random.next() >> 40) / Float(1 << 24) * 0.01
    }
    try settle(&places, edges, n, &random)
    return places
  }

  private struct Edge {
    let from: Int32
    let to: Int32
    /// Rounds from one use of this edge to the next: strong edges are used each round.
    let pause: Float
  }

  /// Membership strengths `exp(-(d - nearest) / sigma)`, each photo's sigma such that they add up to `log2(k)`,
  /// both directions joined by `a + b - a b`.
  private static func weighted(_ nearest: [(row: Int, cosine: Float)], _ k: Int, _ n: Int) -> [Edge] {
    struct Link: Hashable {
      let low: Int32
      let high: Int32
    }
    var strengths: [Link: Float] = [:]
    strengths.reserveCapacity(n * k)
    let goal = log2(Float(k) + 1)
    for row in 0..<n {
      let own = nearest[row * k..<(row + 1) * k]
      let distances = own.map { max(0, 1 - $0.cosine) }
      let closest = distances[0]
      var (low, high): (Float, Float) = (1e-6, 4)
      for _ in 0..<30 {
        let sigma = (low + high) / 2
        let sum = distances.reduce(0) { $0 + exp(-($1 - closest) / sigma) }
        if sum > goal { high = sigma } else { low = sigma }
      }
      for (neighbour, distance) in zip(own, distances) {
        let link = Link(low: Int32(min(row, neighbour.row)), high: Int32(max(row, neighbour.row)))
        let strength = exp(-(distance - closest) / high)
        let other = strengths[link] ?? 0
        strengths[link] = strength + other - strength * other
      }
    }
    let strongest = strengths.values.max() ?? 1
    // A dictionary has no order of its own: sorted, so that every run is the same.
    return strengths.sorted { ($0.key.low, $0.key.high) < ($1.key.low, $1.key.high) }
      .filter { $0.value > strongest / 400 }
      .map { Edge(from: $0.key.low, to: $0.key.high, pause: strongest / $0.value) }
  }

  private static func settle(_ places: inout [Float], _ edges: [Edge], _ n: Int, _ random: inout SplitMix64) throws {
    let rounds = Self.rounds(n)
    var due = edges.map(\.pause)
    for round in 0..<rounds {
      try Task.checkCancellation()
      let step = firstStep * (1 - Float(round) / Float(rounds))
      places.withUnsafeMutableBufferPointer { places in
        for (index, edge) in edges.enumerated() where due[index] <= Float(round) {
          due[index] += edge.pause
          pull(places, Int(edge.from), Int(edge.to), step)
          for _ in 0..<pushes {
            let other = Int(random.next().multipliedFullWidth(by: UInt64(n)).high)
            if other != Int(edge.from) { push(places, Int(edge.from), from: other, step) }
            if other != Int(edge.to) { push(places, Int(edge.to), from: other, step) }
          }
        }
      }
    }
  }

  private static func bounded(_ value: Float) -> Float { min(longest, max(-longest, value)) }

  /// The gradient of `log(1 / (1 + d^2))`.
  private static func pull(_ places: UnsafeMutableBufferPointer<Float>, _ a: Int, _ b: Int, _ step: Float) {
    let (dx, dy) = (places[2 * a] - places[2 * b], places[2 * a + 1] - places[2 * b + 1])
    let force = -2 / (1 + dx * dx + dy * dy)
    let (x, y) = (bounded(force * dx) * step, bounded(force * dy) * step)
    places[2 * a] += x
    places[2 * a + 1] += y
    places[2 * b] -= x
    places[2 * b + 1] -= y
  }

  /// The gradient of `log(d^2 / (1 + d^2))`.
  private static func push(_ places: UnsafeMutableBufferPointer<Float>, _ a: Int, from b: Int, _ step: Float) {
    let (dx, dy) = (places[2 * a] - places[2 * b], places[2 * a + 1] - places[2 * b + 1])
    let squared = dx * dx + dy * dy
    let force = 2 / ((0.001 + squared) * (1 + squared))
    places[2 * a] += bounded(force * dx) * step
    places[2 * a + 1] += bounded(force * dy) * step
  }
}
