// SQLite in five verbs: open, run, rows, transaction, close. The only file that touches the C library.
// Not thread-safe: each connection is owned by one actor (`ProjectStore`) and never leaves it.
// Statements are kept compiled until the connection closes.

import CSQLite
import Foundation

/// A value that goes into or comes out of a statement.
enum SQLiteValue: Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob(Data)
}

/// A result code of SQLite with its sentence.
struct SQLiteFailure: Error, Equatable {
  let code: Int32
  let reason: String
}

final class SQLiteConnection {
  private var handle: OpaquePointer?
  private var statements: [String: OpaquePointer] = [:]

  /// Opens `path`, creating the file if `create`. Every extended safety of SQLite is on: foreign keys are
  /// kept, schema tricks in a stranger's file are refused.
  init(path: String, create: Bool) throws {
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0)
    let code = sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK else {
      let failure = SQLiteFailure(code: code, reason: String(cString: sqlite3_errstr(code)))
      sqlite3_close_v2(handle)
      handle = nil
      throw failure
    }
    sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    sqlite3_extended_result_codes(handle, 1)
    try execute("PRAGMA trusted_schema = OFF")
    try execute("PRAGMA foreign_keys = ON")
  }

  /// How long to wait for another process (the command line beside the app) to finish its write.
  private static let busyMilliseconds: Int32 = 3000

  deinit { close() }

  func close() {
    for statement in statements.values { sqlite3_finalize(statement) }
    statements = [:]
    sqlite3_close_v2(handle)
    handle = nil
  }

  /// Runs SQL that has no parameters and no result; several statements may be given.
  func execute(_ sql: String) throws {
    try check(sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// Runs one statement and throws its rows away.
  func run(_ sql: String, _ values: [SQLiteValue] = []) throws {
    try rows(sql, values) { _ in }
  }

  /// Runs one statement and hands each row to `body`.
  func rows(_ sql: String, _ values: [SQLiteValue] = [], _ body: (SQLiteRow) throws -> Void) throws {
    let statement = try prepared(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() { try check(bind(value, to: statement, at: Int32(index + 1))) }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try body(SQLiteRow(statement: statement))
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// The first row's first column, or null where there is no row.
  func value(_ sql: String, _ values: [SQLiteValue] = []) throws -> SQLiteValue {
    var first: SQLiteValue?
    try rows(sql, values) { row in if first == nil { first = row.value(0) } }
    return first ?? .null
  }

  /// All of `body` or nothing of it. Immediate: a write lock from the start, so it cannot fail half-way.
  func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      try? execute("ROLLBACK")  // the first error is the one that matters
      throw error
    }
  }

  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  private func prepared(_ sql: String) throws -> OpaquePointer {
    if let known = statements[sql] { return known }
    var statement: OpaquePointer?
    try check(sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
    guard let statement else { throw SQLiteFailure(code: SQLITE_MISUSE, reason: "empty statement") }
    statements[sql] = statement
    return statement
  }

  private func bind(_ value: SQLiteValue, to statement: OpaquePointer, at index: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let number): return sqlite3_bind_int64(statement, index, number)
    case .real(let number): return sqlite3_bind_double(statement, index, number)
    case .text(let text):
      return sqlite3_bind_text(statement, index, text, -1, Self.transient)
    case .blob(let data):
      return data.withUnsafeBytes { bytes in
        bytes.isEmpty
          ? sqlite3_bind_zeroblob(statement, index, 0)
          : sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), Self.transient)
      }
    }
  }

  /// SQLITE_TRANSIENT, a cast macro that Swift does not import: SQLite makes its own copy at once.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> SQLiteFailure {
    SQLiteFailure(code: code, reason: handle.map { String(cString: sqlite3_errmsg($0)) } ?? "closed")
  }
}

/// One row of a result; valid only inside the closure that it was handed to.
struct SQLiteRow {
  fileprivate let statement: OpaquePointer

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }
  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  func text(_ column: Int32) -> String {
    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
  }

  func blob(_ column: Int32) -> Data {
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count > 0, let bytes = sqlite3_column_blob(statement, column) else { return Data() }
    return Data(bytes: bytes, count: count)
  }

  /// Little-endian f32, as features are kept; empty if the length is not a multiple of four.
  func floats(_ column: Int32) -> [Float] {
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count > 0, count % 4 == 0, let bytes = sqlite3_column_blob(statement, column) else { return [] }
    return [Float](unsafeUninitializedCapacity: count / 4) { buffer, initialised in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: count))
      initialised = count / 4
    }
  }

  func value(_ column: Int32) -> SQLiteValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .null
    }
  }
}

extension SQLiteValue {
  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var blob: Data? { if case .blob(let data) = self { data } else { nil } }

  static func optional(_ text: String?) -> SQLiteValue { text.map(SQLiteValue.text) ?? .null }
  static func flag(_ on: Bool) -> SQLiteValue { .integer(on ? 1 : 0) }
}
