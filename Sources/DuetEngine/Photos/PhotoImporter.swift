// A photo's way into a project: read, decode, turn upright, shrink, strip of all metadata, name by its content.
// Any thread but the main one (it reads files and decodes). Values only.

import CGdkPixbuf
import Foundation

public enum PhotoImporter {
  /// Longer side of the copy that a project keeps, in pixels, at most.
  public static let copySide = 1024
  /// Longer side of the thumbnail, in pixels, at most.
  public static let thumbnailSide = 128
  /// Bytes of a file, at most: 256 MB.
  public static let fileSizeLimit = 256 << 20
  static let copyQuality = 92
  static let thumbnailQuality = 85

  /// Reads a photo and makes the project's copy of it: JPEG, upright, over white, at most 1,024 pixels on the longer
  /// side (never enlarged), without metadata. The same bytes always give the same copy and the same hash.
  ///
  /// - Throws: `PhotoError`, by the photo's name.
  public static func load(_ source: PhotoSource) throws -> ImportedPhoto {
    let name = source.name
    let image = try PhotoDecoder.decode(bytes(of: source), name: name, maxSide: copySide)
    let (width, height) = RGBImage.size(image.width, image.height, within: thumbnailSide)
    do {
      let copy = try image.jpeg(quality: copyQuality)
      let thumbnail = try image.resized(width: width, height: height, filter: .bicubic).jpeg(quality: thumbnailQuality)
      return ImportedPhoto(
        name: name, contentHash: contentHash(copy), width: image.width, height: image.height, copy: copy,
        thumbnail: thumbnail)
    } catch PhotoError.notEncoded {
      throw PhotoError.notEncoded(name: name)
    }
  }

  /// SHA-256 in hex.
  public static func contentHash(_ data: Data) -> String {
    data.withUnsafeBytes { bytes in
      let base = bytes.bindMemory(to: UInt8.self).baseAddress
      guard let hex = g_compute_checksum_for_data(G_CHECKSUM_SHA256, base, gsize(bytes.count)) else { return "" }
      defer { g_free(hex) }
      return String(cString: hex)
    }
  }

  /// The bytes of a source, or the reason why there are none.
  static func bytes(of source: PhotoSource) throws -> Data {
    switch source {
    case .data(let data, let name):
      guard data.count <= fileSizeLimit else {
        throw PhotoError.fileTooBig(name: name, megabytes: data.count >> 20)
      }
      return data
    case .file(let url):
      let name = source.name
      var status = stat()
      guard url.isFileURL, stat(url.path, &status) == 0 else { throw PhotoError.unreadable(name: name) }
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: throw PhotoError.directory(name: name)
      default: throw PhotoError.unreadable(name: name)  // a pipe or a device might never end
      }
      guard status.st_size <= fileSizeLimit else {
        throw PhotoError.fileTooBig(name: name, megabytes: Int(status.st_size) >> 20)
      }
      guard let data = try? Data(contentsOf: url) else { throw PhotoError.unreadable(name: name) }
      return data
    }
  }
}
