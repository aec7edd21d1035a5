// The points page in a real window, with a session in a temporary folder. Main actor.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

@MainActor final class BoundaryFixture {
  let folder: URL
  let store: BoundaryRunStore
  let session: BoundarySession
  let view: PointsView
  private let window = Widget(gtk_window_new())

  var root: Widget { window }

  /// - Parameter set: by default twelve points in two columns, blue at x = -1, orange at x = 1; the last pair is for
  ///   testing.
  init(_ set: PointSet = BoundaryFixture.columns()) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("boundary-\(UUID().uuidString)")
    store = BoundaryRunStore(folder: folder)
    session = BoundarySession(BoundaryState(set: set), store: store)
    let heard = Notices()
    view = PointsView(session: session) { heard.texts.append($0) }
    self.heard = heard
    gtk_window_set_default_size(window.cast(), 1200, 760)
    gtk_window_set_child(window.cast(), view.root.widget)
    gtk_window_present(window.cast())
    turnLoop(for: "the plane on the screen") { [view] in
      view.canvas.geometry.width > 100 && view.canvas.field.field != nil
    }
  }

  private let heard: Notices
  var sentences: [String] { heard.texts }

  static func columns() -> PointSet {
    let points = (0..<12).map { index in
      BoundaryPoint(
        id: index, x: [index % 2 == 0 ? -1 : 1, Double(index / 2) / 2.5 - 1], label: index % 2, isTest: index >= 10)
    }
    return PointSet(name: "Columns", labelNames: ["left", "right"], points: points)
  }

  func pixel(_ place: [Double]) -> PlaneGeometry.Pixel { view.canvas.geometry.pixel(place) }

  func drag(from start: [Double], to end: [Double]) {
    let (from, to) = (pixel(start), pixel(end))
    view.canvas.press(from)
    for step in 1...4 {
      let share = Double(step) / 4
      view.canvas.drag(to: .init(x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y)))
    }
    view.canvas.release()
    drainMainLoop()
  }

  func click(_ place: [Double]) {
    view.canvas.press(pixel(place))
    view.canvas.release()
    drainMainLoop()
  }

  func press(_ key: Int32, shift: Bool = false) {
    XCTAssertTrue(
      view.canvas.take(UInt32(key), shift ? GDK_SHIFT_MASK.rawValue : 0), "the key did nothing")
    drainMainLoop()
  }

  func close() throws {
    view.draft.discard()
    session.pause()
    try turningLoop(for: "the session to rest") { [session] in
      await session.waitForTraining()
      await session.waitForWrites()
    }
    gtk_window_destroy(window.cast())
    drainMainLoop()
    try? FileManager.default.removeItem(at: folder)
  }
}

@MainActor private final class Notices {
  var texts: [String] = []
}

/// Shows the points page, runs `body`, and closes it.
/// - Parameter set: nil takes `BoundaryFixture.columns`.
func onThePlane(_ set: PointSet? = nil, _ body: @MainActor (BoundaryFixture) throws -> Void) throws {
  try inWindow {
    let fixture = try BoundaryFixture(set ?? BoundaryFixture.columns())
    do {
      try body(fixture)
    } catch {
      try fixture.close()
      throw error
    }
    try fixture.close()
  }
}
