// Drawing and main-actor jobs share the main loop: neither may starve the other, however slow frames are or
// however many jobs there are.

import CGtk
import CGtkShim
import XCTest

@testable import DuetGtk

final class MainLoopFairnessTests: XCTestCase {
  func testJobsRunWhileEveryFrameIsLateForTheNext() throws {
    try inWindow {
      // The load under test: frames that are too slow, not a wait for something to happen.
      try withAnimatedWindow(onFrame: { usleep(30_000) }) {
        try turningLoop(for: "ten trips to another thread and back beside slow frames", seconds: 20) {
          for _ in 0..<10 { await Task.detached {}.value }
        }
      }
    }
  }

  func testFramesComeThroughAFloodOfJobs() throws {
    try inWindow {
      var frames = 0
      var isFlooding = true
      @MainActor func flood() {
        usleep(2_000)  // the work of one job of the flood
        if isFlooding { DispatchQueue.main.async { MainActor.assumeIsolated { flood() } } }
      }
      try withAnimatedWindow(onFrame: { frames += 1 }) {
        flood()
        turnLoop(for: "thirty frames beside a flood of jobs") { frames >= 30 }
        isFlooding = false
      }
    }
  }
}

/// A window that animates without end, and what happens at each of its frames.
@MainActor private func withAnimatedWindow(
  onFrame: @escaping @MainActor () -> Void, _ body: @MainActor () throws -> Void
) throws {
  let window = Widget(gtk_window_new())
  gtk_window_present(window.cast())
  defer { gtk_window_destroy(window.cast()) }
  turnLoop(for: "the window's frame clock") { gtk_widget_get_frame_clock(window.widget) != nil }
  let clock = GObjectRef(retaining: try XCTUnwrap(gtk_widget_get_frame_clock(window.widget)))
  let handler = clock.on("update") { _ in onFrame() }
  gdk_frame_clock_begin_updating(clock.pointer)
  defer {
    gdk_frame_clock_end_updating(clock.pointer)
    g_signal_handler_disconnect(clock.raw, gulong(handler))
  }
  try body()
}
