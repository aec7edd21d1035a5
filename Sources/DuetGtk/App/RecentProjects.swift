// Which projects were open lately, newest first: what the app comes back to, and what the start page lists.
// A value that is read and written away from the main thread; the list is a small JSON file beside the
// autosaved project. A list that is missing or damaged counts as empty: it is a convenience, never the work.

import Foundation

/// The paths of recently opened projects, newest first.
struct RecentProjects: Sendable, Equatable, Codable {
  /// More than this is no longer "recent".
  static let limit = 8

  private(set) var paths: [String] = []

  /// Puts `url` first, once.
  mutating func opened(_ url: URL) {
    let path = url.standardizedFileURL.path
    paths.removeAll { $0 == path }
    paths.insert(path, at: 0)
    paths.removeLast(max(0, paths.count - Self.limit))
  }

  /// Forgets `url`, for example after it was moved.
  mutating func forget(_ url: URL) {
    let path = url.standardizedFileURL.path
    paths.removeAll { $0 == path }
  }

  /// The projects that still are where they were.
  var existing: [URL] {
    paths.filter { FileManager.default.fileExists(atPath: $0) }.map { URL(fileURLWithPath: $0) }
  }
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
