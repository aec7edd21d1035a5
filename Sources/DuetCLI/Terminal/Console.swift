// The two streams of a command: results on standard output, progress and errors on standard error.
// Any thread; a lock keeps lines whole.

import DuetEngine
import Foundation
import Synchronization

final class Console: Sendable {
  /// Whether results may carry colours: standard output is a terminal, and NO_COLOR is not set.
  let hasColours: Bool
  private let showsProgress: Bool
  private let output: @Sendable (String) -> Void
  private let errors: @Sendable (String) -> Void
  private let progressWidth = Mutex(0)

  /// On the process's own streams.
  init() {
    hasColours = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    showsProgress = isatty(STDERR_FILENO) == 1
    output = { FileHandle.standardOutput.write(Data($0.utf8)) }
    errors = { FileHandle.standardError.write(Data($0.utf8)) }
  }

  /// On streams of the caller's, for tests: no colours, no progress.
  init(output: @escaping @Sendable (String) -> Void, errors: @escaping @Sendable (String) -> Void) {
    hasColours = false
    showsProgress = false
    self.output = output
    self.errors = errors
  }

  /// A result, on standard output.
  func print(_ text: String) { output(text + "\n") }

  /// An error or a remark, on standard error. Control characters of names are made visible.
  func report(_ text: String) {
    endProgress()
    errors(TerminalText.safe(text) + "\n")
  }

  /// "Looking at photos 12/60", written over itself; only where somebody watches.
  func progress(_ label: String, _ done: Int, of total: Int) {
    guard showsProgress, total > 0 else { return }
    progressWidth.withLock { width in
      let line = "\(label) \(done)/\(total)"
      errors("\r" + line.padding(toLength: max(width, line.count), withPad: " ", startingAt: 0))
      width = line.count
    }
  }

  func endProgress() {
    progressWidth.withLock { width in
      if width > 0 { errors("\n") }
      width = 0
    }
  }
}
