// A small JPEG is kept as it is, without what it says beside its pixels; anything else is encoded once.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct JpegCopyTests {
  @Test(arguments: ["gps.jpg", "quarters.jpg", "quarters-progressive.jpg", "grey.jpg"])
  func smallPhotosLoseNothing(name: String) throws {
    let data = try PictureFixtures.data(name)
    let photo = try PhotoImporter.load(.data(data, name: name))
    let pixels = try PhotoDecoder.decode(data, name: name, maxSide: nil)
    #expect(try PhotoDecoder.decode(photo.copy, name: "copy", maxSide: nil) == pixels)
    // Copying the copy changes nothing more: a project made of exported photos has the same features.
    #expect(try PhotoImporter.load(.data(photo.copy, name: name)).copy == photo.copy)
  }

  @Test func aProgressiveJpegIsStoredInOneScan() throws {
    let data = try PictureFixtures.data("quarters-progressive.jpg")
    #expect(data.range(of: Data([0xFF, 0xC2])) != nil)
    let copy = try PhotoImporter.load(.data(data, name: "a.jpg")).copy
    #expect(copy.range(of: Data([0xFF, 0xC2])) == nil && copy.range(of: Data([0xFF, 0xC0])) != nil)
  }

  @Test func whatIsTurnedOrBigOrNoCameraJpegIsDecoded() throws {
    let stored = try PictureFixtures.data("quarters.jpg")
    let turned = try PhotoImporter.load(.data(PictureFixtures.jpeg(stored, orientation: 6), name: "a.jpg"))
    #expect((turned.width, turned.height) == (16, 32))
    let inks = try PhotoImporter.load(.data(PictureFixtures.data("cmyk.jpg"), name: "a.jpg"))
    #expect(try PhotoDecoder.decode(inks.copy, name: "copy", maxSide: nil).colour(3, 3) == .red)
    let wide = RGBImage(width: 1100, height: 20, pixels: [UInt8](repeating: 90, count: 1100 * 20 * 3))
    #expect(try PhotoImporter.load(.data(wide.jpeg(quality: 90), name: "a.jpg")).width == 1024)
  }

  @Test func theFilmBehindAPhotoIsNotKept() throws {
    let photo = try PictureFixtures.data("quarters.jpg")
    let film = try PhotoImporter.load(.data(photo + Data("SECRETFILM".utf8) + Data(count: 5000), name: "a.jpg"))
    #expect(film.copy == (try PhotoImporter.load(.data(photo, name: "a.jpg")).copy))
  }

  /// 12 megapixels come out at 1,008 pixels from the decoder and are stored at that.
  @Test func aBigPhotoIsNotResizedTwice() throws {
    let big = RGBImage(width: 4032, height: 3024, pixels: [UInt8](repeating: 120, count: 4032 * 3024 * 3))
    let photo = try PhotoImporter.load(.data(big.jpeg(quality: 50), name: "big.jpg"))
    #expect((photo.width, photo.height) == (1008, 756))
  }
}
