// The GTK foundation: signals reach Swift and are freed, the main actor runs inside GLib's loop,
// observation re-runs once a turn, pictures decode.

import CGtk
import CGtkShim
import Observation
import XCTest

@testable import DuetGtk

@MainActor @Observable private final class Thermometer {
  var degrees = 20
  var unread = 0
}

final class FoundationTests: XCTestCase {
  func testAClickReachesItsHandlerAndTheHandlerIsFreedWithTheButton() throws {
    try inWindow {
      let before = SignalBox.live
      var clicks = 0
      do {
        let button = Widget.button("Train") { clicks += 1 }
        cgtk_emit(button.raw, "clicked")
        XCTAssertEqual(SignalBox.live, before + 1)
      }
      XCTAssertEqual(clicks, 1)
      XCTAssertEqual(SignalBox.live, before)
    }
  }

  func testAHandlersAnswerReachesTheEmitter() throws {
    try inWindow {
      let keys = GObjectRef(adopting: gtk_event_controller_key_new())
      keys.on("key-pressed") { $0.answer($0.uint(1) == UInt32(GDK_KEY_Delete)) }
      XCTAssertNotEqual(cgtk_emit_key(keys.raw, guint(GDK_KEY_Delete), GdkModifierType(0)), 0)
      XCTAssertEqual(cgtk_emit_key(keys.raw, guint(GDK_KEY_a), GdkModifierType(0)), 0)
    }
  }

  func testMainActorJobsRunInsideTheLoopAndAReferenceDroppedElsewhereIsReleasedHere() throws {
    try inWindow {
      let before = SignalBox.live
      try turningLoop(for: "the last reference to be dropped on another thread") {
        let label = Widget.label("x")
        label.on("notify::label") { _ in }
        let dropped = Task.detached { withExtendedLifetime(label) {} }
        await dropped.value
      }
      turnLoop(for: "the label to be finalised on the main thread") { SignalBox.live <= before }
    }
  }

  func testObserveRunsOnceATurnAndOnlyForWhatItRead() throws {
    try inWindow {
      let thermometer = Thermometer()
      var seen: [Int] = []
      var observe: Observe? = Observe { seen.append(thermometer.degrees) }
      XCTAssertEqual(seen, [20])
      thermometer.degrees = 21
      thermometer.degrees = 22
      turnLoop(for: "the second run") { seen.count > 1 }
      XCTAssertEqual(seen, [20, 22])
      thermometer.unread = 1
      drainMainLoop()
      thermometer.degrees = 23
      turnLoop(for: "the third run") { seen.count > 2 }
      XCTAssertEqual(seen, [20, 22, 23])
      observe?.cancel()
      observe = nil
      thermometer.degrees = 24
      try turningLoop(for: "a later turn of the main queue") { await Task.yield() }
      XCTAssertEqual(seen, [20, 22, 23])
    }
  }

  func testATextureSurvivesEncodingAndDecoding() throws {
    let red: [UInt8] = [255, 0, 0, 255, 255, 0, 0, 255]
    let bytes = g_bytes_new(red, gsize(red.count))
    defer { g_bytes_unref(bytes) }
    let made = try XCTUnwrap(gdk_memory_texture_new(2, 1, GDK_MEMORY_R8G8B8A8, bytes, 8))
    let png = try XCTUnwrap(Texture(adopting: made).pngData())
    let back = try XCTUnwrap(Texture.decode(png))
    XCTAssertEqual([back.width, back.height], [2, 1])
    XCTAssertNil(Texture.decode(Data("no picture".utf8)))
  }

  func testABoxReleasesItsPayloadOnce() throws {
    try inWindow {
      final class Payload {}
      weak var payload: Payload?
      do {
        let value = Payload()
        payload = value
        let box = GObjectRef(adopting: cgtk_box_new(Unmanaged.passRetained(value).toOpaque()) { held in
          if let held { Unmanaged<AnyObject>.fromOpaque(held).release() }
        })
        XCTAssertEqual(cgtk_box_payload(box.raw), Unmanaged.passUnretained(value).toOpaque())
      }
      XCTAssertNil(payload)
    }
  }
}
