// What is no photo, or only a part of one, is refused by name with the reason.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PhotoRefusalTests {
  private func refusal(_ data: Data, name: String = "holiday.jpg") -> PhotoError? {
    do {
      _ = try PhotoImporter.load(.data(data, name: name))
      return nil
    } catch {
      return error as? PhotoError
    }
  }

  @Test func everySentenceNamesThePhoto() {
    let name = "holiday.jpg"
    let errors: [PhotoError] = [
      .empty(name: name), .unreadable(name: name), .directory(name: name), .fileTooBig(name: name, megabytes: 300),
      .notAPicture(name: name), .unsupportedFormat(name: name, format: "HEIC"), .truncated(name: name),
      .damaged(name: name), .tooManyPixels(name: name, megapixels: 400), .notEncoded(name: name),
    ]
    for error in errors {
      #expect(error.message.contains("holiday.jpg"), "\(error)")
      #expect(!error.message.contains("{"), "\(error)")
    }
    #expect(Set(errors.map(\.message)).count == errors.count)
  }

  @Test func emptyAndText() {
    #expect(refusal(Data()) == .empty(name: "holiday.jpg"))
    #expect(refusal(Data("Dear diary, today I took a photo.".utf8)) == .notAPicture(name: "holiday.jpg"))
    #expect(refusal(Data("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8))
      == .unsupportedFormat(name: "holiday.jpg", format: "SVG"))
    #expect(refusal(Data([0, 0, 1, 0, 1, 0]) + Data(count: 40))
      == .unsupportedFormat(name: "holiday.jpg", format: "icon (ICO)"))
    #expect(refusal(Data([0, 0, 0, 24]) + Data("ftypheic".utf8) + Data(count: 40))
      == .unsupportedFormat(name: "holiday.jpg", format: "HEIC"))
  }

  /// A photo big enough that its compressed data is most of the file.
  private static func noise() throws -> RGBImage {
    var state: UInt64 = 7
    let pixels = (0..<64 * 48 * 3).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    return RGBImage(width: 64, height: 48, pixels: pixels)
  }

  @Test(arguments: [0.999, 0.9, 0.5, 0.3]) func truncatedJPEG(part: Double) throws {
    let whole = try Self.noise().jpeg(quality: 90)
    #expect(refusal(whole) == nil)
    #expect(refusal(whole.prefix(Int(Double(whole.count) * part))) == .truncated(name: "holiday.jpg"))
  }

  @Test(arguments: [
    "quarters.png", "quarters.bmp", "quarters.tif", "quarters.webp", "quarters-lossy.webp", "two-frames.gif",
    "quarters-progressive.jpg", "quarters.jpg", "transparent.png",
  ])
  func everyTruncationIsRefused(name: String) throws {
    let whole = try PictureFixtures.data(name)
    #expect(refusal(whole, name: name) == nil)
    for length in stride(from: 1, to: whole.count - 1, by: max(1, whole.count / 40)) {
      #expect(refusal(whole.prefix(length), name: name) != nil, "\(name), \(length) of \(whole.count) bytes")
    }
  }

  @Test func aFilmBehindAPhotoIsNoDamage() throws {
    let photo = try PictureFixtures.data("quarters.jpg")
    #expect(refusal(photo + Data("ftypmp42".utf8) + Data(count: 5000)) == nil)
  }

  @Test func claimsOfMoreThan200Megapixels() throws {
    // 20,000 x 10,001 in the header of a picture that has 32 x 16.
    var png = try PictureFixtures.data("quarters.png")
    png.replaceSubrange(16..<24, with: [0, 0, 0x4E, 0x20, 0, 0, 0x27, 0x11])
    #expect(refusal(png, name: "huge.png") == .tooManyPixels(name: "huge.png", megapixels: 200))
    var jpeg = try PictureFixtures.data("quarters.jpg")
    let frame = try #require(jpeg.range(of: Data([0xFF, 0xC0])))
    jpeg.replaceSubrange(frame.upperBound + 3..<frame.upperBound + 7, with: [0x4E, 0x20, 0x4E, 0x20])
    #expect(refusal(jpeg, name: "huge.jpg") == .tooManyPixels(name: "huge.jpg", megapixels: 400))
    let huge = PictureFixtures.tiff(width: 1 << 30, height: 1 << 30, pixels: [1, 2, 3], orientation: 1)
    guard case .tooManyPixels = refusal(huge, name: "huge.tif") else {
      Issue.record("a TIFF that claims 2^60 pixels was not refused for it")
      return
    }
  }

  @Test func filesThatAreNone() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duetml-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("album.jpg"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func refused(_ name: String) -> PhotoError? {
      do {
        _ = try PhotoImporter.load(.file(folder.appendingPathComponent(name)))
        return nil
      } catch { return error as? PhotoError }
    }
    #expect(refused("missing.jpg") == .unreadable(name: "missing.jpg"))
    #expect(refused("album.jpg") == .directory(name: "album.jpg"))
    try #require(mkfifo(folder.appendingPathComponent("pipe.jpg").path, 0o600) == 0)
    #expect(refused("pipe.jpg") == .unreadable(name: "pipe.jpg"))
    // A sparse file: 300 MB that take no room.
    let big = folder.appendingPathComponent("big.jpg")
    #expect(FileManager.default.createFile(atPath: big.path, contents: nil))
    let handle = try FileHandle(forWritingTo: big)
    try handle.truncate(atOffset: 300 << 20)
    try handle.close()
    #expect(refused("big.jpg") == .fileTooBig(name: "big.jpg", megabytes: 300))
  }

  /// Every byte of every fixture changed once must give a picture or a sentence, and never more than that.
  @Test(arguments: ["quarters.png", "quarters.bmp", "quarters.tif", "quarters.webp", "two-frames.gif", "gps.jpg"])
  func noByteBringsItDown(name: String) throws {
    let whole = try PictureFixtures.data(name)
    for at in 0..<min(whole.count, 400) {
      var changed = whole
      changed[at] ^= 0xFF
      do {
        let image = try PhotoDecoder.decode(changed, name: name, maxSide: 64)
        #expect(image.width <= 64 && image.height <= 64)
      } catch {
        #expect(error is PhotoError, "\(name), byte \(at): \(error)")
      }
    }
  }
}
