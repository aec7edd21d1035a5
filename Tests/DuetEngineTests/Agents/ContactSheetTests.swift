// The picture of a category that an assistant gets to see.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ContactSheetTests {
  private static func picture(_ red: UInt8, _ green: UInt8, _ blue: UInt8) throws -> Data {
    let pixels = (0..<64 * 48).flatMap { _ in [red, green, blue] }
    return try RGBImage(width: 64, height: 48, pixels: pixels).jpeg(quality: 90)
  }

  private func decoded(_ sheet: ContactSheet) throws -> RGBImage {
    let copy = try PhotoImporter.load(.data(sheet.jpeg, name: "sheet")).copy
    let image = try PhotoDecoder.decode(copy, name: "sheet", maxSide: nil)
    return image
  }

  private func pixel(_ image: RGBImage, _ x: Int, _ y: Int) -> [Int] {
    (0..<3).map { Int(image.pixels[(y * image.width + x) * 3 + $0]) }
  }

  private func isNear(_ a: [Int], _ b: [Int]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 25 } }

  @Test func photosStandInAGridUnderTheName() throws {
    let red = try Self.picture(220, 20, 20)
    let blue = try Self.picture(20, 20, 220)
    let thumbnails = (0..<23).map { $0 == 11 ? red : blue }
    let sheet = try #require(ContactSheet.draw(heading: "Cats", thumbnails: thumbnails))
    let step = ContactSheet.cell + ContactSheet.gap
    #expect(sheet.photoCount == 23)
    #expect(sheet.width == 10 * step + ContactSheet.gap)
    #expect(sheet.height == ContactSheet.headingHeight + 3 * step + ContactSheet.gap)
    let image = try decoded(sheet)
    #expect((image.width, image.height) == (1024, (sheet.height * 1024 + sheet.width / 2) / sheet.width)
      || (image.width, image.height) == (sheet.width, sheet.height))
    let scale = Double(image.width) / Double(sheet.width)
    func middle(_ column: Int, _ row: Int) -> [Int] {
      let x = ContactSheet.gap + column * step + ContactSheet.cell / 2
      let y = ContactSheet.headingHeight + row * step + ContactSheet.cell / 2
      return pixel(image, Int(Double(x) * scale), Int(Double(y) * scale))
    }
    #expect(isNear(middle(1, 1), [220, 20, 20]))
    #expect(isNear(middle(0, 1), [20, 20, 220]))
    #expect(isNear(middle(2, 2), [20, 20, 220]))
    #expect(isNear(middle(3, 2), [255, 255, 255]))
  }

  private func ink(_ heading: String) throws -> Int {
    let sheet = try #require(ContactSheet.draw(heading: heading, thumbnails: [try Self.picture(9, 9, 9)]))
    let image = try decoded(sheet)
    return (0..<ContactSheet.headingHeight * image.width).filter { image.pixels[$0 * 3] < 128 }.count
  }

  @Test func anyScriptIsDrawn() throws {
    #expect(try ink("") == 0)
    #expect(try ink("Cats") > 50)
    #expect(try ink("食べられる") > 50)
  }

  @Test func aLongNameIsShortenedNotWider() throws {
    let long = try #require(
      ContactSheet.draw(heading: String(repeating: "Long ", count: 99), thumbnails: [try Self.picture(9, 9, 9)]))
    let short = try #require(ContactSheet.draw(heading: "L", thumbnails: [try Self.picture(9, 9, 9)]))
    #expect((long.width, long.height) == (short.width, short.height))
  }

  /// Light pixels in the lower left corner of each cell of one row; the photos themselves are dark.
  private func light(_ numbers: [Int64], _ thumbnails: [Data]) throws -> [Int] {
    let sheet = try #require(ContactSheet.draw(heading: "", thumbnails: thumbnails, numbers: numbers))
    let image = try PhotoDecoder.decode(sheet.jpeg, name: "sheet", maxSide: nil)
    let top = ContactSheet.headingHeight + ContactSheet.cell - ContactSheet.numberHeight
    return (0..<sheet.photoCount).map { index in
      let left = ContactSheet.gap + index * (ContactSheet.cell + ContactSheet.gap)
      return (0..<ContactSheet.numberHeight).reduce(0) { count, y in
        count + (0..<ContactSheet.cell).count { pixel(image, left + $0, top + y)[0] > 200 }
      }
    }
  }

  @Test func everyPhotoCarriesItsNumber() throws {
    // 96 x 96 and black, so that what is light in it is a number.
    let black = try RGBImage(width: 96, height: 96, pixels: [UInt8](repeating: 0, count: 96 * 96 * 3)).jpeg(quality: 90)
    #expect(try light([], [black, black]).allSatisfy { $0 < 20 })
    let one = try light([7, 1_234], [black, black])
    #expect(one[0] > 30 && one[1] > 2 * one[0], "more digits need more room: \(one)")
    let damaged = try light([7, 1_234], [Data("no".utf8), black])
    #expect(damaged.count == 1 && damaged[0] == one[1], "a photo keeps its own number")
  }

  @Test func damagedThumbnailsAreLeftOut() throws {
    let sheet = ContactSheet.draw(heading: "A", thumbnails: [Data("no".utf8), try Self.picture(1, 2, 3), Data()])
    #expect(sheet?.photoCount == 1)
    #expect(ContactSheet.draw(heading: "A", thumbnails: [Data("no".utf8)]) == nil)
  }

  @Test func upToFiftyAreChosenByTheSeed() {
    let project = ProjectSnapshot.made([("A", 120), ("B", 120), ("C", 50)])
    let (a, b, c) = (project.categories[0], project.categories[1], project.categories[2])
    let first = ContactSheetChoice.photos(of: a, seed: 7)
    #expect(first.count == 50 && Set(first.map(\.id)).count == 50)
    #expect(first == ContactSheetChoice.photos(of: a, seed: 7))
    #expect(first != ContactSheetChoice.photos(of: a, seed: 8))
    #expect(first.map(\.id) == first.map(\.id).sorted(), "in the category's order")
    #expect(first != Array(a.photos.prefix(50)))
    func places(_ chosen: [Photo], _ category: DuetEngine.Category) -> [Int] {
      chosen.compactMap { photo in category.photos.firstIndex { $0.id == photo.id } }
    }
    #expect(places(first, a) != places(ContactSheetChoice.photos(of: b, seed: 7), b))
    #expect(ContactSheetChoice.photos(of: c, seed: 7) == c.photos)
  }
}
