// What left the computer, and what leaves the file: the ledger of requests, and complete copies.
// Runs on the store's actor.

import Foundation

extension ProjectStore {
  /// Writes a request to an assistant down before its first byte is sent.
  public func recordRequest(host: String, bytes: Int, photos: Int, purpose: String) throws -> VersionedSnapshot {
    try change {
      try database.run(
        "INSERT INTO request (at, host, bytes, photos, purpose) VALUES (?, ?, ?, ?, ?)",
        [
          .real(now().timeIntervalSince1970), .text(host), .integer(Int64(bytes)), .integer(Int64(photos)),
          .text(purpose),
        ])
    }
  }

  /// A complete copy of the project in a new file at `url`, written beside it first and then renamed.
  public func writeCopy(to url: URL) throws {
    let draft = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).part")
    do {
      try? FileManager.default.removeItem(at: draft)
      try database.run("VACUUM INTO ?", [.text(draft.path)])
      if FileManager.default.fileExists(atPath: url.path) {
        _ = try FileManager.default.replaceItemAt(url, withItemAt: draft)
      } else {
        try FileManager.default.moveItem(at: draft, to: url)
      }
    } catch {
      try? FileManager.default.removeItem(at: draft)
      let reason = (error as? SQLiteFailure)?.reason ?? error.localizedDescription
      throw ProjectError.cannotWrite(name: url.lastPathComponent, reason: reason)
    }
  }
}
