// The comparison of arrows with labels: the arrows of one who knows, the figures, and the command that prints them.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct BoundaryComparisonTests {
  private func tips(_ draw: ComparisonDraw) -> [(point: BoundaryPoint, tip: [Double])] {
    zip(draw.points, draw.arrows).map { ($0, [$0.x[0] + $1[0], $0.x[1] + $1[1]]) }
  }

  @Test(arguments: PointSetKind.allCases) func drawsHaveTheirParts(_ kind: PointSetKind) {
    for seed: UInt64 in 0..<20 {
      let draw = ComparisonDraw(kind, n: 4, seed: seed)
      #expect(draw.arrows.count == 4 && draw.points.count == 508)
      #expect(Set(draw.points.prefix(4).map(\.label)).count == 2)
      #expect(draw.set(labels: 4).training.count == 4 && draw.set(labels: 8).training.count == 8)
      #expect(draw.set(labels: 4).test == draw.set(labels: 8).test && draw.set(labels: 4).test.count == 500)
    }
  }

  @Test func tipsLieWhereItBecomesTheOtherOne() {
    for (point, tip) in tips(ComparisonDraw(.circles, n: 30, seed: 1)) {
      let radius = (tip[0] * tip[0] + tip[1] * tip[1]).squareRoot()
      #expect(abs(radius - (point.label == 0 ? 0.45 : 1)) < 1e-9)
    }
    for (point, tip) in tips(ComparisonDraw(.moons, n: 30, seed: 1)) {
      let centre = point.label == 1 ? [0, 0] : [1, 0.5]
      let radius = (tip[0] - centre[0]) * (tip[0] - centre[0]) + (tip[1] - centre[1]) * (tip[1] - centre[1])
      #expect(abs(radius - 1) < 1e-9)
    }
    for (point, tip) in tips(ComparisonDraw(.xor, n: 30, seed: 1)) {
      let corner = point.x.map { min(max($0, 0), 1).rounded() }
      #expect(abs(tip[0] - corner[0]) + abs(tip[1] - corner[1]) > 0.999)
      #expect(abs(abs(tip[0] - corner[0]) + abs(tip[1] - corner[1]) - 1) < 1e-9)
    }
    for (point, tip) in tips(ComparisonDraw(.gaussians, n: 30, seed: 1)) {
      #expect(abs(tip[0] + tip[1] - (point.label == 0 ? -3 : 3)) < 1e-9)
      #expect(abs((tip[0] - tip[1]) - (point.x[0] - point.x[1])) < 1e-9)
    }
  }

  @Test func turnedArrowsKeepTheirLength() {
    let draw = ComparisonDraw(.moons, n: 200, seed: 3)
    func length(_ v: [Double]) -> Double { (v[0] * v[0] + v[1] * v[1]).squareRoot() }
    func angles(_ turn: ArrowTurn) -> [Double] {
      zip(draw.arrows, draw.marks(turn, kind: .becomesOther, seed: 3)).map { own, mark in
        #expect(abs(length(own) - length(mark.delta)) < 1e-9)
        let turned = atan2(mark.delta[1], mark.delta[0]) - atan2(own[1], own[0])
        return atan2(sin(turned), cos(turned))
      }
    }
    #expect(angles(.oracle).allSatisfy { abs($0) < 1e-9 })
    let deviation = (angles(.noisy30).reduce(0) { $0 + $1 * $1 } / 200).squareRoot()
    #expect(abs(deviation - Double.pi / 6) < 0.08)
    let random = angles(.random)
    #expect(abs(random.reduce(0) { $0 + cos($1) } / 200) < 0.2 && random.contains { abs($0) > 2.5 })
    #expect(draw.marks(.none, kind: .direction, seed: 3).isEmpty)
  }

  @Test func meanAndItsError() {
    let row = ComparisonRow(name: "", title: "", accuracies: [0.5, 0.7, 0.9], over: [0.5, 0.5, 0.5])
    // Deviation 0.2, over the root of 3.
    #expect(abs(row.accuracy - 0.7) < 1e-15 && abs(row.standardError - 0.2 / 3.0.squareRoot()) < 1e-12)
    #expect(abs(row.difference - 0.2) < 1e-15 && abs(row.differenceStandardError - 0.2 / 3.0.squareRoot()) < 1e-12)
  }

  /// A small part of the table in docs/boundary.md: on circles ten arrows are worth more than ten more labels.
  @Test func arrowsPayOnCircles() throws {
    let comparison = BoundaryComparison(.circles, seeds: 10, epochs: 200)
    let rows = try comparison.run()
    #expect(rows.map(\.name) == ["ce_n", "ce_2n", "mode", "mode_random", "mode_noisy30"])
    #expect(rows.allSatisfy { $0.accuracies.count == 10 })
    #expect(rows[0].difference == 0)
    #expect(rows[2].difference > 0.1 && rows[2].accuracy >= rows[1].accuracy)
    #expect(rows[3].accuracy < rows[2].accuracy)
    #expect(try comparison.run() == rows)
  }

  private func command(_ words: String...) throws -> BoundaryPointSource {
    let arguments = try ParsedArguments(words, syntax: BoundaryRunCommand.syntax)
    return try #require(try BoundaryRunCommand(arguments).source as? BoundaryPointSource)
  }

  @Test func theCommandReadsItsOptions() throws {
    let plain = try command("--set", "gaussian").comparison
    #expect(plain == BoundaryComparison(.gaussians))
    let full = try command(
      "--set", "xor", "--points", "20", "--mode", "sign", "--arrows", "random", "--seeds", "5", "--seed", "9",
      "--alpha", "0.25", "--hidden", "7,3", "--members", "3", "--output", "probability", "--mark", "direction",
      "--epochs", "12"
    ).comparison
    let settings = BoundarySettings(loss: .sign, output: .probability, alpha: 0.25, hidden: [7, 3], members: 3)
    #expect(
      full == BoundaryComparison(
        .xor, points: 20, settings: settings, arrows: .random, markKind: .direction, seeds: 5, firstSeed: 9,
        epochs: 12))
  }

  @Test(arguments: [
    ["--set", "square"], ["--set", "xor", "--points", "1"], ["--set", "xor", "--mode", "best"],
    ["--set", "xor", "--alpha", "2"], ["--set", "xor", "--hidden", "8,x"], ["--set", "xor", "--members", "2"],
    ["--set", "xor", "file.csv"], ["--points", "10"], ["--set", "xor", "--arrows", "noisy30"],
  ])
  func theCommandRefuses(_ words: [String]) {
    #expect(throws: UsageError.self) {
      try BoundaryRunCommand(try ParsedArguments(words, syntax: BoundaryRunCommand.syntax))
    }
  }

  @Test func theCommandPrintsJSONAndATable() async throws {
    let source = try command("--set", "moons", "--seeds", "2", "--epochs", "3", "--hidden", "4", "--arrows", "none")
    let result = try await source.run(Console())
    let json = try JSONText.encode(result.json)
    let value = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(value["set"] as? String == "moons" && value["seeds"] as? Int == 2 && value["n_test"] as? Int == 500)
    let rows = try #require(value["rows"] as? [[String: Any]])
    #expect(rows.count == 5)
    for row in rows {
      #expect((row["accuracies"] as? [Double])?.count == 2)
      #expect(row["accuracy"] is Double && row["standard_error"] is Double && row["difference"] is Double)
    }
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 6 && lines[1].contains("10 labels") && lines[2].contains("20 labels"))
  }
}
