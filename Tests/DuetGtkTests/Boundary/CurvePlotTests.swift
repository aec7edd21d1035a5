// Curves: round labels, places, and few places for many epochs without losing a peak.

import XCTest

@testable import DuetGtk

final class CurvePlotTests: XCTestCase {
  func testAxesHaveRoundLabels() {
    XCTAssertEqual(PlotAxis(around: 0...0.93, count: 4).ticks, [0, 0.5, 1])
    XCTAssertEqual(PlotAxis(around: 0...7.2, count: 4).ticks, [0, 2, 4, 6, 8])
    XCTAssertEqual(PlotAxis(from: 0, to: 730, count: 4).ticks, [0, 200, 400, 600])
    let single = PlotAxis(around: 3...3, count: 3)
    XCTAssertTrue(single.lower < 3 && single.upper > 3)
    XCTAssertEqual(["0.25", "100", "1.5k", "0"], [0.25, 100, 1500, -1e-12].map(PlotAxis.label))
  }

  func testACurveGoesFromTheFirstToTheLastEpoch() throws {
    let curve = self.curve((0...100).map { 1 - Double($0) / 100 })
    let plot = CurvePlot([curve], range: 0...1, width: 148, height: 128)  // 100 x 100 inside the labels
    let line = try XCTUnwrap(plot.lines(curve).first)
    XCTAssertEqual(line.first, CurvePlot.Pixel(x: 38, y: 8))
    XCTAssertEqual(line.last, CurvePlot.Pixel(x: 138, y: 108))
    XCTAssertEqual(plot.lines(curve).count, 1)
  }

  func testManyEpochsBecomeFewPlacesAndKeepTheirPeak() throws {
    var values = [Double](repeating: 0.5, count: 20_001)
    values[12_345] = 0.9
    let curve = self.curve(values)
    let plot = CurvePlot([curve], range: 0...1, width: 348, height: 128)
    let line = try XCTUnwrap(plot.lines(curve).first)
    XCTAssertLessThan(line.count, 4 * 301)
    XCTAssertTrue(line.contains { abs($0.y - plot.y(0.9)) < 1e-9 }, "the peak is on the screen")
    XCTAssertEqual(line, line.sorted { $0.x < $1.x })
  }

  func testAValueThatIsNoNumberLeavesAGap() {
    let curve = self.curve([1, 0.5, .nan, 0.2, 0.1])
    let plot = CurvePlot([curve], width: 400, height: 200)
    XCTAssertEqual(plot.lines(curve).map(\.count), [2, 2])
    let sparse = self.curve([1, 2, 3], first: 10, every: 5)
    XCTAssertEqual(CurvePlot([sparse], width: 400, height: 200).epochs.upper, 20)
    XCTAssertTrue(CurvePlot([], width: 10, height: 10).values.ticks.allSatisfy(\.isFinite), "an empty plot has axes")
  }

  private func curve(_ values: [Double], first: Int = 0, every: Int = 1) -> CurvePlot.Curve {
    CurvePlot.Curve(
      name: "Loss", colour: 0, isTest: false,
      values: values.enumerated().map { .init(epoch: first + $0 * every, value: $1) })
  }
}
