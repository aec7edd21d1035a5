// The copy that a project keeps: small, without metadata, the same every time.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PhotoImporterTests {
  @Test func nothingPrivateSurvives() throws {
    let data = try PictureFixtures.data("gps.jpg")
    #expect(data.range(of: Data("SECRETMAKER".utf8)) != nil)
    #expect(data.range(of: Data("SECRETCOMMENT".utf8)) != nil)
    let photo = try PhotoImporter.load(.data(data, name: "gps.jpg"))
    for picture in [photo.copy, photo.thumbnail] {
      for secret in ["SECRET", "Exif", "MM\0*"] { #expect(picture.range(of: Data(secret.utf8)) == nil, "\(secret)") }
      // Of all segments that may carry text (APP0...APP15, comment), only the plain JFIF heading is there.
      #expect(Self.markers(picture).filter { (0xE0...0xEF).contains($0) || $0 == 0xFE } == [0xE0])
    }
  }

  /// The marks of a JPEG up to its first scan.
  private static func markers(_ jpeg: Data) -> [UInt8] {
    var marks: [UInt8] = []
    let bytes = [UInt8](jpeg)
    var at = 2
    while at + 4 <= bytes.count, bytes[at] == 0xFF, bytes[at + 1] != 0xDA {
      marks.append(bytes[at + 1])
      at += 2 + Int(bytes[at + 2]) << 8 + Int(bytes[at + 3])
    }
    return marks
  }

  @Test func copyAndThumbnailHaveTheirSizes() throws {
    let big = RGBImage(width: 2200, height: 1100, pixels: [UInt8](repeating: 90, count: 2200 * 1100 * 3))
    let photo = try PhotoImporter.load(.data(big.jpeg(quality: 80), name: "big.jpg"))
    #expect((photo.width, photo.height) == (1024, 512))
    let copy = try PhotoDecoder.decode(photo.copy, name: "copy", maxSide: nil)
    #expect((copy.width, copy.height) == (1024, 512))
    let thumbnail = try PhotoDecoder.decode(photo.thumbnail, name: "thumbnail", maxSide: nil)
    #expect((thumbnail.width, thumbnail.height) == (PhotoImporter.thumbnailSide, PhotoImporter.thumbnailSide / 2))
    let small = try PhotoImporter.load(.data(PictureFixtures.data("quarters.png"), name: "small.png"))
    #expect((small.width, small.height) == (32, 16))
    #expect(try PhotoDecoder.decode(small.copy, name: "copy", maxSide: nil).corners == [.red, .green, .blue, .yellow])
  }

  @Test func theSamePhotoIsTheSameCopy() throws {
    let data = try PictureFixtures.data("quarters.jpg")
    let first = try PhotoImporter.load(.data(data, name: "a.jpg"))
    let second = try PhotoImporter.load(.data(data, name: "a.jpg"))
    #expect(first == second)
    // Turning changes the content, the name does not.
    let turned = try PhotoImporter.load(.data(PictureFixtures.jpeg(data, orientation: 3), name: "a.jpg"))
    #expect(turned.contentHash != first.contentHash)
    #expect(try PhotoImporter.load(.data(data, name: "b.jpg")).contentHash == first.contentHash)
    #expect(first.contentHash == PhotoImporter.contentHash(first.copy))
  }

  @Test func hashIsSHA256() {
    // FIPS 180-4's example.
    #expect(PhotoImporter.contentHash(Data("abc".utf8))
      == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func photoFilesAreFoundInOrder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duetml-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b.JPG", "a.png", "notes.txt", ".hidden.jpg", "sub/c.webp", ".secret/d.jpg", "folder.jpg/e.tif"] {
      let url = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data([1]).write(to: url)
    }
    let found = PhotoImporter.photoFiles(in: folder).map { $0.path.dropFirst(folder.path.count + 1) }
    #expect(found == ["a.png", "b.JPG", "folder.jpg/e.tif", "sub/c.webp"])
    #expect(PhotoImporter.photoFiles(in: folder.appendingPathComponent("missing")).isEmpty)
  }
}
