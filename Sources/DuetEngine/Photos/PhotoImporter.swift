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

  /// Reads a photo and makes the project's copy of it: JPEG, upright, over white, sRGB, at most 1,024 pixels on the
  /// longer side (never enlarged), without metadata. The same bytes always give the same copy and the same hash.
  ///
  /// - Throws: `PhotoError`, by the photo's name.
  public static func load(_ source: PhotoSource) throws -> ImportedPhoto { try prepare(source).photo }

  /// ``load(_:)``, and the pixels that decoding the copy gives, for who goes on with them at once.
  static func prepare(_ source: PhotoSource) throws -> (photo: ImportedPhoto, pixels: RGBImage) {
    let name = source.name
    do {
      let copy = try copy(of: bytes(of: source), name: name)
      // Decoded from its own bytes, which is what another computer will have, so that it sees the same.
      let pixels = try PhotoDecoder.decode(copy, name: name, maxSide: nil)
      let (width, height) = RGBImage.size(pixels.width, pixels.height, within: thumbnailSide)
      let thumbnail = try pixels.resized(width: width, height: height, filter: .bicubic).jpeg(quality: thumbnailQuality)
      let photo = ImportedPhoto(
        name: name, contentHash: contentHash(copy), width: pixels.width, height: pixels.height, copy: copy,
        thumbnail: thumbnail)
      return (photo, pixels)
    } catch PhotoError.notEncoded {
      throw PhotoError.notEncoded(name: name)
    }
  }

  /// The copy. A JPEG that is small, upright and sRGB already is kept coefficient by coefficient, so nothing of it is
  /// lost; all else is decoded, and encoded once.
  private static func copy(of data: Data, name: String) throws -> Data {
    try data.withUnsafeBytes { bytes in
      let header = try PhotoDecoder.header(of: bytes, name: name)
      if header.format == .jpeg, max(header.width, header.height) <= copySide, header.orientation == .upright,
        ColourProfile.isStandard(header.profile),
        let copy = JpegCopy.withoutMetadata(UnsafeRawBufferPointer(rebasing: bytes[..<header.end]))
      {
        return copy
      }
      return try PhotoDecoder.decode(bytes, header: header, name: name, maxSide: copySide).jpeg(quality: copyQuality)
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
