// Swift's main actor inside GLib's main loop. Main thread.
// Call `attach` first thing in a synchronous `main`; after an `await` in an async main GLib would run elsewhere.
// Never run a nested GLib loop inside a main-actor job: the main queue does not drain while one of its jobs runs.

import CGtk
import CGtkShim

@MainActor enum MainLoop {
  private static var isAttached = false

  /// Lets main-actor jobs run whenever GLib's default main loop does. Calling it again does nothing.
  static func attach() {
    guard !isAttached else { return }
    isAttached = cgtk_attach_main_queue() != 0
    precondition(isAttached, "Swift's main queue cannot be watched by GLib")
  }

  /// Runs a GApplication until its last window closes. Returns the exit status.
  static func run(_ application: GObjectRef) -> Int32 {
    attach()
    return g_application_run(application.cast(), 0, nil)
  }
}
