// What left the computer, and what leaves the file: the ledger of requests, and complete copies.
// Runs on the store's actor.

import Foundation

extension ProjectStore {
  /// Writes a request to an assistant down before its first byte is sent.
  public func record(_ request: OutgoingRequest) throws -> VersionedSnapshot {
    try change {
      try database.run(
        "INSERT INTO request (at, host, is_this_computer, bytes, photos, purpose) VALUES (?, ?, ?, ?, ?, ?)",
        [
          .real(now().timeIntervalSince1970), .text(request.host), .flag(request.isThisComputer),
          .integer(Int64(request.bytes)), .integer(Int64(request.photos.count)), .text(request.purpose),
        ])
      let id = database.lastInsertedRow
      for (position, photo) in request.photos.enumerated() {
        try database.run(
          "INSERT INTO request_photo (request_id, position, content_hash, thumbnail) VALUES (?, ?, ?, ?)",
          [
            .integer(id), .integer(Int64(position)), .text(photo.contentHash),
            photo.thumbnail.map { .blob($0) } ?? .null,
          ])
      }
    }
  }

  /// Every request, oldest first.
  public func ledger() throws -> [LedgerEntry] {
    try translatingErrors {
      var photos: [Int64: [LedgerEntry.Photo]] = [:]
      try database.rows(
        """
        SELECT request_photo.request_id, request_photo.content_hash,
          coalesce(request_photo.thumbnail, picture.thumbnail),
          (SELECT photo.name FROM photo WHERE photo.content_hash = request_photo.content_hash ORDER BY photo.id LIMIT 1)
        FROM request_photo LEFT JOIN picture USING (content_hash) ORDER BY request_photo.request_id, position
        """
      ) { row in
        photos[row.integer(0), default: []].append(
          LedgerEntry.Photo(
            contentHash: row.text(1), thumbnail: row.isNull(2) ? nil : row.blob(2),
            name: row.isNull(3) ? nil : row.text(3)))
      }
      var entries: [LedgerEntry] = []
      try database.rows(
        "SELECT id, at, host, is_this_computer, bytes, photos, purpose FROM request ORDER BY id"
      ) { row in
        entries.append(
          LedgerEntry(
            id: row.integer(0), date: Date(timeIntervalSince1970: row.real(1)), host: row.text(2),
            isThisComputer: row.integer(3) == 1, bytes: Int(row.integer(4)), photoCount: Int(row.integer(5)),
            photos: photos[row.integer(0)] ?? [], purpose: row.text(6)))
      }
      return entries
    }
  }

  /// One line of the study log that is no operation.
  func note(_ event: StudyEvent) throws {
    try translatingErrors { try log(event.kind, event.detail, isActivity: false) }
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
