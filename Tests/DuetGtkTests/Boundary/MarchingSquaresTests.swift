// Level lines: by hand on the smallest grids, and a ring that stays on its circle.

import XCTest

@testable import DuetGtk

final class MarchingSquaresTests: XCTestCase {
  private typealias Vertex = MarchingSquares.Vertex

  func testTheLineCrossesWhereTheValuesSay() {
    //  0   4
    //  0   4      level 1 is a quarter of the way
    let lines = MarchingSquares([0, 4, 0, 4], columns: 2, rows: 2).lines(at: 1)
    XCTAssertEqual(lines.count, 1)
    XCTAssertEqual(lines.first.map(Set.init(_:))?.count, 2)
    XCTAssertEqual(lines.first?.map(\.x), [0.25, 0.25])
    XCTAssertEqual(lines.first?.map(\.y).sorted(), [0, 1])
    XCTAssertTrue(MarchingSquares([0, 4, 0, 4], columns: 2, rows: 2).lines(at: 5).isEmpty)
  }

  func testEveryPairOfEdgesIsCrossedOnce() {
    // One corner up, then its opposite: the line cuts off that corner.
    let corners: [([Float], [Vertex])] = [
      ([1, 0, 0, 0], [Vertex(x: 0.5, y: 0), Vertex(x: 0, y: 0.5)]),
      ([0, 1, 0, 0], [Vertex(x: 0.5, y: 0), Vertex(x: 1, y: 0.5)]),
      ([0, 0, 0, 1], [Vertex(x: 1, y: 0.5), Vertex(x: 0.5, y: 1)]),
      ([0, 0, 1, 0], [Vertex(x: 0.5, y: 1), Vertex(x: 0, y: 0.5)]),
    ]
    for (values, expected) in corners {
      for grid in [values, values.map { 1 - $0 }] {
        let lines = MarchingSquares(grid, columns: 2, rows: 2).lines(at: 0.5)
        XCTAssertEqual(lines.count, 1)
        XCTAssertEqual(Set(lines.flatMap { $0 }), Set(expected))
      }
    }
  }

  func testASaddleIsCutByItsMean() {
    // High at the left upper and right lower corner. A high mean joins them, so the low corners are cut off.
    let joined = MarchingSquares([4, 0, 0, 4], columns: 2, rows: 2).lines(at: 1)
    XCTAssertEqual(joined.count, 2)
    XCTAssertTrue(joined.contains { Set($0) == [Vertex(x: 0.75, y: 0), Vertex(x: 1, y: 0.25)] })
    let apart = MarchingSquares([4, 0, 0, 4], columns: 2, rows: 2).lines(at: 3)
    XCTAssertEqual(apart.count, 2)
    XCTAssertTrue(apart.contains { Set($0) == [Vertex(x: 0.25, y: 0), Vertex(x: 0, y: 0.25)] })
  }

  func testARingIsOneClosedLine() throws {
    let side = 41
    let values = (0..<side * side).map { index -> Float in
      let (x, y) = (Float(index % side) - 20, Float(index / side) - 20)
      return (x * x + y * y).squareRoot()
    }
    let lines = MarchingSquares(values, columns: side, rows: side).lines(at: 12.3)
    let ring = try XCTUnwrap(lines.first)
    XCTAssertEqual(lines.count, 1)
    XCTAssertEqual(ring.first, ring.last)
    XCTAssertGreaterThan(ring.count, 80)
    for place in ring {
      let radius = ((place.x - 20) * (place.x - 20) + (place.y - 20) * (place.y - 20)).squareRoot()
      XCTAssertEqual(radius, 12.3, accuracy: 0.02)
    }
    for (one, next) in zip(ring, ring.dropFirst()) {
      XCTAssertLessThan(abs(one.x - next.x) + abs(one.y - next.y), 2.01, "the line is in one piece")
    }
  }

  func testAPlaceThatIsNoNumberHasNoLine() {
    let grid: [Float] = [0, 1, 0, 1, .nan, 1]
    XCTAssertTrue(MarchingSquares(grid, columns: 3, rows: 2).lines(at: 0.5).isEmpty)
  }
}
