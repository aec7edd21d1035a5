// The difference of two texts, word by word: right, shortest, and complete.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct WordDifferenceTests {
  private func shown(_ old: String, _ new: String) -> [String] {
    WordDifference(from: old, to: new).pieces.map { piece in
      switch piece.kind {
      case .same: piece.text
      case .removed: "[-\(piece.text)-]"
      case .added: "[+\(piece.text)+]"
      }
    }
  }

  @Test func replacedRemovedAndAddedWords() {
    #expect(shown("A bad film, really.", "A good film, really.") == ["A ", "[-bad -]", "[+good +]", "film, really."])
    #expect(shown("I do not like it", "I like it") == ["I ", "[-do not -]", "like it"])
    #expect(shown("I like it", "“I really like it!”") == ["“I ", "[+really +]", "like it!”"])
    #expect(shown("", "new") == ["[+new+]"])
    #expect(shown("gone", "") == ["[-gone-]"])
  }

  @Test func capitalsAndPunctuationAreNoChange() {
    let difference = WordDifference(from: "Good, film", to: "good film!")
    #expect(difference.isEmpty)
    #expect(difference.changeCount == 0)
    #expect(difference.pieces.map(\.text).joined() == "good film!")
  }

  @Test func changesAreCountedOncePerReplacedWord() {
    #expect(WordDifference(from: "a b c d", to: "a x c d").changeCount == 1)
    #expect(WordDifference(from: "a b c d", to: "a x y c").changeCount == 3, "one replaced, one added, one removed")
    #expect(WordDifference(from: "a b c", to: "x").changeCount == 3)
    let two = WordDifference(from: "a b c", to: "a c q")
    #expect((two.removedCount, two.addedCount) == (1, 1))
  }

  @Test func japaneseIsComparedByCharacter() {
    #expect(shown("とても面白い映画", "とても悪い映画") == ["とても", "[-面白-]", "[+悪+]", "い映画"])
    #expect(shown("映画は最高だ", "映画は最低だ") == ["映画は最", "[-高-]", "[+低+]", "だ"])
  }

  /// Against the longest common subsequence by its definition, on texts by lot.
  @Test func nothingShorterExistsAndBothTextsCanBeReadFromIt() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let (old, new) = (words(&random), words(&random))
      let difference = WordDifference(from: old.joined(separator: " "), to: new.joined(separator: " "))
      let common = longestCommon(old, new)
      #expect(difference.removedCount == old.count - common)
      #expect(difference.addedCount == new.count - common)
      func read(_ kind: WordDifference.Kind) -> [String] {
        difference.pieces.filter { $0.kind == .same || $0.kind == kind }.flatMap { words(of: $0.text) }
      }
      #expect(read(.removed) == old)
      #expect(read(.added) == new)
    }
  }

  private func words(_ random: inout SplitMix64) -> [String] {
    (0..<Int(random.next() % 12)).map { _ in ["a", "b", "c", "d"][Int(random.next() % 4)] }
  }

  private func words(of text: String) -> [String] { TextUnits.of(text).map(\.folded) }

  private func longestCommon(_ a: [String], _ b: [String]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices {
      for j in b.indices {
        table[i + 1][j + 1] = a[i] == b[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
      }
    }
    return table[a.count][b.count]
  }
}
