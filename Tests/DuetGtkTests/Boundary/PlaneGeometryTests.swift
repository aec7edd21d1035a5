// Places of the plane on the screen: the two ways agree, and a click finds what is nearest.

import DuetEngine
import XCTest

@testable import DuetGtk

final class PlaneGeometryTests: XCTestCase {
  private let geometry = PlaneGeometry(
    width: 500, height: 300, bounds: BoundaryBounds(minX: -2, maxX: 2, minY: -1, maxY: 1))

  func testBothAxesHaveOneScaleAndThePlotIsInTheMiddle() {
    // 500 - 34 - 10 = 456 pixels for 4 units, 300 - 10 - 24 = 266 for 2: the width decides.
    XCTAssertEqual(geometry.scale.x, 114, accuracy: 1e-9)
    XCTAssertEqual(geometry.scale.y, 114, accuracy: 1e-9)
    XCTAssertEqual(geometry.frame.x, 34, accuracy: 1e-9)
    XCTAssertEqual(geometry.frame.y, 10 + (266 - 228) / 2, accuracy: 1e-9)
    XCTAssertEqual(geometry.pixel([0, 0]).x, 34 + 228, accuracy: 1e-9)
    XCTAssertEqual(geometry.pixel([0, 1]).y, 29, accuracy: 1e-9, "y grows upwards")
    XCTAssertEqual(geometry.pixel([0, -1]).y, 29 + 228, accuracy: 1e-9)
  }

  func testColumnsOfVeryDifferentSizeShareThePlot() {
    // Metres beside grams: a step of the scale is 0.5 on one axis and 2,000 on the other.
    let geometry = PlaneGeometry(
      width: 344, height: 334, bounds: BoundaryBounds(minX: 0, maxX: 1.5, minY: 0, maxY: 6_000),
      units: .init(x: 0.5, y: 2_000))
    XCTAssertEqual(geometry.frame.width, 300, accuracy: 1e-9)
    XCTAssertEqual(geometry.frame.height, 300, accuracy: 1e-9)
    XCTAssertEqual(geometry.pixel([0.75, 3_000]), .init(x: 184, y: 160))
  }

  func testThePlaneFillsTheWidgetAroundWhatMustBeSeen() {
    var geometry = PlaneGeometry(width: 444, height: 234)  // 400 x 200 inside the numbers
    geometry.fit(BoundaryBounds(minX: 0, maxX: 1, minY: 0, maxY: 1))
    XCTAssertEqual(geometry.bounds, BoundaryBounds(minX: -0.5, maxX: 1.5, minY: 0, maxY: 1))
    XCTAssertEqual(geometry.frame.width, 400, accuracy: 1e-9)
    XCTAssertEqual(geometry.frame.height, 200, accuracy: 1e-9)
    geometry.units = .init(x: 1, y: 4)
    geometry.fit(BoundaryBounds(minX: 0, maxX: 4, minY: 0, maxY: 4))
    XCTAssertEqual(geometry.bounds.height, 8, accuracy: 1e-9, "2 steps of 4 beside 4 steps of 1")
    XCTAssertEqual(geometry.bounds.width, 4, accuracy: 1e-9)
  }

  func testThereAndBackAgain() {
    for place in [[-2.0, -1], [0.3, 0.7], [5, -9]] {
      let back = geometry.place(geometry.pixel(place))
      XCTAssertEqual(back[0], place[0], accuracy: 1e-9)
      XCTAssertEqual(back[1], place[1], accuracy: 1e-9)
    }
    XCTAssertTrue(geometry.contains(geometry.pixel([1.9, -0.9])))
    XCTAssertFalse(geometry.contains(geometry.pixel([2.1, 0])))
    XCTAssertEqual(geometry.visible([3, -4]), [2, -1])
  }

  func testAClickFindsTheNearestPointAndTheNearestArrow() {
    let points = [[0.0, 0.0], [1, 0], [1, 0.5]]
    let near = geometry.pixel([0.95, 0.1])
    XCTAssertEqual(geometry.nearest(points, to: near), 1)
    XCTAssertNil(geometry.nearest(points, to: near, reach: 5), "12.7 pixels away")
    XCTAssertEqual(geometry.nearest(points, to: near, reach: 13), 1)
    XCTAssertEqual(geometry.nearest([[0, 0], [0, 0]], to: near), 1, "the later one lies on top")
    let arrows = [(from: [-1.0, 0.0], to: [1.0, 0.0]), (from: [-1.0, 0.5], to: [-1.0, 0.9])]
    XCTAssertEqual(geometry.nearest(arrows, to: geometry.pixel([0, 0.05]), reach: 8), 0, "beside its middle")
    XCTAssertNil(geometry.nearest(arrows, to: geometry.pixel([1.2, 0]), reach: 8), "past its tip")
    XCTAssertEqual(geometry.nearest(arrows, to: geometry.pixel([-1, 0.45]), reach: 8), 1)
  }
}
