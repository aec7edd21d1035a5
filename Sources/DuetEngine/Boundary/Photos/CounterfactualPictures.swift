// The pictures of a counterfactual, made of a photo's copy: what the region becomes, ready for the project.
// Any thread but the main one (decodes, fills and encodes). The same photo and region always give the same pictures.

import Foundation

public enum CounterfactualPictures {
  /// Pictures in which a region that does not matter is replaced. Each has a colour of its own: measured, several
  /// colours say "whatever is there" better than one blurred or erased region, and more of them say nothing new.
  public static let replacements = 4
  /// "What if ...?" that one photo can have.
  public static let mostOfAPhoto = 20
  /// Above this share of what the network sees, nothing is left to learn from.
  static let largestShare = 0.95
  /// What the network sees of the shorter side: 224 of 256 pixels.
  public static let visibleShare = 224.0 / 256

  /// Whether a region can be used.
  ///
  /// - Throws: `CounterfactualError.emptyRegion`, `.nothingLeft`, `.outOfSight`.
  public static func check(_ region: RegionMask) throws {
    guard region.count > 0 else { throw CounterfactualError.emptyRegion }
    let side = Double(min(region.width, region.height)) * visibleShare
    func visible(_ length: Int) -> Range<Int> {
      let first = (Double(length) - side) / 2
      return Int(first.rounded(.down))..<Int((first + side).rounded(.up))
    }
    let (columns, rows) = (visible(region.width), visible(region.height))
    let painted = region.isPainted
    let seen = rows.reduce(0) { sum, y in sum + columns.count { painted[y * region.width + $0] } }
    guard seen > 0 else { throw CounterfactualError.outOfSight }
    let most = largestShare * Double(rows.count * columns.count)
    guard Double(seen) <= most else { throw CounterfactualError.nothingLeft }
  }

  /// A counterfactual with a painted region.
  ///
  /// - Parameters:
  ///   - copy: the project's copy of the photo.
  ///   - name: of the photo; the pictures are named after it.
  /// - Precondition: as in ``NewCounterfactual``; `change` has a region.
  /// - Throws: `CounterfactualError`; `PhotoError` where the copy is no picture.
  public static func painted(
    _ photo: PhotoID, copy: Data, name: String, region: RegionMask, change: CounterfactualChange,
    answer: CounterfactualAnswer
  ) throws -> NewCounterfactual {
    let image = try PhotoDecoder.decode(copy, name: name, maxSide: nil)
    guard image.width == region.width, image.height == region.height else { throw CounterfactualError.photoGone }
    try check(region)
    let changed = L("{name} (changed)", ["name": name])
    let pictures = try fills(change, seed: seed(of: copy)).map { fill in
      let bytes = try image.filled(region, with: fill).jpeg(quality: PhotoImporter.copyQuality, colours: .full)
      return try PhotoImporter.load(.data(bytes, name: changed))
    }
    return NewCounterfactual(photo: photo, change: change, answer: answer, region: region, pictures: pictures)
  }

  /// Every photo has colours of its own, so that many marks say "any colour".
  private static func seed(of copy: Data) -> UInt64 {
    UInt64(PhotoImporter.contentHash(copy).prefix(15), radix: 16) ?? 0
  }

  /// What a region would become, as JPEG, while somebody still paints.
  ///
  /// - Throws: `PhotoError` where the copy is no picture; ``CounterfactualError`` as ``check(_:)``.
  public static func preview(
    copy: Data, name: String, region: RegionMask, change: CounterfactualChange
  ) throws -> Data {
    let image = try PhotoDecoder.decode(copy, name: name, maxSide: nil)
    guard image.width == region.width, image.height == region.height else { throw CounterfactualError.photoGone }
    try check(region)
    let fill = fills(change, seed: seed(of: copy))[0]
    return try image.filled(region, with: fill).jpeg(quality: PhotoImporter.copyQuality)
  }

  private static func fills(_ change: CounterfactualChange, seed: UInt64) -> [RegionFill] {
    switch change {
    case .scene, .erase: [.erased]
    case .blur: [.blurred]
    case .ignore: (0..<replacements).map { .colour(seed: seed &+ UInt64($0)) }
    }
  }

  /// The same scene before or after.
  ///
  /// - Throws: `PhotoError`, by the other picture's name.
  public static func scene(
    _ photo: PhotoID, other: PhotoSource, answer: CounterfactualAnswer
  ) throws -> NewCounterfactual {
    NewCounterfactual(
      photo: photo, change: .scene, answer: answer, region: nil, pictures: [try PhotoImporter.load(other)])
  }
}
