// The conversation in the file: new lines, and lines that stand for earlier ones. Nothing that was said is deleted.
// Runs on the store's actor, inside the transaction of `perform`. Rows of a stranger's file are checked.

import Foundation

extension ProjectStore {
  func say(_ message: ChatMessage) throws { try say(message, place: nil) }

  /// Hides `old` and says `message`; in the place of the first of them, or at the end.
  func revise(_ old: [ChatMessage.ID], by message: ChatMessage, inPlace: Bool) throws {
    var place: Int64?
    for id in old {
      let found = try database.value(
        "SELECT coalesce(place, sequence) FROM message WHERE id = ?", [.text(id.uuidString)]).integer
      place = [place, found].compactMap { $0 }.min()
      try database.run("UPDATE message SET superseded = 1 WHERE id = ?", [.text(id.uuidString)])
    }
    try log(
      "revise", ["author": message.author.rawValue, "purpose": message.purpose.rawValue, "count": String(old.count)],
      isActivity: false)
    try say(message, place: inPlace ? place : nil)
  }

  private func say(_ message: ChatMessage, place: Int64?) throws {
    try database.run(
      """
      INSERT INTO message (id, sequence, at, author, purpose, source, text, extras, place)
      VALUES (?, (SELECT coalesce(max(sequence), 0) + 1 FROM message), ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(message.id.uuidString), .real(message.date.timeIntervalSince1970), .text(message.author.rawValue),
        .text(message.purpose.rawValue), .optional(message.source?.rawValue), .text(message.text),
        .optional(message.extras.isEmpty ? nil : try Self.encoded(message.extras)),
        place.map { .integer($0) } ?? .null,
      ])
    try log(
      "say",
      ["author": message.author.rawValue, "purpose": message.purpose.rawValue, "message": message.id.uuidString],
      isActivity: message.author == .user)
  }

  /// What is shown, in the order of the conversation.
  func readMessages() throws -> [ChatMessage] {
    var messages: [ChatMessage] = []
    try database.rows(
      """
      SELECT id, author, purpose, text, source, at, extras FROM message WHERE superseded = 0
      ORDER BY coalesce(place, sequence), sequence
      """
    ) { row in
      guard let id = UUID(uuidString: row.text(0)), let author = ChatMessage.Author(rawValue: row.text(1)),
        let purpose = ChatMessage.Purpose(rawValue: row.text(2))
      else { return }
      let extras = row.isNull(6) ? nil : try? Self.decoded(MessageExtras.self, row.text(6))
      messages.append(
        ChatMessage(
          id: id, author: author, purpose: purpose, text: row.text(3),
          source: ChatMessage.Source(rawValue: row.text(4)), date: Date(timeIntervalSince1970: row.real(5)),
          extras: extras ?? MessageExtras()))
    }
    return messages
  }
}
