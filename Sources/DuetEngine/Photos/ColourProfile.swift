// What the colours of a photo mean. Pictures are taken as sRGB; a photo that brings a profile of something else, such
// as the Display P3 of many phones, is converted, or its colours would be pale. Any thread but the main one.
// The profile is untrusted: Little CMS checks it, and what it does not understand is ignored. Source: ICC.1:2010.

import CLcms
import Foundation

/// A way from a photo's own colours to sRGB.
struct ColourProfile: ~Copyable {
  private let conversion: cmsHTRANSFORM

  /// Bytes of a profile, at most; real ones have some 500 to 600,000.
  private static let sizeLimit = 4 << 20
  /// `TYPE_RGB_8` of Little CMS, a macro: colour space RGB (4), three channels, one byte each.
  private static let packedRGB: cmsUInt32Number = 4 << 16 | 3 << 3 | 1

  /// - Returns: nil where nothing is to be done: no RGB profile, a broken one, or sRGB by whatever name.
  init?(icc: Data) {
    guard (128...Self.sizeLimit).contains(icc.count) else { return nil }
    let own = icc.withUnsafeBytes { cmsOpenProfileFromMem($0.baseAddress, cmsUInt32Number($0.count)) }
    guard let own else { return nil }
    defer { cmsCloseProfile(own) }
    guard cmsGetColorSpace(own) == cmsSigRgbData, let standard = cmsCreate_sRGBProfile() else { return nil }
    defer { cmsCloseProfile(standard) }
    // Without its cache a conversion has no memory of the pixel before, and all pixels cost the same.
    guard
      let conversion = cmsCreateTransform(
        own, Self.packedRGB, standard, Self.packedRGB, cmsUInt32Number(INTENT_RELATIVE_COLORIMETRIC),
        cmsUInt32Number(cmsFLAGS_NOCACHE))
    else { return nil }
    if Self.changesNothing(conversion) {
      cmsDeleteTransform(conversion)
      return nil
    }
    self.conversion = conversion
  }

  /// Whether colours with this profile are sRGB already.
  static func isStandard(_ icc: Data?) -> Bool {
    guard let icc, let _ = ColourProfile(icc: icc) else { return true }
    return false
  }

  deinit { cmsDeleteTransform(conversion) }

  func standardRGB(_ image: RGBImage) -> RGBImage {
    RGBImage(width: image.width, height: image.height, pixels: Self.convert(image.pixels, conversion))
  }

  private static func convert(_ pixels: [UInt8], _ conversion: cmsHTRANSFORM) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pixels.count) { output, written in
      cmsDoTransform(conversion, pixels, output.baseAddress, cmsUInt32Number(pixels.count / 3))
      written = pixels.count
    }
  }

  /// Names of profiles mean little, so colours are tried: those of a 5 x 5 x 5 cube, to within two levels.
  private static func changesNothing(_ conversion: cmsHTRANSFORM) -> Bool {
    let levels: [UInt8] = [0, 64, 128, 192, 255]
    let cube = levels.flatMap { red in levels.flatMap { green in levels.flatMap { [red, green, $0] } } }
    return zip(cube, convert(cube, conversion)).allSatisfy { abs(Int($0) - Int($1)) <= 2 }
  }
}

extension RGBImage {
  /// The picture in sRGB.
  /// - Parameter icc: the profile that it came with, if any.
  func standardRGB(from icc: Data?) -> RGBImage {
    guard let icc, let profile = ColourProfile(icc: icc) else { return self }
    return profile.standardRGB(self)
  }
}
