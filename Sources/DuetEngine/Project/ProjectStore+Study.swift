// Reading the study log with what it points at. Runs on the store's actor. Rows of a stranger's file are checked
// before they are believed.

import Foundation

extension ProjectStore {
  /// Everything that was noted in this project.
  /// - Parameter withFileNames: whether names of photo files are in it.
  func studyRecord(withFileNames: Bool) throws -> StudyRecord {
    try translatingErrors {
      var entries: [StudyRecord.Entry] = []
      try database.rows("SELECT sequence, at, kind, detail FROM log ORDER BY sequence") { row in
        entries.append(
          StudyRecord.Entry(
            sequence: Int(row.integer(0)), date: Date(timeIntervalSince1970: row.real(1)), kind: row.text(2),
            detail: (try? Self.decoded([String: String].self, row.text(3))) ?? [:]))
      }
      var context = StudyRecord.Context()
      try database.rows("SELECT id, name FROM category") { context.categoryNames[$0.integer(0)] = $0.text(1) }
      try database.rows(
        "SELECT id, author, purpose, source, text, extras, superseded FROM message ORDER BY sequence"
      ) { row in
        let extras = row.isNull(5) ? nil : try? Self.decoded(MessageExtras.self, row.text(5))
        context.messages.append(
          StudyRecord.Message(
            id: row.text(0), author: row.text(1), purpose: row.text(2), source: row.isNull(3) ? nil : row.text(3),
            text: row.text(4), category: extras?.category?.rawValue, isSuperseded: row.integer(6) == 1))
      }
      try database.rows(
        "SELECT photo_id, prediction FROM test WHERE id IN (SELECT min(id) FROM test GROUP BY photo_id)"
      ) { row in
        guard !row.isNull(1) else { return }
        context.answers[row.integer(0)] = try? Self.decoded(Prediction.self, row.text(1))
      }
      return StudyRecord(entries, context, withFileNames: withFileNames)
    }
  }
}
