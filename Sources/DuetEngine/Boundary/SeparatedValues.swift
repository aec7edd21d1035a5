// Tables as text: lines of cells separated by commas, semicolons or tabs, with quoted cells (RFC 4180). Pure; any
// thread. The bytes come from anywhere, so sizes are limited and nothing is taken for granted.

import Foundation

/// A table's lines, each with the number of the line in the file where it begins.
public struct SeparatedValues: Sendable, Equatable {
  public static let mostBytes = 16 * 1024 * 1024

  public struct Line: Sendable, Equatable {
    public let number: Int
    public let cells: [String]
  }

  /// Lines without any text are left out.
  public private(set) var lines: [Line] = []

  /// - Parameter name: the file's, for the sentences.
  /// - Throws: ``BoundaryError`` for too many bytes, bytes that are no UTF-8 text, and a file without text.
  public init(_ data: Data, name: String) throws(BoundaryError) {
    guard data.count <= Self.mostBytes else {
      throw .fileTooBig(name: name, megabytes: (data.count + 1_048_575) / 1_048_576)
    }
    var bytes = Array(data)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { throw .notText(name: name) }
    let separator = Self.separator(of: bytes)
    var reader = Reader(bytes: bytes, separator: separator)
    while let line = reader.next() {
      if line.cells.contains(where: { !$0.isEmpty }) { lines.append(line) }
    }
    guard !lines.isEmpty else { throw .emptyFile(name: name) }
  }

  /// Of tab, semicolon and comma the one that the first line has most of; a tie goes to the tab, then the semicolon.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    let newline = UInt8(ascii: "\n")
    let first = bytes.drop { $0 == newline || $0 == UInt8(ascii: "\r") }.prefix { $0 != newline }
    var best = (byte: UInt8(ascii: ","), count: first.count { $0 == UInt8(ascii: ",") })
    for byte in [UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      let count = first.count { $0 == byte }
      if count > 0, count >= best.count { best = (byte, count) }
    }
    return best.byte
  }

  private struct Reader {
    let bytes: [UInt8]
    let separator: UInt8
    var place = 0
    var number = 1

    init(bytes: [UInt8], separator: UInt8) {
      self.bytes = bytes
      self.separator = separator
    }

    /// The next line; nil at the end. A quote that is never closed runs to the end of the file.
    mutating func next() -> Line? {
      guard place < bytes.count else { return nil }
      let start = number
      var cells: [String] = []
      var cell: [UInt8] = []
      var isQuoted = false
      func finish() {
        cells.append(String(decoding: cell, as: UTF8.self).trimmingCharacters(in: .whitespaces))
        cell.removeAll(keepingCapacity: true)
      }
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        if byte == UInt8(ascii: "\n") { number += 1 }
        if isQuoted {
          if byte != UInt8(ascii: "\"") {
            cell.append(byte)
          } else if place < bytes.count, bytes[place] == byte {
            cell.append(byte)
            place += 1
          } else {
            isQuoted = false
          }
        } else if byte == UInt8(ascii: "\""), cell.allSatisfy({ $0 == UInt8(ascii: " ") }) {
          cell.removeAll()
          isQuoted = true
        } else if byte == separator {
          finish()
        } else if byte == UInt8(ascii: "\n") {
          break
        } else if byte != UInt8(ascii: "\r") {
          cell.append(byte)
        }
      }
      finish()
      return Line(number: start, cells: cells)
    }
  }
}
