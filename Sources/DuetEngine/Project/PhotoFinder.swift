// From what was dropped to photo files: folders are searched, a folder of folders becomes categories.
// Runs on a background thread.

import Foundation

enum PhotoFinder {
  struct NamedFolder: Equatable, Sendable {
    let name: String
    let photos: [URL]
  }

  /// The sources with every folder replaced by the photo files in it, in name order.
  static func photos(in sources: [PhotoSource]) async -> [PhotoSource] {
    await Task.detached {
      sources.flatMap { source -> [PhotoSource] in
        guard case .file(let url) = source, isFolder(url) else { return [source] }
        return PhotoImporter.photoFiles(in: url).map(PhotoSource.file)
      }
    }.value
  }

  /// The categories that `folders` stand for: each sub-folder with photos is one; a folder that has photos
  /// of its own is one too. Empty folders are left out.
  static func categories(in folders: [URL]) async -> [NamedFolder] {
    await Task.detached { folders.flatMap(categories(in:)) }.value
  }

  private static func categories(in folder: URL) -> [NamedFolder] {
    let children = (try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)) ?? []
    let folders = children.filter(isFolder).sorted { $0.lastPathComponent < $1.lastPathComponent }
    let nested = folders.map { NamedFolder(name: $0.lastPathComponent, photos: PhotoImporter.photoFiles(in: $0)) }
    let own = PhotoImporter.photoFiles(in: folder).filter {
      $0.deletingLastPathComponent().standardizedFileURL.path == folder.standardizedFileURL.path
    }
    return (nested + [NamedFolder(name: folder.lastPathComponent, photos: own)]).filter { !$0.photos.isEmpty }
  }

  static func isFolder(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
