// Which photos are called copies of each other: by rule, by place, and measured on 200 real photos with copies made of
// them here.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct NearCopyTests {
  private func photo(_ id: Int64, _ category: Int64?, _ hash: String) -> CheckedPhoto {
    CheckedPhoto(id: PhotoID(id), category: category.map { CategoryID($0) }, contentHash: hash)
  }

  @Test func equalContentIsACopyEvenWithoutFeatures() async throws {
    let photos = [photo(3, 2, "a"), photo(1, 1, "a"), photo(2, 1, "b"), photo(4, 1, "a"), photo(9, nil, "b")]
    let found = try await NearCopyFinder().find(
      photos, features: [Float](repeating: 0, count: 10), dimension: 2, thumbnails: { _ in [:] })
    #expect(found.pairs.map(\.copy) == [PhotoID(3), PhotoID(4), PhotoID(9)])
    #expect(found.pairs.map(\.original) == [PhotoID(1), PhotoID(1), PhotoID(2)])
    #expect(found.pairs.map(\.place) == [.acrossCategories, .sameCategory, .testPhoto])
    #expect(found.pairs.allSatisfy { $0.kind == .exact && $0.similarity == 1 })
    #expect(found.groups == [[PhotoID(1), PhotoID(3), PhotoID(4)], [PhotoID(2), PhotoID(9)]])
    let kept = found.without([PhotoPair(PhotoID(4), PhotoID(1))])
    #expect(kept.pairs.map(\.copy) == [PhotoID(3), PhotoID(9)] && kept.groups == found.groups)
  }

  @Test func aTestPhotoThatWasThereFirstIsStillTheCopy() async throws {
    let found = try await NearCopyFinder().find(
      [photo(1, nil, "a"), photo(2, 1, "a")], features: [0, 0], dimension: 1, thumbnails: { _ in [:] })
    #expect(found.pairs.first?.original == PhotoID(2) && found.pairs.first?.copy == PhotoID(1))
  }

  @Test func aShiftedPatternIsLaidOverItself() {
    func waves(_ shift: Float) -> PictureSignature {
      var pixels: [UInt8] = []
      for y in 0..<64 {
        for x in 0..<64 {
          let value = 128 + 60 * sin((Float(x) + shift) / 9) + 50 * cos(Float(y) / 7 + Float(x) / 23)
          pixels += [UInt8(value), UInt8(255 - value), UInt8(value / 2)]
        }
      }
      return PictureSignature(RGBImage(width: 64, height: 64, pixels: pixels))
    }
    let same = PictureAlignment.best(waves(0), over: waves(0), least: 0.9)
    #expect(same.correlation > 0.9999 && same.difference < 0.01)
    let straight = zip(waves(0).luma, waves(3).luma).reduce(0) { $0 + abs($1.0 - $1.1) } / 1024
    let shifted = PictureAlignment.best(waves(0), over: waves(3), least: 0.9)
    #expect(shifted.difference < straight / 2, "the shift was not undone")
  }

  @Test func mirroringTwiceIsNothing() {
    let signature = PictureSignature(PictureFixtures.quarters)
    #expect(signature.mirrored != signature)
    #expect(signature.mirrored.mirrored.pixels == signature.pixels)
  }

  /// What was made of each photo.
  private enum Change: String, CaseIterable {
    case half, recompressed, cropped, corner, mirrored

    func apply(_ picture: RGBImage) throws -> (RGBImage, quality: Int) {
      switch self {
      case .half: (picture.resized(width: picture.width / 2, height: picture.height / 2, filter: .bicubic), 90)
      case .recompressed: (picture, 40)
      case .cropped: (picture.cropped(left: 0.025, top: 0.025, right: 0.025, bottom: 0.025), 90)
      case .corner: (picture.cropped(left: 0.05, top: 0.05, right: 0, bottom: 0), 90)
      case .mirrored: (picture.turned(.mirrored), 90)
      }
    }
  }

  @Test(.enabled(if: SharedPhotos.areThere, SharedPhotos.needs))
  func copiesOfRealPhotosAreFoundAndDifferentPhotosAreNot() async throws {
    let extractor = try ExtractorStore.load(.standard)
    var random = SplitMix64(seed: 11)
    var originals: [ImportedPhoto] = []
    for name in ["grocery10", "clothing10"] {
      let files = try SharedPhotos.named(name).files
      originals += try random.permutation(files.count).prefix(100).map { try PhotoImporter.load(.file(files[$0])) }
    }
    var thumbnails: [String: Data] = [:]
    func looked(_ photo: ImportedPhoto) throws -> [Float] {
      thumbnails[photo.contentHash] = photo.thumbnail
      return try extractor.features(ofCopy: photo.copy, name: photo.name)
    }
    let features = try originals.map(looked)
    let finder = NearCopyFinder()

    // Different photos: two of one burst may look the same to anybody, hence a share.
    let all = originals.enumerated().map { photo(Int64($0), 1, $1.contentHash) }
    let known = thumbnails
    let among = try await finder.find(
      all, features: features.flatMap { $0 }, dimension: ExtractorID.dimension,
      thumbnails: { names in known.filter { names.contains($0.key) } })
    print("copies: \(among.pairs.count) of 200 different photos called copies")
    #expect(among.pairs.count <= 2)

    for change in Change.allCases {
      var found = 0
      var mirrored = 0
      for (index, original) in originals.enumerated() {
        let picture = try PhotoDecoder.decode(original.copy, name: original.name, maxSide: nil)
        let (changed, quality) = try change.apply(picture)
        let copy = try PhotoImporter.load(.data(try changed.jpeg(quality: quality), name: "copy.jpg"))
        let pictures = [original.contentHash: original.thumbnail, copy.contentHash: copy.thumbnail]
        let vector = try extractor.features(ofCopy: copy.copy, name: copy.name)
        let result = try await finder.find(
          [photo(0, 1, original.contentHash), photo(1, 1, copy.contentHash)], features: features[index] + vector,
          dimension: ExtractorID.dimension, thumbnails: { _ in pictures })
        found += result.pairs.count
        mirrored += result.pairs.count { $0.kind == .mirrored }
      }
      print("copies: \(change.rawValue): \(found) of 200 found, \(mirrored) as mirrored")
      #expect(found >= 190, "\(change.rawValue): at least 95 %")
      #expect(change == .mirrored ? mirrored >= 190 : mirrored <= 10)
    }
  }
}

extension RGBImage {
  /// Without these shares of its sides.
  fileprivate func cropped(left: Double, top: Double, right: Double, bottom: Double) -> RGBImage {
    let columns = Int(Double(width) * left)..<width - Int(Double(width) * right)
    let rows = Int(Double(height) * top)..<height - Int(Double(height) * bottom)
    var result: [UInt8] = []
    for row in rows { result += pixels[(row * width + columns.lowerBound) * 3..<(row * width + columns.upperBound) * 3] }
    return RGBImage(width: columns.count, height: rows.count, pixels: result)
  }
}
