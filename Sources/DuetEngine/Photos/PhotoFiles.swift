// Which files of a folder are photos. Reads the folder, not the files; any thread but the main one.

import Foundation

extension PhotoImporter {
  /// Extensions of picture files, in lower case. HEIC and AVIF are among them although they cannot be opened: a
  /// photo that is refused by name is better than one that silently stays away.
  public static let photoExtensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "dib", "tif", "tiff", "webp", "heic", "heif", "avif",
  ]

  /// All photos in a folder and the folders inside it, by extension, hidden ones left out, in the order of their paths.
  /// Empty where the folder cannot be read.
  public static func photoFiles(in folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: [.skipsHiddenFiles])
    var photos: [URL] = []
    while let url = files?.nextObject() as? URL {
      guard photoExtensions.contains(url.pathExtension.lowercased()) else { continue }
      if (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true { continue }
      photos.append(url)
    }
    return photos.sorted { $0.path < $1.path }
  }
}
