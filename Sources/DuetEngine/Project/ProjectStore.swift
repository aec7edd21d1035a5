// The project file behind one actor: the only code that reads or writes it.
// Runs on the actor; callers await, so the main thread never waits for the disk.
// Owns the SQLite connection. Every call that changes something is one transaction, synced to the disk
// before it returns.

import Foundation

/// A snapshot with its place in the order of changes, so that a late one never replaces a newer one.
public struct VersionedSnapshot: Sendable {
  let revision: Int
  public let snapshot: ProjectSnapshot
}


public actor ProjectStore {
  let database: SQLiteConnection
  /// File name for messages.
  nonisolated let name: String
  let now: @Sendable () -> Date
  private var revision = 0

  /// Opens the project at `url`, or creates it where there is none and `create` is true.
  ///
  /// - Throws: ``ProjectError``; a file that is no project is left as it was.
  public init(url: URL, create: Bool = true, now: @escaping @Sendable () -> Date = { Date() }) throws {
    self.now = now
    name = url.lastPathComponent
    do {
      let isNew = !FileManager.default.fileExists(atPath: url.path)
      guard create || !isNew else {
        throw ProjectError.cannotOpen(name: name, reason: L("there is no such file"))
      }
      if isNew {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      }
      database = try SQLiteConnection(path: url.path, create: isNew)
      try Self.prepare(database, name: name)
    } catch let failure as SQLiteFailure {
      throw Self.openingError(failure, name: name)
    } catch let error as ProjectError {
      throw error
    } catch {
      throw ProjectError.cannotOpen(name: name, reason: error.localizedDescription)
    }
  }

  public func close() {
    database.close()
  }

  /// The project as it is in the file.
  public func read() throws -> VersionedSnapshot {
    try translatingErrors { try versioned() }
  }

  /// The project after something that is no operation, such as new features.
  func refreshed() throws -> VersionedSnapshot { try change {} }

  /// One transaction: all of `body` and its entry in the log, or nothing.
  func change(_ body: () throws -> Void) throws -> VersionedSnapshot {
    try translatingErrors {
      try database.transaction(body)
      revision += 1
      return try versioned()
    }
  }

  func translatingErrors<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as SQLiteFailure {
      throw ProjectError.cannotWrite(name: name, reason: failure.reason)
    }
  }

  private func versioned() throws -> VersionedSnapshot {
    VersionedSnapshot(revision: revision, snapshot: try readSnapshot())
  }

  // MARK: Opening

  private static func prepare(_ database: SQLiteConnection, name: String) throws {
    let mark = try database.value("PRAGMA application_id").integer ?? 0
    let version = Int(try database.value("PRAGMA user_version").integer ?? 0)
    let tables = try database.value("SELECT count(*) FROM sqlite_schema").integer ?? 0
    guard mark == ProjectSchema.applicationID || (mark == 0 && version == 0 && tables == 0) else {
      throw ProjectError.notAProject(name: name)
    }
    guard version <= ProjectSchema.migrations.count else { throw ProjectError.madeByNewerVersion(name: name) }
    try database.execute("PRAGMA journal_mode = WAL")
    // FULL, not the usual NORMAL: what the screen shows must survive the plug being pulled.
    try database.execute("PRAGMA synchronous = FULL")
    try migrate(database, from: version)
  }

  private static func migrate(_ database: SQLiteConnection, from version: Int) throws {
    for (index, migration) in ProjectSchema.migrations.enumerated().dropFirst(version) {
      try database.transaction {
        try database.execute(migration.sql)
        try database.execute("PRAGMA application_id = \(ProjectSchema.applicationID)")
        try database.execute("PRAGMA user_version = \(index + 1)")
      }
    }
  }

  private static func openingError(_ failure: SQLiteFailure, name: String) -> ProjectError {
    switch failure.code & 0xff {
    case 26: .notAProject(name: name)  // SQLITE_NOTADB
    case 11: .damaged(name: name, reason: failure.reason)  // SQLITE_CORRUPT
    default: .cannotOpen(name: name, reason: failure.reason)
    }
  }
}
