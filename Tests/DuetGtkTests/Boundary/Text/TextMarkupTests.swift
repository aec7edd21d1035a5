// Words that stand out: what is marked, how strongly, and that nothing a person writes is taken for markup.

import CGtk
@testable import DuetEngine
import XCTest

@testable import DuetGtk

final class TextMarkupTests: XCTestCase {
  private func prediction(_ words: [(String, Range<Int>, Double)]) -> TextPrediction {
    TextPrediction(
      probability: 0.5, score: 0, rest: 0,
      words: words.map { WordContribution(word: $0.0, place: $0.1, amount: $0.2, isKnown: $0.2 != 0) })
  }

  /// What Pango shows of a markup; nil if it refuses it.
  private func shown(_ markup: String) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard pango_parse_markup(markup, -1, 0, nil, &text, nil, nil) != 0, let text else { return nil }
    defer { g_free(text) }
    return String(cString: text)
  }

  func testSignsAreLinesAndStrengthIsAlpha() {
    let text = "good, dull & so on"
    let markup = TextMarkup.deciding(
      text, prediction([("good", 0..<4, 2), ("dull", 6..<10, -1), ("so", 13..<15, 0.1), ("on", 16..<18, 0)]))
    XCTAssertEqual(shown(markup), text)
    let spans = markup.components(separatedBy: "<span ").dropFirst()
    XCTAssertEqual(spans.count, 2, "words that hardly count stay plain")
    XCTAssertTrue(spans[1].contains("underline=\"single\"") && spans[1].contains("background_alpha=\"50%\""))
    XCTAssertTrue(spans[1].contains("weight=\"bold\"") && spans[1].contains(">good</span>"))
    XCTAssertTrue(spans[2].contains("underline=\"error\"") && spans[2].contains("background_alpha=\"29%\""))
    XCTAssertTrue(spans[2].contains(">dull</span>") && !spans[2].contains("bold"))
  }

  func testPlacesCountScalarsNotBytes() {
    let text = "🙂 é 映画"
    let markup = TextMarkup.deciding(text, prediction([("映", 4..<5, 1), ("画", 5..<6, 1)]))
    XCTAssertEqual(shown(markup), text)
    XCTAssertTrue(markup.contains(">映</span>"))
  }

  func testWithoutAnAnswerTheTextIsPlain() {
    XCTAssertEqual(TextMarkup.deciding("a <b>&", nil), "a &lt;b&gt;&amp;")
    XCTAssertEqual(TextMarkup.deciding("a", prediction([("a", 0..<1, 0)])), "a")
  }

  func testWhatAPersonWritesIsNeverMarkup() {
    let old = "a <b>bold</b> & \u{7} plain"
    let new = "a <i>bold</i> & \"quoted\" plain"
    let difference = TextMarkup.difference(WordDifference(from: old, to: new))
    XCTAssertNotNil(shown(difference))
    XCTAssertEqual(shown(TextMarkup.deciding(old, prediction([("b", 3..<4, 1)]))), "a <b>bold</b> &   plain")
  }

  func testRemovedAndAddedWordsDifferByMoreThanColour() throws {
    let markup = TextMarkup.difference(WordDifference(from: "a bad film", to: "a good film."))
    XCTAssertEqual(shown(markup), "a bad good film.")
    let spans = markup.components(separatedBy: "<span ").dropFirst()
    XCTAssertTrue(spans[1].contains("strikethrough=\"true\"") && spans[1].contains(">bad</span>"))
    XCTAssertTrue(spans[2].contains("weight=\"bold\" underline=\"single\"") && spans[2].contains(">good</span>"))
    let end = TextMarkup.difference(WordDifference(from: "a film bad", to: "a film good"))
    XCTAssertEqual(shown(end), "a film bad good", "neighbours do not run into each other")
  }

  func testTheDifferenceInWords() {
    func spoken(_ old: String, _ new: String) -> String { TextSentences.spoken(WordDifference(from: old, to: new)) }
    XCTAssertEqual(spoken("a bad film", "a good film"), "“bad” became “good”")
    XCTAssertEqual(spoken("not a film", "a very nice film"), "“not” was taken out; “very nice” was added")
    XCTAssertEqual(spoken("a", "a"), "")
    XCTAssertEqual(TextSentences.changes(WordDifference(from: "a bad film", to: "a good film")), "1 word changed")
  }
}
