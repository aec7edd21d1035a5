// Where the app finds its own files: prompts, saved replies, style sheet, translations.
// Any thread; nothing is cached, so tests may point the environment elsewhere.

import Foundation

public enum DataFiles {
  /// The first root in which `relativePath` exists, joined with it; nil if it is nowhere.
  ///
  /// Roots, in order: `$DUETML_DATA`; the folders above the executable, for a build in a checkout;
  /// `../share/duetml` beside the executable's folder and `/usr/share/duetml`, for a package; the
  /// folders above this source file, for tests, whose executable is the test runner.
  public static func url(_ relativePath: String) -> URL? {
    roots.lazy.map { $0.appendingPathComponent(relativePath) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  static var roots: [URL] {
    let chosen = ProcessInfo.processInfo.environment["DUETML_DATA"].map { [URL(fileURLWithPath: $0)] } ?? []
    let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .map { URL(fileURLWithPath: $0) }
    var above: [URL] = []
    var packaged: [URL] = []
    if let executable {
      let folder = executable.deletingLastPathComponent()
      packaged.append(folder.deletingLastPathComponent().appendingPathComponent("share/duetml"))
      above = checkouts(above: folder)
    }
    packaged.append(URL(fileURLWithPath: "/usr/share/duetml"))
    return chosen + above + packaged + checkouts(above: URL(fileURLWithPath: #filePath))
  }

  /// Folders above `start` that are a checkout of this project.
  private static func checkouts(above start: URL) -> [URL] {
    sequence(first: start) { $0.path == "/" ? nil : $0.deletingLastPathComponent() }
      .filter {
        FileManager.default.fileExists(atPath: $0.appendingPathComponent("Package.swift").path)
          && FileManager.default.fileExists(atPath: $0.appendingPathComponent("prompts").path)
      }
  }
}
