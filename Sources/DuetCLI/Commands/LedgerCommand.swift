// `duet ledger`: what of a project was sent where, when, with which photos, and what for. Any thread.
// Reads the project and leaves it as it is.

import DuetEngine
import Foundation

struct LedgerCommand: Command {
  static let syntax = CommandSyntax(
    "ledger", L("Show every request of a project to an assistant, with the photos that it showed"),
    positionals: [Positional("PROJECT")])

  struct Report: Encodable, Sendable {
    struct Photo: Encodable, Sendable {
      let content_hash: String
      /// Null: attached to a message, not a photo of the project.
      @OrNull var image: String?
    }
    struct Row: Encodable, Sendable {
      let time: String
      let host: String
      let this_computer: Bool
      let bytes: Int
      let photos: Int
      let images: [Photo]
      let purpose: String
    }
    struct Totals: Encodable, Sendable {
      let requests: Int
      let bytes: Int
      let photos: Int
      /// Without what went to a server on this computer.
      let bytes_that_left: Int
      let photos_that_left: Int
    }
    let requests: [Row]
    let totals: Totals
  }

  private let project: URL

  init(_ arguments: ParsedArguments) throws {
    project = URL(fileURLWithPath: arguments.positionals[0])
  }

  func run(_ console: Console) async throws -> CommandResult {
    let store = try ProjectStore(url: project, create: false)
    let entries = try await store.ledger()
    await store.close()
    let totals = LedgerTotals(entries)
    let rows = entries.map { entry in
      Report.Row(
        time: entry.date.formatted(.iso8601), host: entry.host, this_computer: entry.isThisComputer,
        bytes: entry.bytes, photos: entry.photoCount,
        images: entry.photos.map { Report.Photo(content_hash: $0.contentHash, image: $0.name) },
        purpose: entry.purpose)
    }
    let report = Report(
      requests: rows,
      totals: Report.Totals(
        requests: totals.requests, bytes: totals.bytes, photos: totals.photos,
        bytes_that_left: totals.bytesThatLeft, photos_that_left: totals.photosThatLeft))
    return CommandResult(json: report, text: Self.text(rows, totals))
  }

  private static func text(_ rows: [Report.Row], _ totals: LedgerTotals) -> String {
    let lines = rows.map { row in
      let host = row.this_computer ? L("{host} (this computer)", ["host": row.host]) : row.host
      return TerminalText.safe(
        TerminalText.padded(row.time, to: 22) + TerminalText.padded(host, to: 32)
          + L("{purpose}: {bytes} bytes, {photos} photos", [
            "purpose": row.purpose, "bytes": row.bytes, "photos": row.photos,
          ]))
    }
    let sum = LN(
      "{count} photo has left this computer.", "{count} photos have left this computer.", totals.photosThatLeft)
    return (lines + [sum]).joined(separator: "\n")
  }
}
