// Which projects were open lately, newest first: what the start page lists.
// A value that is read and written away from the main thread; the list is a small JSON file in the app's data
// folder. A list that is missing or damaged counts as empty: it is a convenience, never the work.

import Foundation

/// Recently opened projects, newest first.
struct RecentProjects: Sendable, Equatable, Codable {
  struct Entry: Sendable, Equatable, Codable {
    let path: String
    /// What the window called it; a project without a file name of its own is called by its goal.
    let title: String

    var url: URL { URL(fileURLWithPath: path) }
  }

  /// More than this is no longer "recent".
  static let limit = 6

  private(set) var entries: [Entry] = []

  /// Puts `url` first, once, under its newest title.
  mutating func opened(_ url: URL, title: String) {
    let path = url.standardizedFileURL.path
    entries.removeAll { $0.path == path }
    entries.insert(Entry(path: path, title: title), at: 0)
    entries.removeLast(max(0, entries.count - Self.limit))
  }

  /// The projects that still are where they were. Looks at the disk.
  var existing: [Entry] { entries.filter { FileManager.default.fileExists(atPath: $0.path) } }
}

extension RecentProjects {
  private static func list(in folder: URL) -> URL {
    folder.appendingPathComponent("recent-projects.json")
  }

  /// Reads the list below `folder`, off the main thread.
  @concurrent static func load(from folder: URL) async -> RecentProjects {
    guard let data = try? Data(contentsOf: list(in: folder)) else { return RecentProjects() }
    return (try? JSONDecoder().decode(RecentProjects.self, from: data)) ?? RecentProjects()
  }

  /// Writes the list below `folder`, all or nothing, off the main thread.
  @concurrent func save(to folder: URL) async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try JSONEncoder().encode(self).write(to: Self.list(in: folder), options: .atomic)
  }
}
