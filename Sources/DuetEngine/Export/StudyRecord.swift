// What a study reads out of a project: its log as rows, with what the log only points at put in. A value; any thread
// but the main one. The log is append-only, so two exports agree on everything that both have.

import Foundation

public struct StudyRecord: Sendable, Equatable {
  /// A line of the log as it is in the file.
  struct Entry: Sendable, Equatable {
    let sequence: Int
    let date: Date
    let kind: String
    let detail: [String: String]
  }

  /// What else the rows are made of.
  struct Context: Sendable {
    /// Removed ones, too.
    var categoryNames: [Int64: String] = [:]
    /// In the order in which they were said, superseded ones too.
    var messages: [Message] = []
    /// The first answer about each test photo.
    var answers: [Int64: Prediction] = [:]
  }

  struct Message: Sendable, Equatable {
    let id: String
    let author: String
    let purpose: String
    let source: String?
    let text: String
    /// Of a question about a category.
    var category: Int64?
    /// Another message stands in its place.
    var isSuperseded = false
  }

  public let rows: [StudyEventRow]

  /// - Parameter withFileNames: file names may say who is in a photo, so they are left out unless photos go along.
  init(_ entries: [Entry], _ context: Context, withFileNames: Bool) {
    let byID = Dictionary(context.messages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let start = entries.first?.date ?? .distantPast
    var session = 0
    var said = 0
    rows = entries.map { entry in
      if entry.kind == "session start" { session += 1 }
      var detail = entry.detail
      var row = StudyEventRow(
        sequence: entry.sequence, date: entry.date, seconds: entry.date.timeIntervalSince(start), session: session,
        event: entry.kind.replacing(" ", with: "_"), actor: .person, detail: [:])
      if entry.kind == "say" {
        // The log of older projects names no message, but has one line for each, in the same order.
        let message = detail["message"].flatMap { byID[$0] }
          ?? (context.messages.indices.contains(said) ? context.messages[said] : nil)
        said += 1
        row.event = "message"
        row.actor = Self.actor(author: detail["author"], source: message?.source)
        row.purpose = detail["purpose"]
        row.source = message?.source
        row.messageID = message?.id
        row.text = message?.text
        row.categoryID = message?.category
        row.category = message?.category.flatMap { context.categoryNames[$0] }
        if message?.isSuperseded == true { detail["superseded"] = "true" }
        for key in ["author", "purpose", "message", "source"] { detail[key] = nil }
      } else if let id = detail.removeValue(forKey: "message") {
        row.messageID = id
      }
      if entry.kind.hasPrefix("session") { row.actor = .app }
      if entry.kind == "advice shown" { row.actor = .active }
      if let id = detail["category"].flatMap({ Int64($0) }) {
        detail["category"] = nil
        row.categoryID = id
        row.category = detail.removeValue(forKey: "name") ?? detail["to"] ?? context.categoryNames[id]
      }
      if entry.kind == "train" {
        row.photos = detail.removeValue(forKey: "photos").flatMap { Int($0) }
      } else if let list = detail["photos"] {
        row.photos = list.split(separator: " ").count
      }
      if entry.kind == "test" {
        row.photos = 1
        if !withFileNames { detail["name"] = nil }
        if let photo = detail["photo"].flatMap({ Int64($0) }), let answer = context.answers[photo] {
          Self.put(answer, into: &detail, context)
        }
      }
      row.detail = detail
      return row
    }
  }

  private static func actor(author: String?, source: String?) -> StudyEventRow.Actor {
    if source == ChatMessage.Source.app.rawValue { return .app }
    return author == ChatMessage.Author.user.rawValue ? .person : author.flatMap { .init(rawValue: $0) } ?? .app
  }

  private static func put(_ answer: Prediction, into detail: inout [String: String], _ context: Context) {
    let label = answer.label.rawValue
    detail["answer"] = context.categoryNames[label] ?? "\(label)"
    let bar = answer.bars.first { $0.category == answer.label }
    detail["percent"] = bar.map { "\(Int(($0.probability * 100).rounded()))" }
    detail["known"] = String(answer.known)
  }
}
