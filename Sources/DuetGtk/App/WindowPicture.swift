// A picture of the window in a PNG file, for the README and for tests by eye. Main thread.
// Thumbnails arrive and animations end within some frames after the work is done, so frames are awaited.

import CGtk
import CGtkShim
import Foundation

@MainActor enum WindowPicture {
  /// Two seconds at 60 frames a second.
  private static let framesToSettle = 120

  /// False if the window is not on a screen, or the file cannot be written.
  static func save(_ window: Widget, to file: URL) async -> Bool {
    guard let frameClock = gtk_widget_get_frame_clock(window.widget) else { return false }
    await frames(framesToSettle, of: GObjectRef(retaining: frameClock))
    return cgtk_save_png(window.widget, file.path) != 0
  }

  private static func frames(_ count: Int, of clock: GObjectRef) async {
    gdk_frame_clock_begin_updating(clock.pointer)
    defer { gdk_frame_clock_end_updating(clock.pointer) }
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let countdown = Countdown(count, continuation)
      countdown.handler = clock.on("update") { [unowned clock] _ in
        guard countdown.tick() else { return }
        g_signal_handler_disconnect(clock.raw, gulong(countdown.handler))
      }
    }
  }
}

/// Resumes its continuation once, at the tick that was asked for.
@MainActor private final class Countdown {
  var handler: UInt = 0
  private var left: Int
  private let continuation: CheckedContinuation<Void, Never>

  init(_ count: Int, _ continuation: CheckedContinuation<Void, Never>) {
    left = count
    self.continuation = continuation
  }

  /// True at the last tick.
  func tick() -> Bool {
    left -= 1
    if left == 0 { continuation.resume() }
    return left == 0
  }
}
