// The study log, the settings, and the small JSON values that rows carry.
// Runs on the store's actor, inside the transaction of `perform`.

import Foundation

extension ProjectStore {
  /// One line of the study log. `isActivity`: something an assistant could have a word to say about.
  func log(_ kind: String, _ detail: [String: String] = [:], isActivity: Bool = true) throws {
    try database.run(
      "INSERT INTO log (at, kind, detail, is_activity) VALUES (?, ?, ?, ?)",
      [
        .real(now().timeIntervalSince1970), .text(kind), .text(try Self.encoded(detail)), .flag(isActivity),
      ])
  }

  func setSetting(_ key: String, _ value: String) throws {
    try database.run(
      "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      [.text(key), .text(value)])
  }

  /// Settings that begin like this hold a `Consent`; the host follows.
  static let consentPrefix = "consent "

  static func list(_ ids: [PhotoID]) -> String { ids.map { "\($0.rawValue)" }.joined(separator: " ") }
  static func list(_ ids: [CategoryID]) -> String { ids.map { "\($0.rawValue)" }.joined(separator: " ") }

  static func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decoded<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }
}
