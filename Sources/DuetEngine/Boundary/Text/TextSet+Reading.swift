// Reads reviews from a CSV or TSV file: a column of texts, a column of two labels, and perhaps one that says which
// two lines are a review and its edited copy. Pure functions; any thread, not the main one: files may be large.
// Everything in the file is untrusted; each refusal names the file and the line.

import Foundation

/// Which columns to read, by the names in the first line; nil lets the usual names decide.
public struct TextColumns: Sendable, Equatable {
  public var text: String?
  public var label: String?
  /// Lines with equal cells here are a review and its edited copy, in this order.
  public var pair: String?

  public init(text: String? = nil, label: String? = nil, pair: String? = nil) {
    self.text = text
    self.label = label
    self.pair = pair
  }

  static let usualTexts = ["text", "review", "sentence", "comment", "content", "body", "message"]
  static let usualLabels = ["label", "sentiment", "category", "class", "target", "opinion", "rating"]
  static let usualPairs = ["batch_id", "pair_id", "pair"]
}

extension TextSet {
  public static let largestFile = 64 << 20
  /// More than the longest film review; keeps a broken quotation mark from making one text of a whole file.
  public static let longestText = 30_000
  public static let mostReviews = 20_000
  /// Labels that are label 1 wherever they stand; of other names the later one in the alphabet is.
  private static let affirmative: Set<String> = ["positive", "pos", "1", "yes", "true", "good", "like", "+", "+1"]

  /// - Parameter holdsOut: whether every fifth review is held out by lot.
  /// - Throws: `TextError`.
  public static func read(
    _ file: URL, columns: TextColumns = TextColumns(), holdsOut: Bool = true
  ) throws(TextError) -> TextSet {
    let name = file.lastPathComponent
    guard let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize else { throw .unreadable(name: name) }
    guard size <= largestFile else { throw .tooLarge(name: name, megabytes: largestFile >> 20) }
    guard let data = try? Data(contentsOf: file) else { throw .unreadable(name: name) }
    return try read(data, name: name, columns: columns, holdsOut: holdsOut)
  }

  public static func read(
    _ data: Data, name: String, columns: TextColumns = TextColumns(), holdsOut: Bool = true
  ) throws(TextError) -> TextSet {
    guard data.count <= largestFile else { throw .tooLarge(name: name, megabytes: largestFile >> 20) }
    guard let text = String(validating: data, as: UTF8.self), !text.contains("\0") else { throw .notUTF8(name: name) }
    let rows = try DelimitedText.rows(text, name: name)
    guard let header = rows.first, rows.count > 1 else { throw .empty(name: name) }
    let titles = header.cells.map { $0.trimmingCharacters(in: .whitespaces) }
    let textColumn = try column(columns.text, TextColumns.usualTexts, titles, name)
    let labelColumn = try column(columns.label, TextColumns.usualLabels, titles, name)
    let pairColumn = columns.pair == nil
      ? index(of: TextColumns.usualPairs, in: titles) : try column(columns.pair, [], titles, name)

    var lines: [Line] = []
    for row in rows.dropFirst() {
      guard row.cells.count == titles.count else {
        throw .wrongCellCount(name: name, line: row.line, expected: titles.count, found: row.cells.count)
      }
      guard lines.count < mostReviews * 2 else { throw .tooManyReviews(name: name, limit: mostReviews) }
      let text = readable(row.cells[textColumn])
      let label = row.cells[labelColumn].trimmingCharacters(in: .whitespaces)
      guard !text.isEmpty else { throw .noText(name: name, line: row.line) }
      guard !label.isEmpty else { throw .noLabel(name: name, line: row.line) }
      guard text.unicodeScalars.count <= longestText else {
        throw .textTooLong(name: name, line: row.line, limit: longestText)
      }
      lines.append(Line(text: text, label: label, pair: pairColumn.map { row.cells[$0] } ?? ""))
    }
    let labels = try labels(of: lines, name)
    let reviews = try paired(lines, labels, isPaired: pairColumn != nil, name)
    guard reviews.count <= mostReviews else { throw .tooManyReviews(name: name, limit: mostReviews) }
    let set = TextSet(name: name, labels: labels, reviews: reviews)
    return holdsOut ? set.holdingOut() : set
  }

  private struct Line {
    let text: String
    let label: String
    let pair: String
  }

  private static func column(
    _ wanted: String?, _ usual: [String], _ titles: [String], _ name: String
  ) throws(TextError) -> Int {
    guard let found = index(of: wanted.map { [$0.lowercased()] } ?? usual, in: titles) else {
      throw .noColumn(name: name, wanted: wanted ?? usual[0], found: titles)
    }
    return found
  }

  private static func index(of wanted: [String], in titles: [String]) -> Int? {
    wanted.lazy.compactMap { name in titles.firstIndex { $0.lowercased() == name } }.first
  }

  /// Line breaks of web pages become line breaks; spaces around the text go.
  static func readable(_ cell: String) -> String {
    cell.replacingOccurrences(of: "<br\\s*/?>", with: "\n", options: [.regularExpression, .caseInsensitive])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func labels(of lines: [Line], _ name: String) throws(TextError) -> [String] {
    let found = Set(lines.map(\.label)).sorted()
    guard found.count == 2 else { throw .wrongLabelCount(name: name, found: Array(found.prefix(6))) }
    let isTurned = affirmative.contains(found[0].lowercased()) && !affirmative.contains(found[1].lowercased())
    return isTurned ? found.reversed() : found
  }

  /// Each line a review; or the first line of each pair the review and the second one its edited copy.
  private static func paired(
    _ lines: [Line], _ labels: [String], isPaired: Bool, _ name: String
  ) throws(TextError) -> [TextReview] {
    guard isPaired else {
      return lines.enumerated().map { index, line in
        TextReview(id: index, text: line.text, label: line.label == labels[1] ? 1 : 0)
      }
    }
    var order: [String] = []
    var members: [String: [Line]] = [:]
    for line in lines {
      if members[line.pair] == nil { order.append(line.pair) }
      members[line.pair, default: []].append(line)
    }
    var reviews: [TextReview] = []
    for pair in order {
      guard let both = members[pair], both.count == 2, both[0].label != both[1].label else {
        throw .notAPair(name: name, pair: pair)
      }
      let label = both[0].label == labels[1] ? 1 : 0
      reviews.append(TextReview(id: reviews.count, text: both[0].text, label: label, edit: both[1].text))
    }
    return reviews
  }
}
