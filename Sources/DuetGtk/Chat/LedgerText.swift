// The privacy ledger in words. Pure; the window shows them as plain text.

import CGtk
import DuetEngine
import Foundation

enum LedgerText {
  /// "24 photos left this computer" is the first thing to know, whatever else was sent.
  static func headline(_ totals: LedgerTotals) -> String {
    let count = totals.photos - totals.photosToThisComputer
    return LN("{count} photo has left this computer", "{count} photos have left this computer", count)
  }

  /// One line for the internet, one for this computer; only those with something to say.
  static func summary(_ totals: LedgerTotals) -> String {
    let inside = totals.requestsToThisComputer, outside = totals.requests - inside
    var lines: [String] = []
    if outside > 0 {
      let bytes = size(totals.bytes - totals.bytesToThisComputer)
      lines.append(
        LN(
          "{count} request over the network, {size}", "{count} requests over the network, {size}", outside,
          ["size": bytes]))
    }
    if inside > 0 {
      lines.append(
        LN(
          "{count} request to an assistant on this computer, {size}: nothing of it left",
          "{count} requests to an assistant on this computer, {size}: nothing of it left", inside,
          ["size": size(totals.bytesToThisComputer)]))
    }
    return lines.joined(separator: "\n")
  }

  /// Where a request went.
  static func place(_ entry: LedgerEntry) -> String {
    entry.isThisComputer ? L("{host} (this computer)", ["host": entry.host]) : entry.host
  }

  /// What a request was for.
  static func purpose(_ purpose: String) -> String {
    switch ChatMessage.Purpose(rawValue: purpose) {
    case .opening: L("The beginning of the conversation")
    case .chat: L("Your message")
    case .askCategory: L("A question about a category")
    case .askResult: L("A question about the test result")
    case .advice: L("A look of the active assistant")
    case nil: purpose
    }
  }

  /// Time, size and number of photos.
  static func detail(_ entry: LedgerEntry) -> String {
    let photos = LN("{count} photo", "{count} photos", entry.photoCount)
    return L("{time} · {size} · {photos}", ["time": time(entry.date), "size": size(entry.bytes), "photos": photos])
  }

  /// In the unit that a file manager would choose.
  static func size(_ bytes: Int) -> String {
    guard let text = g_format_size(guint64(max(0, bytes))) else { return "" }
    defer { g_free(text) }
    return String(cString: text)
  }

  /// Local time, the same in every language.
  static func time(_ date: Date) -> String {
    guard let local = g_date_time_new_from_unix_local(gint64(date.timeIntervalSince1970)) else { return "" }
    defer { g_date_time_unref(local) }
    guard let text = g_date_time_format(local, "%Y-%m-%d %H:%M:%S") else { return "" }
    defer { g_free(text) }
    return String(cString: text)
  }
}
