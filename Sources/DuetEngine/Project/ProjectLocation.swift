// Where projects without a name live, and which project was open last. Any thread.
// An untitled project is a complete file from its first moment: there is nothing to lose by not saving.

import Foundation

public enum ProjectLocation {
  public static let fileExtension = "duet"

  /// `$XDG_DATA_HOME/duetml`, or `~/.local/share/duetml`.
  public static var dataFolder: URL {
    let environment = ProcessInfo.processInfo.environment
    if let chosen = environment["XDG_DATA_HOME"], chosen.hasPrefix("/") {
      return URL(fileURLWithPath: chosen).appendingPathComponent("duetml")
    }
    return URL(fileURLWithPath: NSHomeDirectory()).appendingPathComponent(".local/share/duetml")
  }

  static var untitledFolder: URL { dataFolder.appendingPathComponent("projects") }

  /// A free name for a new project: "Untitled.duet", "Untitled 2.duet", ... Older ones are never overwritten.
  public static func newUntitled() -> URL {
    let names = sequence(first: 1) { $0 + 1 }.lazy.map { $0 == 1 ? "Untitled" : "Untitled \($0)" }
    let urls = names.map { untitledFolder.appendingPathComponent("\($0).\(fileExtension)") }
    // The sequence has no end, so there always is a first free name.
    return urls.first { !FileManager.default.fileExists(atPath: $0.path) } ?? untitledFolder
  }

  public static func isUntitled(_ url: URL) -> Bool {
    url.deletingLastPathComponent().standardizedFileURL == untitledFolder.standardizedFileURL
  }

  private static var lastFile: URL { dataFolder.appendingPathComponent("last-project") }

  /// The project that was open last, if it still exists.
  public static func last() -> URL? {
    guard let path = try? String(contentsOf: lastFile, encoding: .utf8) else { return nil }
    let url = URL(fileURLWithPath: path.trimmingCharacters(in: .newlines))
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// Failing to remember only means that the start page comes next time, so it is no error.
  public static func remember(_ url: URL) {
    try? FileManager.default.createDirectory(at: dataFolder, withIntermediateDirectories: true)
    try? Data(url.standardizedFileURL.path.utf8).write(to: lastFile, options: .atomic)
  }
}
