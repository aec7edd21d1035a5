// What every test in a window needs: GTK with the main queue attached, and waiting for a condition.
// XCTest runs on the main thread. Test methods stay nonisolated and use `MainActor.assumeIsolated`.

import CGtk
import CGtkShim
import XCTest

@testable import DuetGtk

/// Runs `body` on the main actor with GTK ready; skips the test, by name, where there is no display.
func inWindow(_ body: @MainActor () throws -> Void) throws {
  try MainActor.assumeIsolated {
    guard gtk_init_check() != 0 else { throw XCTSkip("needs a display: run the tests under xvfb-run") }
    adw_init()
    StyleSheet.install()
    MainLoop.attach()
    drainMainLoop()  // what the test before held until its end is freed here, not in the middle of this one
    try body()
  }
}

/// Turns the main loop until `condition` holds; a failure if it does not within `seconds`.
@MainActor func turnLoop(
  for what: String, seconds: Double = 20, file: StaticString = #filePath, line: UInt = #line,
  until condition: @MainActor () -> Bool
) {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while !condition() {
    guard ContinuousClock.now < deadline else {
      return XCTFail("waited \(seconds) s in vain for: \(what)", file: file, line: line)
    }
    if cgtk_iterate() == 0 { usleep(500) }  // nothing to do: leave the core to the threads that are waited for
  }
}

/// Runs `body` in a task and turns the main loop until it is done. Rethrows its error.
@MainActor func turningLoop<Result: Sendable>(
  for what: String, seconds: Double = 60, file: StaticString = #filePath, line: UInt = #line,
  _ body: @escaping @MainActor () async throws -> Result
) throws -> Result {
  var outcome: Swift.Result<Result, any Error>?
  Task {
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
  }
  turnLoop(for: what, seconds: seconds, file: file, line: line) { outcome != nil }
  return try XCTUnwrap(outcome).get()
}

/// Lets everything that is already queued run, such as the finalisers of destroyed widgets.
/// Ends after some turns even where an animation always has a next frame ready.
@MainActor func drainMainLoop() {
  for _ in 0..<200 where cgtk_iterate() == 0 { return }
}
