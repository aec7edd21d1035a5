// Words in any script, and their places.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TextUnitsTests {
  private func words(_ text: String) -> [String] { TextUnits.of(text).map(\.folded) }
  private func terms(_ text: String) -> [String] { TextTerm.of(TextUnits.of(text)).map(\.text) }

  @Test func wordsAreRunsOfLettersAndDigits() {
    #expect(words("It's NOT-so good… 10/10, “don’t” 'quoted'!") == [
      "it's", "not", "so", "good", "10", "10", "don't", "quoted",
    ])
    #expect(words("  …  !? ") == [])
    #expect(words("") == [])
  }

  @Test func lettersOfOtherScriptsAreLetters() {
    #expect(words("Größe ПРИВЕТ, мир! κόσμος") == ["größe", "привет", "мир", "κόσμος"])
    #expect(words("재미있는 영화") == ["재미있는", "영화"])
    #expect(words("ﬁne ＧＯＯＤ") == ["fine", "good"], "one way of writing each character")
    #expect(words("cafe\u{301} café") == ["café", "café"], "an accent of its own belongs to its letter")
  }

  @Test func placesAreCountedInScalars() {
    let text = "🙂 cafe\u{301} ok"
    let scalars = Array(text.unicodeScalars)
    let places = TextUnits.of(text).map(\.place)
    #expect(places == [2..<7, 8..<10])
    #expect(places.map { scalars[$0].count } == [5, 2])
  }

  @Test func scriptsWithoutSpacesAreCharactersAndTheirNeighbours() {
    #expect(words("面白い映画。最高！") == ["面", "白", "い", "映", "画", "最", "高"])
    #expect(terms("面白い映画。最高！") == ["面白", "白い", "い映", "映画", "最高"])
    #expect(terms("DVDは良") == ["dvd", "は良"])
    #expect(terms("A 良 B") == ["a", "良", "b"], "a lone character stands for itself")
    #expect(words("ภาษาไทย").count > 3)
    #expect(words("が") == words("か\u{3099}"), "a mark belongs to the character before it")
  }

  @Test func termsKnowTheirUnits() {
    let terms = TextTerm.of(TextUnits.of("ok 映画だ"))
    #expect(terms.map(\.units) == [0..<1, 1..<3, 2..<4])
  }
}
