// One line of a study's events: what happened, when, who did it, to what. A value; any thread.
// The names of the columns are the keys of the JSON Lines and the heads of the CSV; `StudyDictionary` says what
// each of them means.

import Foundation

public struct StudyEventRow: Sendable, Equatable {
  public enum Actor: String, Sendable {
    case person, passive, active, app
  }

  public var sequence: Int
  public var date: Date
  /// Since the first event of the project.
  public var seconds: Double
  /// From 1; a project that is opened again begins the next one. 0: before the first one that was noted.
  public var session: Int
  public var event: String
  public var actor: Actor
  /// Of a message: `chat`, `askCategory`, `askResult`, `advice`, `opening`.
  public var purpose: String?
  /// Of an assistant's message: `network`, `cache`, `coach`, `app`.
  public var source: String?
  public var categoryID: Int64?
  public var category: String?
  /// How many photos it was about.
  public var photos: Int?
  public var messageID: String?
  public var text: String?
  /// Everything else that was noted.
  public var detail: [String: String]
}

extension StudyEventRow {
  static let columns = [
    "sequence", "time", "seconds", "session", "event", "actor", "purpose", "source", "category_id", "category",
    "photos", "message_id", "text", "detail",
  ]

  /// One cell a column, in the order of ``columns``; empty where there is nothing.
  var cells: [SpreadsheetText.Cell] {
    [
      .number("\(sequence)"), .number(Self.time(date)), .number(Self.shown(seconds)), .number("\(session)"),
      .text(event), .text(actor.rawValue), .text(purpose ?? ""), .text(source ?? ""),
      .number(categoryID.map { "\($0)" } ?? ""), .text(category ?? ""), .number(photos.map { "\($0)" } ?? ""),
      .text(messageID ?? ""), .text(text ?? ""), .text(detail.isEmpty ? "" : Self.json(detail)),
    ]
  }

  /// One JSON object on one line; `null` where there is nothing.
  var line: String {
    struct Line: Encodable {
      let row: StudyEventRow
      enum Key: String, CodingKey {
        case sequence, time, seconds, session, event, actor, purpose, source, category_id, category, photos, message_id,
          text, detail
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(row.sequence, forKey: .sequence)
        try container.encode(StudyEventRow.time(row.date), forKey: .time)
        try container.encode((row.seconds * 1000).rounded() / 1000, forKey: .seconds)
        try container.encode(row.session, forKey: .session)
        try container.encode(row.event, forKey: .event)
        try container.encode(row.actor.rawValue, forKey: .actor)
        try container.encode(row.purpose, forKey: .purpose)
        try container.encode(row.source, forKey: .source)
        try container.encode(row.categoryID, forKey: .category_id)
        try container.encode(row.category, forKey: .category)
        try container.encode(row.photos, forKey: .photos)
        try container.encode(row.messageID, forKey: .message_id)
        try container.encode(row.text, forKey: .text)
        try container.encode(row.detail, forKey: .detail)
      }
    }
    return Self.json(Line(row: self))
  }

  /// Coordinated universal time with milliseconds: 2026-01-31T12:00:00.000Z.
  static func time(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  private static func shown(_ seconds: Double) -> String { String(format: "%.3f", seconds) }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
