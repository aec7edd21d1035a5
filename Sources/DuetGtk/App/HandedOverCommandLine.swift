// The words of a `duetml` as GApplication delivers them, perhaps from another process. Main thread.
// The object is borrowed for the length of the signal.

import CGtk
import DuetEngine

@MainActor struct HandedOverCommandLine {
  private let line: UnsafeMutablePointer<GApplicationCommandLine>

  /// - Parameter line: a borrowed GApplicationCommandLine.
  init(_ line: OpaquePointer) { self.line = UnsafeMutablePointer(line) }

  /// The options, with the file's path made absolute from the folder in which the words were typed.
  /// Nil for a mistake; the process that was started has already complained about it.
  func options() -> LaunchOptions? {
    guard var options = try? LaunchOptions.parse(words()) else { return nil }
    options.file = options.file.map(absolute)
    options.screenshot = options.screenshot.map(absolute)
    return options
  }

  private func words() -> [String] {
    var count: Int32 = 0
    guard let arguments = g_application_command_line_get_arguments(line, &count) else { return [] }
    defer { g_strfreev(arguments) }
    return (0..<Int(count)).compactMap { arguments[$0].map { String(cString: $0) } }.dropFirst().map { $0 }
  }

  private func absolute(_ word: String) -> String {
    guard let file = g_application_command_line_create_file_for_arg(line, word) else { return word }
    defer { g_object_unref(UnsafeMutableRawPointer(file)) }
    return Files.url(file)?.path ?? word
  }
}
