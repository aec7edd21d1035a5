// The made sets: their shapes without noise, their sizes, their seeds, and which point a click means.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PointSetTests {
  private func quiet(_ kind: PointSetKind) -> PointSet {
    .made(PointSetRecipe(kind, count: 80, noise: 0, testShare: 0.25, seed: 2))
  }

  @Test func moons() {
    for point in quiet(.moons).points {
      let (x, y) = (point.x[0], point.x[1])
      let radius = point.label == 0 ? x * x + y * y : (x - 1) * (x - 1) + (y - 0.5) * (y - 0.5)
      #expect(abs(radius - 1) < 1e-12 && (point.label == 0 ? y >= -1e-12 : y <= 0.5 + 1e-12))
    }
  }

  @Test func circles() {
    for point in quiet(.circles).points {
      let radius = (point.x[0] * point.x[0] + point.x[1] * point.x[1]).squareRoot()
      #expect(abs(radius - (point.label == 0 ? 1 : 0.45)) < 1e-12)
    }
  }

  @Test func xorAndClouds() {
    for point in quiet(.xor).points { #expect(Int(point.x[0]) ^ Int(point.x[1]) == point.label) }
    for point in quiet(.gaussians).points { #expect(point.x == (point.label == 0 ? [1.5, 1.5] : [-1.5, -1.5])) }
  }

  @Test(arguments: PointSetKind.allCases) func sizesSplitAndSeed(_ kind: PointSetKind) {
    let set = PointSet.made(PointSetRecipe(kind))
    #expect(set.points.count == 100 && set.test.count == 30)
    #expect(Set(set.points.map(\.id)).count == 100)
    #expect(set == .made(PointSetRecipe(kind)))
    #expect(set != .made(PointSetRecipe(kind, seed: 1)))
    // Every seed of the smallest set has both labels to train on.
    for seed: UInt64 in 0..<50 {
      let small = PointSet.made(PointSetRecipe(kind, count: 4, testShare: 0.5, seed: seed))
      #expect(Set(small.training.map(\.label)).count == 2)
    }
  }

  @Test func noiseIsAStandardDeviation() {
    let set = PointSet.made(PointSetRecipe(.gaussians, count: 2_000, noise: 0.5))
    let off = set.points.map { $0.x[0] - ($0.label == 0 ? 1.5 : -1.5) }
    let deviation = (off.reduce(0) { $0 + $1 * $1 } / 2_000).squareRoot()
    #expect(abs(deviation - 0.5) < 0.03)
    #expect(abs(off.reduce(0, +) / 2_000) < 0.04)
  }

  @Test func senselessRecipesAreBroughtIntoRange() {
    let set = PointSet.made(PointSetRecipe(.moons, count: 1_000_000, noise: .nan, testShare: 7))
    #expect(set.points.count == 2_000 && set.test.count == 1_600)
    #expect(set.points.allSatisfy { $0.x.allSatisfy(\.isFinite) })
  }

  @Test func nearestPointCountsInTheSetsScales() {
    var set = PointSet(name: "", points: [
      BoundaryPoint(id: 5, x: [0, 0], label: 0), BoundaryPoint(id: 6, x: [100, 1], label: 1),
    ])
    #expect(set.nearestPoint(to: [40, 1])?.id == 5)
    set.scales = [FeatureScale(centre: 0, unit: 1_000), .identity]
    #expect(set.nearestPoint(to: [40, 1])?.id == 6)
    #expect(PointSet(name: "").nearestPoint(to: [0, 0]) == nil)
  }

  @Test func boundsHoldAllPoints() {
    let set = PointSet.made(PointSetRecipe(.moons))
    let bounds = set.bounds()
    for point in set.points {
      #expect(point.x[0] > bounds.minX && point.x[0] < bounds.maxX && point.x[1] > bounds.minY && point.x[1] < bounds.maxY)
    }
    let single = PointSet(name: "", points: [BoundaryPoint(id: 0, x: [3, 4], label: 0)]).bounds()
    #expect(single.width > 0.5 && single.height > 0.5)
  }
}
