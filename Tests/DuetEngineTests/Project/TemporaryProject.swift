// A project file of its own for every test, in a folder that goes when the test ends.

import Foundation

@testable import DuetEngine

final class TemporaryProject: Sendable {
  let folder: URL
  var url: URL { folder.appendingPathComponent("Test.duet") }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func store(create: Bool = true) throws -> ProjectStore { try ProjectStore(url: url, create: create) }
}

extension OutgoingRequest {
  /// A request with so many photos, whose content hashes count up from 1.
  static func made(
    host: String, isThisComputer: Bool = false, bytes: Int = 10, photos: Int = 0, purpose: String = "chat"
  ) -> OutgoingRequest {
    OutgoingRequest(
      host: host, isThisComputer: isThisComputer, bytes: bytes,
      photos: (0..<photos).map { SentPhoto(contentHash: ImportedPhoto.numbered($0 + 1).contentHash) },
      purpose: purpose)
  }
}

extension ImportedPhoto {
  /// A photo whose bytes and hash follow from `number`; no real picture, for tests of the file alone.
  static func numbered(_ number: Int) -> ImportedPhoto {
    let digits = String(number, radix: 16)
    return ImportedPhoto(
      name: "photo\(number).jpg", contentHash: String(repeating: "0", count: 64 - digits.count) + digits,
      width: 10, height: 8, copy: Data("copy \(number)".utf8), thumbnail: Data("thumbnail \(number)".utf8))
  }
}
