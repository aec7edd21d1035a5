// What takes the place of a painted region: pictures that are the same photo but for the region. Pure functions; any
// thread but the main one (they touch every pixel). The same photo, region and fill always give the same picture.

/// How a region of a photo is replaced.
public enum RegionFill: Sendable, Equatable {
  /// By the colours of its border, spread into it: as if the thing had not been there.
  case erased
  /// By its own colours, smeared until no form is left.
  case blurred
  /// By one colour, drawn by lot.
  case colour(seed: UInt64)
}

extension RGBImage {
  /// - Precondition: the mask has the picture's size.
  public func filled(_ mask: RegionMask, with fill: RegionFill) -> RGBImage {
    precondition(mask.width == width && mask.height == height, "the mask of another picture")
    switch fill {
    case .erased: return spreadingBorder(mask.isPainted)
    case .blurred: return smeared(mask.isPainted)
    case .colour(let seed):
      var random = SplitMix64(seed: seed)
      return painting(mask, (0..<3).map { _ in UInt8(random.next() >> 56) })
    }
  }

  /// - Parameter colour: red, green, blue.
  func painting(_ mask: RegionMask, _ colour: [UInt8]) -> RGBImage {
    precondition(mask.width == width && mask.height == height && colour.count == 3)
    let painted = mask.isPainted
    var result = pixels
    for pixel in painted.indices where painted[pixel] {
      for channel in 0..<3 { result[pixel * 3 + channel] = colour[channel] }
    }
    return RGBImage(width: width, height: height, pixels: result)
  }
}
