// Names and places of project files, as the window needs them. Writing and removing happen off the main
// thread; the rest looks at names, or at one folder.

import DuetEngine
import Foundation

enum ProjectFiles {
  static let suffix = ".duet"

  @MainActor static var filter: FileChooser.Filter {
    FileChooser.Filter(name: L("DuetML projects"), mimeTypes: [], patterns: ["*" + suffix])
  }

  /// `url` with the suffix that project files have.
  static func complete(_ url: URL) -> URL {
    url.lastPathComponent.hasSuffix(suffix) ? url : URL(fileURLWithPath: url.path + suffix)
  }

  /// A file name for a project called `title`: no slashes, no leading dot, not too long for a file system.
  static func suggestedName(for title: String) -> String {
    let kept = title.map { "/\\:\u{0}".contains($0) || $0.isNewline ? " " : $0 }
    let name = String(kept.prefix(60)).trimmingCharacters(in: CharacterSet(charactersIn: ". "))
    return (name.isEmpty ? L("Untitled project") : name) + suffix
  }

  /// Writes a complete copy of the project to `url`, which the person agreed to replace.
  @MainActor static func write(_ workspace: Workspace, to url: URL) async throws {
    await removeJournals(of: url)
    try await workspace.writeCopy(to: url)
  }

  /// Removes a project file with what SQLite keeps beside it.
  @concurrent static func remove(_ url: URL) async {
    try? FileManager.default.removeItem(at: url)
    await removeJournals(of: url)
  }

  /// A journal left by a crash belongs to the file that was there before; SQLite would apply it to the new one.
  @concurrent private static func removeJournals(of url: URL) async {
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(at: URL(fileURLWithPath: url.path + ending))
    }
  }

  // MARK: Demos

  private static var demoFolder: URL { ProjectLocation.dataFolder.appendingPathComponent("demos") }

  private static func demo(_ number: Int) -> URL {
    demoFolder.appendingPathComponent(number == 1 ? "Edible plants\(suffix)" : "Edible plants \(number)\(suffix)")
  }

  /// The demo that was built last, if any is still there.
  static func latestDemo() -> URL? {
    var latest: URL?
    for number in 1... {
      guard FileManager.default.fileExists(atPath: demo(number).path) else { return latest }
      latest = demo(number)
    }
    return latest
  }

  /// A free place for a new demo, in a folder that exists.
  static func newDemo() -> URL {
    try? FileManager.default.createDirectory(at: demoFolder, withIntermediateDirectories: true)
    let numbers = sequence(first: 1) { $0 + 1 }.lazy
    return numbers.map(demo).first { !FileManager.default.fileExists(atPath: $0.path) } ?? demo(1)
  }
}
