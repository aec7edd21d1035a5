// Where the weights of extractors live, and loading them. Any thread; touches the disk, so not the main one.

import Foundation

/// The folders that are searched for `<id>.safetensors`, in this order: `$DUETML_EXTRACTORS`,
/// `$XDG_DATA_HOME/duetml/extractors` (`~/.local/share` if unset), `/usr/share/duetml/extractors`.
public enum ExtractorStore {
  public static var directories: [URL] {
    directories(environment: ProcessInfo.processInfo.environment)
  }

  /// The folder that `install` writes to: the first of `directories`.
  public static var installDirectory: URL { directories[0] }

  static func directories(environment: [String: String]) -> [URL] {
    var folders: [URL] = []
    if let own = environment["DUETML_EXTRACTORS"], !own.isEmpty { folders.append(URL(fileURLWithPath: own)) }
    let data: URL
    // The base-directory specification: a relative path is to be ignored.
    if let path = environment["XDG_DATA_HOME"], path.hasPrefix("/") {
      data = URL(fileURLWithPath: path)
    } else {
      data = FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/share")
    }
    folders.append(data.appendingPathComponent("duetml/extractors"))
    folders.append(URL(fileURLWithPath: "/usr/share/duetml/extractors"))
    return folders
  }

  /// The installed weights of `id`, or nil.
  public static func weights(_ id: ExtractorID) -> URL? {
    directories.map { $0.appendingPathComponent("\(id.rawValue).safetensors") }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Reads the installed weights of `id`.
  public static func load(_ id: ExtractorID) throws -> FeatureExtractor {
    guard let url = weights(id) else { throw ExtractorError.notInstalled(id) }
    return try FeatureExtractor(id, weights: url)
  }
}
