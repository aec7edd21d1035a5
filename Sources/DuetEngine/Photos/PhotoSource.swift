// Where a photo comes from before it is in a project. A value; any thread.

import Foundation

/// A photo that someone offers: a file on disk, or bytes that were pasted or dragged from a browser.
public enum PhotoSource: Sendable, Equatable {
  case file(URL)
  case data(Data, name: String)

  /// What a person calls it, for messages: the file's name.
  public var name: String {
    switch self {
    case .file(let url): url.lastPathComponent
    case .data(_, let name): name
    }
  }
}

/// A photo as a project keeps it: decoded, turned upright, shrunk, and stripped of all metadata.
public struct ImportedPhoto: Sendable, Equatable {
  /// The file name it came with, shown to people; never a path.
  public let name: String
  /// SHA-256 of `copy`, in hex. Equal hashes mean equal features, so features are kept by this key.
  public let contentHash: String
  /// Size of the copy in pixels; the longer side is at most 1,024.
  public let width: Int
  public let height: Int
  /// JPEG, upright, without metadata. Features are computed from these bytes alone.
  public let copy: Data
  /// JPEG, the longer side at most `PhotoImporter.thumbnailSide`, for grids and contact sheets.
  public let thumbnail: Data

  public init(name: String, contentHash: String, width: Int, height: Int, copy: Data, thumbnail: Data) {
    self.name = name
    self.contentHash = contentHash
    self.width = width
    self.height = height
    self.copy = copy
    self.thumbnail = thumbnail
  }
}

/// A photo that was not taken in, and why, in words for its owner.
public struct RefusedPhoto: Sendable, Equatable {
  public let name: String
  public let reason: String

  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }
}
