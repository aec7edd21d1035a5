// The size that the pictures of one request may have, and what is done to keep it.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TurnPicturesTests {
  /// A picture with noise in it, which JPEG cannot make small.
  private func picture(_ seed: UInt64, side: Int = 160) throws -> TurnPictures.Picture {
    var generator = SplitMix64(seed: seed)
    let pixels = (0..<side * side * 3).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let jpeg = try RGBImage(width: side, height: side, pixels: pixels).jpeg(quality: 95)
    return .init(jpeg: jpeg, photos: [SentPhoto(contentHash: "photo \(seed)")])
  }

  @Test func whatFitsStaysAsItIs() throws {
    let pictures = TurnPictures([try picture(1), try picture(2)], allowed: true)
    #expect(pictures.fitted(budget: pictures.size) == pictures)
  }

  @Test func firstTheQualityThenTheSizeThenTheLastPicturesGo() throws {
    let pictures = TurnPictures(try (1...4).map { try picture(UInt64($0)) }, allowed: true)
    let coarse = pictures.fitted(budget: pictures.size - 1)
    #expect(coarse.size < pictures.size && coarse.photos == pictures.photos && coarse.notes.isEmpty)
    let sides = try coarse.all.map { try PhotoDecoder.decode($0.jpeg, name: "", maxSide: nil).width }
    #expect(sides == [160, 160, 160, 160])

    let small = pictures.fitted(budget: coarse.size - 1)
    #expect(small.size < coarse.size && small.photos == pictures.photos && small.notes.isEmpty)
    #expect(try PhotoDecoder.decode(small.all[0].jpeg, name: "", maxSide: nil).width == 80)

    let few = pictures.fitted(budget: small.size - 1)
    #expect(few.photos == Array(pictures.photos.prefix(3)), "the ledger has what is really sent")
    #expect(few.notes == [.fewerPictures])
    #expect(pictures.fitted(budget: 0).all.isEmpty)
  }

  @Test func withoutEyesNothingIsShown() throws {
    let unseen = TurnPictures([try picture(1)], allowed: true).unseen
    #expect(unseen.all.isEmpty && unseen.photos.isEmpty && unseen.notes == [.withoutPictures])
    #expect(TurnPictures(allowed: true).unseen.notes.isEmpty, "there was nothing to see")
  }
}
