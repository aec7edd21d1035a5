// Where tests find the real film reviews that are not part of the project.

import Foundation

enum SharedTexts {
  static let folder: URL = {
    let shared = ProcessInfo.processInfo.environment["DUETML_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .deletingLastPathComponent().appendingPathComponent("shared")
    return shared.appendingPathComponent("text/imdb_counterfactual")
  }()

  static func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  static var areThere: Bool { FileManager.default.fileExists(atPath: file("train_paired.tsv").path) }
}
