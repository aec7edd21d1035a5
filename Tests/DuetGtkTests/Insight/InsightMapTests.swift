// The map: geometry, marks, and a lasso that moves photos.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class InsightMapTests: XCTestCase {
  func testALassoMovesPhotosAndTheirPlacesStay() throws {
    try withInsight { fixture in
      let page = try fixture.open(.map).map
      turnLoop(for: "the map") { page.canvas.items.count == 20 && page.canvas.geometry.width > 100 }
      let stray = try fixture.photo("stray.png")
      let before = try XCTUnwrap(page.canvas.items.first { $0.photo == stray })
      XCTAssertEqual(before.mark, CategoryMark(index: 1))
      let inside = lasso(around: before.point, on: page.canvas, withShift: true)
      XCTAssertTrue(inside.contains(stray))
      XCTAssertEqual(page.canvas.selected, inside)
      page.moveSelected(to: fixture.red)
      turnLoop(for: "the stray to be with the red ones") { fixture.category(of: "stray.png") == "Red" }
      turnLoop(for: "its colour to follow") {
        page.canvas.items.first { $0.photo == stray }?.mark == CategoryMark(index: 0)
      }
      XCTAssertEqual(page.canvas.items.first { $0.photo == stray }?.point, before.point)
      XCTAssertTrue(page.canvas.selected.isEmpty)
      fixture.workspace.undo()
      turnLoop(for: "undo") { fixture.category(of: "stray.png") == "Blue" }
    }
  }

  func testADragMovesTheMapAndAClickOpensThePhoto() throws {
    try withInsight { fixture in
      let page = try fixture.open(.map).map
      turnLoop(for: "the map") { !page.canvas.items.isEmpty && page.canvas.geometry.width > 100 }
      let canvas = page.canvas
      let item = try XCTUnwrap(canvas.items.first)
      let from = canvas.geometry.pixel(item.point)
      canvas.press(.init(x: 5, y: 5), withLasso: false)
      canvas.drag(to: .init(x: 25, y: 15))
      canvas.release()
      let to = canvas.geometry.pixel(item.point)
      XCTAssertEqual(to.x - from.x, 20, accuracy: 1e-6)
      XCTAssertEqual(to.y - from.y, 10, accuracy: 1e-6)
      XCTAssertTrue(canvas.selected.isEmpty)
      canvas.press(to, withLasso: false)
      canvas.release()
      let opened = try XCTUnwrap(page.popover.photo)
      XCTAssertEqual(canvas.focused, opened)
      page.popover.goButton.click()
      XCTAssertEqual(fixture.went, [opened])
    }
  }

  func testTheTestPhotoHasItsPlace() throws {
    try withInsight { fixture in
      let page = try fixture.open(.map).map
      XCTAssertNil(page.canvas.testPlace)
      let png = try XCTUnwrap(ProjectInWindow.texture(3, channel: 0).pngData())
      fixture.workspace.test(.data(png, name: "new.png"))
      turnLoop(for: "the mark of the test photo") { page.canvas.testPlace != nil }
      fixture.workspace.do(.clearTest)
      turnLoop(for: "the mark to go") { page.canvas.testPlace == nil }
    }
  }

  func testZoomKeepsWhatIsUnderThePointer() {
    var geometry = MapGeometry(width: 600, height: 400)
    let pointer = MapGeometry.Pixel(x: 350, y: 150)
    let place = geometry.point(pointer)
    geometry.zoom(by: 3, at: pointer)
    XCTAssertEqual(geometry.pixel(place).x, pointer.x, accuracy: 1e-9)
    XCTAssertEqual(geometry.pixel(place).y, pointer.y, accuracy: 1e-9)
    XCTAssertEqual(geometry.zoom, 3)
    geometry.zoom(by: 1e-6, at: pointer)
    XCTAssertEqual(geometry.zoom, 1, "never smaller than the whole sheet")
    geometry.reset()
    XCTAssertEqual(geometry.pixel(PhotoMap.Point(x: 0.5, y: 0.5)), MapGeometry.Pixel(x: 300, y: 200))
  }

  func testInsideALassoOfAnyShape() {
    let shape: [MapGeometry.Pixel] = [(0, 0), (10, 0), (10, 10), (5, 4), (0, 10)].map { .init(x: $0.0, y: $0.1) }
    XCTAssertTrue(MapGeometry.contains(shape, .init(x: 2, y: 2)))
    XCTAssertTrue(MapGeometry.contains(shape, .init(x: 9, y: 8)))
    XCTAssertFalse(MapGeometry.contains(shape, .init(x: 5, y: 8)), "the notch is outside")
    XCTAssertFalse(MapGeometry.contains(shape, .init(x: -1, y: 2)))
    XCTAssertFalse(MapGeometry.contains(Array(shape.prefix(2)), .init(x: 5, y: 0)), "a line holds nothing")
  }
}

/// Draws a small square around a place; returns the photos that lie in it.
@MainActor private func lasso(around point: PhotoMap.Point, on canvas: MapCanvas, withShift: Bool) -> Set<PhotoID> {
  let at = canvas.geometry.pixel(point)
  let corners = [(-9.0, -9.0), (9, -9), (9, 9), (-9, 9)].map { MapGeometry.Pixel(x: at.x + $0.0, y: at.y + $0.1) }
  canvas.press(corners[0], withLasso: withShift)
  for corner in corners.dropFirst() { canvas.drag(to: corner) }
  canvas.release()
  return Set(
    canvas.items.filter { item in
      let place = canvas.geometry.pixel(item.point)
      return abs(place.x - at.x) < 9 && abs(place.y - at.y) < 9
    }.map(\.photo))
}
