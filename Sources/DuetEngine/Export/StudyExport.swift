// A project as the files of a study: events as CSV and as JSON Lines, counts, a data dictionary, and the contact
// sheet of each category, which is what the paper's raters judged. Any thread but the main one.
//
// Photos are personal. Single photos, and the names of their files, are written only when they are asked for; the
// sheets show them small and can be left out. Everything is written into a folder beside the place it is meant
// for, which is then renamed: there is a whole export or none.

import Foundation

public struct StudyExport: Sendable {
  /// What goes along.
  public struct Choice: Sendable, Equatable {
    /// The picture of each category; on, unless somebody says otherwise.
    public var sheets = true
    /// Every photo as a file, and the names of the files that were added.
    public var photos = false
    public init(sheets: Bool = true, photos: Bool = false) {
      self.sheets = sheets
      self.photos = photos
    }
  }

  /// What was written.
  public struct Outcome: Sendable, Equatable {
    public let events: Int
    public let counts: StudyCounts
    public let sheets: Int
    public let photos: Int
  }

  private let store: ProjectStore
  private let choice: Choice

  public init(store: ProjectStore, choice: Choice = Choice()) {
    self.store = store
    self.choice = choice
  }

  /// - Parameter folder: must not exist.
  /// - Throws: ``ProjectError``, ``ExportError``.
  public func write(to folder: URL) async throws -> Outcome {
    guard !FileManager.default.fileExists(atPath: folder.path) else { throw ExportError.alreadyExists(folder.path) }
    let draft = folder.deletingLastPathComponent().appendingPathComponent(".\(folder.lastPathComponent).part")
    try? FileManager.default.removeItem(at: draft)
    do {
      try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
      let outcome = try await fill(draft)
      try FileManager.default.moveItem(at: draft, to: folder)
      return outcome
    } catch {
      try? FileManager.default.removeItem(at: draft)
      if error is ProjectError { throw error }
      throw ExportError.notWritten(folder.path, reason: error.localizedDescription)
    }
  }

  private func fill(_ folder: URL) async throws -> Outcome {
    let rows = try await store.studyRecord(withFileNames: choice.photos).rows
    let counts = StudyCounts(rows)
    let snapshot = try await store.read().snapshot
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try write(SpreadsheetText.table(StudyEventRow.columns, rows.map(\.cells)), "events.csv")
    try write(rows.map { $0.line + "\n" }.joined(), "events.jsonl")
    try write(
      SpreadsheetText.table(["name", "value"], counts.all.map { [.text($0.name), .number("\($0.value)")] }),
      "counts.csv")
    try write(
      SpreadsheetText.table(
        StudyDictionary.head, StudyDictionary.lines.map { [.text($0.file), .text($0.name), .text($0.meaning)] }),
      "dictionary.csv")
    let sheets = choice.sheets ? try await writeSheets(snapshot, into: folder) : 0
    let photos = choice.photos ? try await writePhotos(snapshot, into: folder) : 0
    try write(note(sheets: sheets, photos: photos), "README.txt")
    return Outcome(events: rows.count, counts: counts, sheets: sheets, photos: photos)
  }

  private func note(sheets: Int, photos: Int) -> String {
    let lines = [
      L("A DuetML project as data of a study. dictionary.csv says what every file, column and count means."),
      L("The words of the conversation are in events.csv and events.jsonl as they were written."),
      sheets > 0 ? L("The folder “sheets” shows people's photos: pass it on only as far as they agreed.") : "",
      photos > 0 ? L("The folder “photos” holds people's photos: pass it on only as far as they agreed.") : "",
    ]
    return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  // MARK: Pictures

  private func writeSheets(_ project: ProjectSnapshot, into folder: URL) async throws -> Int {
    let place = folder.appendingPathComponent("sheets")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let filled = project.categories.enumerated().filter { !$0.element.photos.isEmpty }
    let chosen = filled.map { ContactSheetChoice.photos(of: $0.element, seed: project.sheetSeed).map(\.contentHash) }
    let thumbnails = try await store.thumbnails(Array(Set(chosen.joined())))
    let orders = zip(filled, chosen).map { category, hashes in
      ContactSheetOrder(heading: category.element.name, thumbnails: hashes.compactMap { thumbnails[$0] })
    }
    var rows: [[SpreadsheetText.Cell]] = []
    for ((index, category), sheet) in zip(filled, ContactSheet.draw(orders)) {
      guard let sheet else { continue }
      let name = Self.fileName(number: index + 1, category.name)
      try sheet.jpeg.write(to: place.appendingPathComponent(name))
      rows.append([
        .text(name), .number("\(category.id.rawValue)"), .text(category.name), .number("\(category.photos.count)"),
        .number("\(sheet.photoCount)"),
      ])
    }
    let table = SpreadsheetText.table(StudyDictionary.sheets.map(\.0), rows)
    try Data(table.utf8).write(to: folder.appendingPathComponent("sheets.csv"))
    return rows.count
  }

  private func writePhotos(_ project: ProjectSnapshot, into folder: URL) async throws -> Int {
    let place = folder.appendingPathComponent("photos")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var rows: [[SpreadsheetText.Cell]] = []
    for category in project.categories {
      for photo in category.photos {
        guard let copy = try await store.copy(photo.id) else { continue }
        let name = "\(photo.id.rawValue).jpg"
        try copy.write(to: place.appendingPathComponent(name))
        rows.append([
          .text(name), .number("\(photo.id.rawValue)"), .number("\(category.id.rawValue)"), .text(category.name),
          .text(photo.name), .text(photo.contentHash),
        ])
      }
    }
    let table = SpreadsheetText.table(StudyDictionary.photos.map(\.0), rows)
    try Data(table.utf8).write(to: folder.appendingPathComponent("photos.csv"))
    return rows.count
  }

  /// "01-not-edible.jpg": letters and digits of any script; nothing that a path or a shell would read.
  static func fileName(number: Int, _ name: String) -> String {
    let words = NormalisedText(name).text.replacing(" ", with: "-").prefix(40)
    let digits = String(format: "%02d", number)
    return words.isEmpty ? "\(digits).jpg" : "\(digits)-\(words).jpg"
  }
}

/// Why there is no export.
public enum ExportError: Error, Sendable, Equatable {
  case alreadyExists(String)
  case notWritten(String, reason: String)

  /// One sentence with the next step.
  public var message: String {
    switch self {
    case .alreadyExists(let path): L("{path} exists already. Choose a new folder.", ["path": path])
    case .notWritten(let path, let reason):
      L("{path} could not be written ({reason}). Check that the folder is yours and that the disk is not full.",
        ["path": path, "reason": reason])
    }
  }
}
