// Any JSON, for schemas that go out and for arguments that come in. A value; any thread.
// What comes in is a stranger's: readers take what they can use and ignore the rest.

import Foundation

public enum JSONValue: Sendable, Equatable, Codable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// - Returns: nil for what is no JSON, or longer than `limit` bytes.
  init?(untrusted text: some StringProtocol, limit: Int) {
    guard text.utf8.count <= limit, let value = try? JSONDecoder().decode(Self.self, from: Data(text.utf8))
    else { return nil }
    self = value
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value) where value == value.rounded() && abs(value) < 1e15: try container.encode(Int64(value))
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }
  var list: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
  var fields: [String: JSONValue]? { if case .object(let fields) = self { fields } else { nil } }

  /// A whole number, also where it is written as text: "12", "#12".
  var wholeNumber: Int64? {
    switch self {
    case .number(let value): value == value.rounded() && abs(value) < 1e15 ? Int64(value) : nil
    case .string(let text): Int64(text.trimmingCharacters(in: CharacterSet(charactersIn: "# ")))
    default: nil
    }
  }
}
