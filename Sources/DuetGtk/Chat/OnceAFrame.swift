// Work for the screen that is asked for more often than the screen can show it. Main thread.
// However often it is asked for, it is done once before the next frame, and at once where nothing is on a screen.

import CGtk

@MainActor final class OnceAFrame {
  private weak var widget: Widget?
  private let work: @MainActor () -> Void
  private var clock: GObjectRef?
  private var handler: UInt = 0

  /// - Parameters:
  ///   - widget: what is drawn anew; its frames count.
  ///   - work: capture owners weakly.
  init(_ widget: Widget, _ work: @escaping @MainActor () -> Void) {
    self.widget = widget
    self.work = work
  }

  isolated deinit { stopWaiting() }

  /// Asks for the work.
  func request() {
    guard clock == nil else { return }
    guard let widget, gtk_widget_get_mapped(widget.widget) != 0,
      let frames = gtk_widget_get_frame_clock(widget.widget)
    else { return work() }
    let clock = GObjectRef(retaining: frames)
    self.clock = clock
    handler = clock.on("update") { [weak self] _ in
      self?.stopWaiting()
      self?.work()
    }
    gdk_frame_clock_request_phase(clock.pointer, GDK_FRAME_CLOCK_PHASE_UPDATE)
  }

  /// Does the work now if it was asked for.
  func flush() {
    guard clock != nil else { return }
    stopWaiting()
    work()
  }

  private func stopWaiting() {
    if let clock { g_signal_handler_disconnect(clock.raw, gulong(handler)) }
    clock = nil
  }
}
