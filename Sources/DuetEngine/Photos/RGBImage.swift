// An upright picture in memory: the form in which every photo travels between the rooms.
// A value; any thread.

/// Interleaved 8-bit RGB, rows from top to bottom, no padding: `pixels[(y * width + x) * 3 + channel]`.
public struct RGBImage: Sendable, Equatable {
  public let width: Int
  public let height: Int
  public let pixels: [UInt8]

  /// - Precondition: `pixels.count == width * height * 3`, both sides at least 1.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && pixels.count == width * height * 3, "pixels must be width x height x 3")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
