// A picture that the user pastes or drops into the chat entry. Kept in memory for the session, never in the project:
// it is part of a question, not of the training data. A value; any thread.

import Foundation

public struct AttachedPicture: Sendable, Equatable {
  /// Longer side in pixels, at most.
  public static let side = 512
  /// The most pictures with one message.
  public static let limit = 4
  private static let quality = 85

  /// What it is called, for people; never a path.
  public let name: String
  /// JPEG, upright, without metadata.
  public let jpeg: Data
  /// JPEG, as small as the thumbnails of photos.
  public let thumbnail: Data

  public init(name: String, jpeg: Data, thumbnail: Data) {
    self.name = name
    self.jpeg = jpeg
    self.thumbnail = thumbnail
  }

  /// Reads and shrinks a picture, off the main thread.
  ///
  /// - Throws: `PhotoError`, by the picture's name.
  @concurrent public static func make(from source: PhotoSource) async throws(PhotoError) -> AttachedPicture {
    do {
      let (photo, pixels) = try PhotoImporter.prepare(source)
      let (width, height) = RGBImage.size(pixels.width, pixels.height, within: side)
      let jpeg = try pixels.resized(width: width, height: height, filter: .bicubic).jpeg(quality: quality)
      return AttachedPicture(name: source.name, jpeg: jpeg, thumbnail: photo.thumbnail)
    } catch let error as PhotoError {
      throw error
    } catch {
      throw .unreadable(name: source.name)
    }
  }
}
