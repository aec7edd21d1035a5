// Undo and redo, kept in the file: what was done yesterday can be taken back today.
// Runs on the store's actor.

import Foundation

extension ProjectStore {
  /// Takes back the last group of operations; does nothing where there is none.
  public func undo() throws -> VersionedSnapshot { try change { try travel(back: true) } }

  /// Does again what undo took back last; does nothing where there is none.
  public func redo() throws -> VersionedSnapshot { try change { try travel(back: false) } }

  /// The titles of what undo and redo would do.
  func undoTitles() throws -> (undo: String?, redo: String?) {
    func title(_ sql: String) throws -> String? {
      try database.value(sql).text.flatMap { try? Self.decoded(UndoTitle.self, $0).text }
    }
    return (
      try title("SELECT title FROM undo_step WHERE undone = 0 ORDER BY id DESC LIMIT 1"),
      try title("SELECT title FROM undo_step WHERE undone = 1 ORDER BY id LIMIT 1")
    )
  }

  /// Remembers a way back. A new operation ends the future that undo had opened.
  func push(_ entry: UndoEntry, group: UndoGroup) throws {
    try database.run("DELETE FROM undo_step WHERE undone = 1")
    try database.run(
      "INSERT INTO undo_step (step_group, title, backward, forward) VALUES (?, ?, ?, ?)",
      [
        .text(group.rawValue.uuidString), .text(try Self.encoded(entry.title)),
        .text(try Self.encoded(entry.backward)), .text(try Self.encoded(entry.forward)),
      ])
  }

  private func travel(back: Bool) throws {
    let end = back
      ? "SELECT step_group FROM undo_step WHERE undone = 0 ORDER BY id DESC LIMIT 1"
      : "SELECT step_group FROM undo_step WHERE undone = 1 ORDER BY id LIMIT 1"
    guard let group = try database.value(end).text else { return }
    var steps: [(id: Int64, step: ReversibleStep)] = []
    try database.rows(
      "SELECT id, \(back ? "backward" : "forward") FROM undo_step WHERE step_group = ? AND undone = ?",
      [.text(group), .flag(!back)]
    ) { row in steps.append((row.integer(0), try Self.decoded(ReversibleStep.self, row.text(1)))) }
    steps.sort { back ? $0.id > $1.id : $0.id < $1.id }
    for (id, step) in steps {
      try take(step)
      try database.run("UPDATE undo_step SET undone = ? WHERE id = ?", [.flag(back), .integer(id)])
    }
    try log(back ? "undo" : "redo", ["steps": "\(steps.count)"])
  }

  /// Makes one reversible change.
  func take(_ step: ReversibleStep) throws {
    switch step {
    case .renameCategory(let id, let name):
      try database.run("UPDATE category SET name = ? WHERE id = ?", [.text(name), .integer(id.rawValue)])
    case .hideCategory(let id):
      try database.run("UPDATE category SET removed = 1 WHERE id = ?", [.integer(id.rawValue)])
    case .showCategory(let id):
      let count = try database.value("SELECT count(*) FROM category WHERE removed = 0").integer ?? 0
      guard count < Category.limit else { throw ProjectError.tooManyCategories }
      try database.run("UPDATE category SET removed = 0 WHERE id = ?", [.integer(id.rawValue)])
    case .hidePhotos(let photos):
      for photo in photos {
        try database.run("UPDATE photo SET removed = 1 WHERE id = ?", [.integer(photo.rawValue)])
      }
    case .showPhotos(let photos):
      for photo in photos {
        try database.run("UPDATE photo SET removed = 0 WHERE id = ?", [.integer(photo.rawValue)])
      }
    case .placePhotos(let places):
      for place in places {
        try database.run(
          "UPDATE photo SET category_id = ? WHERE id = ?",
          [.integer(place.category.rawValue), .integer(place.photo.rawValue)])
      }
    case .keepCopies(let pairs): try setKept(pairs, true)
    case .doubtCopies(let pairs): try setKept(pairs, false)
    case .confirmPhotos(let places): try setConfirmed(places)
    case .doubtPhotos(let photos): try clearConfirmed(photos)
    case .setProposal(let id, let state): try setProposal(id, state)
    case .hideCounterfactuals(let ids): try setCounterfactuals(ids, hidden: true)
    case .showCounterfactuals(let ids): try setCounterfactuals(ids, hidden: false)
    }
  }
}
