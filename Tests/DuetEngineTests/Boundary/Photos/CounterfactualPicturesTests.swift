// From a photo and a painted region to the pictures of a counterfactual, and the sentences for what cannot be used.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CounterfactualPicturesTests {
  private let copy: Data

  init() throws {
    copy = try RGBImage(width: 60, height: 40, pixels: (0..<60 * 40 * 3).map { UInt8($0 % 251) }).jpeg(quality: 94)
  }

  private func region(_ width: Int = 60, _ height: Int = 40, _ isPainted: (Int, Int) -> Bool) -> RegionMask {
    RegionMask(
      width: width, height: height,
      isPainted: (0..<width * height).map { isPainted($0 % width, $0 / width) })
  }

  private func painted(_ region: RegionMask, _ change: CounterfactualChange = .ignore) throws -> NewCounterfactual {
    try CounterfactualPictures.painted(
      PhotoID(1), copy: copy, name: "Cup.jpg", region: region, change: change,
      answer: change == .ignore ? .same : .unknown)
  }

  @Test func aRegionThatDoesNotMatterBecomesSeveralColours() throws {
    let middle = region { (20..<40).contains($0) && (10..<30).contains($1) }
    let made = try painted(middle)
    #expect(made.pictures.count == CounterfactualPictures.replacements)
    #expect(Set(made.pictures.map(\.contentHash)).count == made.pictures.count)
    #expect(made.pictures.allSatisfy { $0.name == "Cup.jpg (changed)" && $0.width == 60 && $0.height == 40 })
    #expect(try painted(middle) == made, "the same region, the same pictures")
    for change in [CounterfactualChange.erase, .blur] { #expect(try painted(middle, change).pictures.count == 1) }
  }

  @Test func thePreviewIsTheFirstPicture() throws {
    let middle = region { (20..<40).contains($0) && (10..<30).contains($1) }
    let preview = try PhotoDecoder.decode(
      CounterfactualPictures.preview(copy: copy, name: "", region: middle, change: .ignore), name: "", maxSide: nil)
    let kept = try PhotoDecoder.decode(painted(middle).pictures[0].copy, name: "", maxSide: nil)
    let centre = (20 * 60 + 30) * 3
    for channel in 0..<3 { #expect(abs(Int(preview.pixels[centre + channel]) - Int(kept.pixels[centre + channel])) < 6) }
  }

  @Test func whatCannotBeUsedHasASentence() throws {
    #expect(throws: CounterfactualError.emptyRegion) { try painted(region { _, _ in false }) }
    #expect(throws: CounterfactualError.nothingLeft) { try painted(region { _, _ in true }) }
    // 35 x 35 pixels in the middle are seen: from 12 to 48 across. The first ten columns are not.
    #expect(throws: CounterfactualError.outOfSight) { try painted(region { x, _ in x < 10 }) }
    #expect(throws: CounterfactualError.photoGone) { try painted(region(30, 40) { _, y in y < 10 }) }
    #expect(throws: (any Error).self) {
      try CounterfactualPictures.scene(PhotoID(1), other: .data(Data("no picture".utf8), name: "a.txt"), answer: .unknown)
    }
    for error in [CounterfactualError.emptyRegion, .nothingLeft, .outOfSight, .photoGone, .categoryGone, .tooMany] {
      #expect(error.message.hasSuffix(".") && Workspace.sentence(for: error) == error.message)
    }
  }
}
