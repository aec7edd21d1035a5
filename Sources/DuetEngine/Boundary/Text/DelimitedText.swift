// Rows and cells of a CSV or TSV file, as RFC 4180 writes them: quoted cells may hold separators, line breaks and
// doubled quotation marks. Pure functions; any thread. What a file says is untrusted: limits and reasons come from
// whoever reads the rows.

import Foundation

/// A row of cells and the line of the file on which it begins, from 1.
struct DelimitedRow: Equatable {
  let line: Int
  var cells: [String]
}

enum DelimitedText {
  /// - Parameter name: what the person knows the file as.
  /// - Throws: `TextError.unclosedQuote`.
  static func rows(_ text: String, name: String) throws(TextError) -> [DelimitedRow] {
    let separator = separator(in: text)
    var rows: [DelimitedRow] = []
    var row = DelimitedRow(line: 1, cells: [])
    var cell = String.UnicodeScalarView()
    var line = 1
    var quoteOpenedOn: Int?
    var wasQuoted = false
    let scalars = Array(text.unicodeScalars)
    var index = scalars.first == "\u{FEFF}" ? 1 : 0

    func endCell() {
      row.cells.append(String(cell))
      cell = String.UnicodeScalarView()
      wasQuoted = false
    }
    func endRow() {
      let isBlank = row.cells.isEmpty && cell.isEmpty && !wasQuoted
      endCell()
      if !isBlank { rows.append(row) }
      row = DelimitedRow(line: line, cells: [])
    }
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\n" || (scalar == "\r" && !(index < scalars.count && scalars[index] == "\n")) { line += 1 }
      if quoteOpenedOn != nil {
        guard scalar == "\"" else {
          cell.append(scalar)
          continue
        }
        if index < scalars.count, scalars[index] == "\"" {
          cell.append("\"")
          index += 1
        } else {
          quoteOpenedOn = nil
        }
      } else if scalar == "\"", cell.isEmpty, !wasQuoted {
        quoteOpenedOn = line
        wasQuoted = true
      } else if scalar == separator {
        endCell()
      } else if scalar == "\n" || scalar == "\r" {
        if scalar == "\r", index < scalars.count, scalars[index] == "\n" { continue }
        endRow()
      } else {
        cell.append(scalar)
      }
    }
    if let quoteOpenedOn { throw .unclosedQuote(name: name, line: quoteOpenedOn) }
    endRow()
    return rows
  }

  /// Tab, semicolon or comma: whichever is most frequent in the first line, outside of quotation marks.
  static func separator(in text: String) -> Unicode.Scalar {
    var counts: [Unicode.Scalar: Int] = [:]
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" { isQuoted.toggle() }
      if !isQuoted, scalar == "\n" || scalar == "\r" { break }
      if !isQuoted { counts[scalar, default: 0] += 1 }
    }
    let candidates: [Unicode.Scalar] = ["\t", ",", ";"]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
  }
}
