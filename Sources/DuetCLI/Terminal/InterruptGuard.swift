// Tidies up when somebody presses Ctrl-C, or the system asks the process to end. Any thread; the clean-up
// runs on a dispatch queue, not in the signal handler, so it may do anything.

import Foundation

/// While this exists, SIGINT and SIGTERM run `cleanUp` and then end the process.
final class InterruptGuard {
  private let sources: [any DispatchSourceSignal]

  init(_ cleanUp: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)  // or the process would end before the source sees the signal
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        cleanUp()
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
