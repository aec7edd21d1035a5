// What changed between a text and its edited copy, word by word, with as few changes as there can be.
// A value; any thread, not the main one for long texts.

import Foundation

/// The shortest way from one text to another, in words: Myers, "An O(ND) difference algorithm", Algorithmica 1, 1986
/// (the standard library's), so what stays is a longest common subsequence. Words that differ only in capital
/// letters or punctuation are the same.
public struct WordDifference: Sendable, Equatable {
  public enum Kind: Sendable, Equatable { case same, removed, added }

  /// Neighbouring words that fared alike, with the spaces and punctuation after them.
  public struct Piece: Sendable, Equatable {
    public let kind: Kind
    public let text: String
    public let wordCount: Int
    /// Where it stands, in Unicode scalars: in the old text for removed words, else in the new one.
    public let place: Range<Int>
  }

  /// From start to end; removed words stand before those that replaced them.
  public let pieces: [Piece]
  public let removedCount: Int
  public let addedCount: Int

  /// Words changed: one for each word replaced, removed or added.
  public var changeCount: Int { pieces.indices.reduce(0) { $0 + changes(before: $1) } }
  public var isEmpty: Bool { removedCount == 0 && addedCount == 0 }

  public init(from old: String, to new: String) {
    let (oldScalars, newScalars) = (Array(old.unicodeScalars), Array(new.unicodeScalars))
    let (oldUnits, newUnits) = (TextUnits.of(oldScalars), TextUnits.of(newScalars))
    var removed = [Bool](repeating: false, count: oldUnits.count)
    var added = [Bool](repeating: false, count: newUnits.count)
    for change in newUnits.map(\.folded).difference(from: oldUnits.map(\.folded)) {
      switch change {
      case .remove(let offset, _, _): removed[offset] = true
      case .insert(let offset, _, _): added[offset] = true
      }
    }
    removedCount = removed.filter { $0 }.count
    addedCount = added.filter { $0 }.count

    var builder = PieceBuilder()
    var (from, to) = (0, 0)
    if let first = newUnits.first, first.place.lowerBound > 0 {
      builder.add(.same, newScalars, 0..<first.place.lowerBound, words: 0)
    }
    while from < oldUnits.count || to < newUnits.count {
      if from < oldUnits.count, removed[from] {
        builder.add(.removed, oldScalars, Self.reach(of: from, oldUnits, oldScalars.count), words: 1)
        from += 1
      } else if to < newUnits.count {
        builder.add(added[to] ? .added : .same, newScalars, Self.reach(of: to, newUnits, newScalars.count), words: 1)
        if !added[to] { from += 1 }
        to += 1
      } else {
        from += 1
      }
    }
    pieces = builder.pieces
  }

  /// A word and what stands between it and the next one.
  private static func reach(of index: Int, _ units: [TextUnit], _ end: Int) -> Range<Int> {
    units[index].place.lowerBound..<(index + 1 < units.count ? units[index + 1].place.lowerBound : end)
  }

  /// Of a run of removed and added pieces that ends with this one: replaced words count once.
  private func changes(before index: Int) -> Int {
    let isRun = pieces[index].kind != .same
    let endsRun = index + 1 == pieces.count || pieces[index + 1].kind == .same
    guard isRun, endsRun else { return 0 }
    var counts = (removed: 0, added: 0)
    var place = index
    while place >= 0, pieces[place].kind != .same {
      if pieces[place].kind == .removed { counts.removed += pieces[place].wordCount }
      if pieces[place].kind == .added { counts.added += pieces[place].wordCount }
      place -= 1
    }
    return max(counts.removed, counts.added)
  }

  /// Joins neighbours of one kind.
  private struct PieceBuilder {
    var pieces: [Piece] = []

    mutating func add(_ kind: Kind, _ scalars: [Unicode.Scalar], _ place: Range<Int>, words: Int) {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[place])
      guard let last = pieces.last, last.kind == kind, last.place.upperBound == place.lowerBound else {
        pieces.append(Piece(kind: kind, text: String(view), wordCount: words, place: place))
        return
      }
      pieces[pieces.count - 1] = Piece(
        kind: kind, text: last.text + String(view), wordCount: last.wordCount + words,
        place: last.place.lowerBound..<place.upperBound)
    }
  }
}
