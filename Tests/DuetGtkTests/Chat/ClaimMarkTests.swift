// Where a checked statement lies in a text, and what is said about it.

import CGtk
import CGtkShim
import XCTest

@testable import DuetGtk

final class ClaimMarkTests: XCTestCase {
  func testPlacesInScalarsBecomePlacesInBytes() throws {
    let text = "猫は12枚。👍🏽 done"
    let mark = try XCTUnwrap(
      ClaimMark(in: text, scalars: 2..<5, contradiction: nil, index: 0, canBeShown: true))
    XCTAssertEqual(mark.words, "12枚")
    XCTAssertEqual(mark.bytes, 6..<11)
    XCTAssertEqual(String(decoding: Array(text.utf8)[mark.bytes], as: UTF8.self), "12枚")
    // The thumb is two scalars, of which the second one is its colour.
    let end = try XCTUnwrap(ClaimMark(in: text, scalars: 9..<13, contradiction: nil, index: 0, canBeShown: true))
    XCTAssertEqual(end.words, "done")
  }

  func testPlacesOutsideTheTextAreNoMarks() {
    for scalars in [3..<9, -1..<2, 2..<2, 40..<41] {
      XCTAssertNil(
        ClaimMark(in: "words", scalars: scalars, contradiction: nil, index: 0, canBeShown: true), "\(scalars)")
    }
  }

  func testARightStatementCanBeShownAndAWrongOneSaysWhatIsTrue() throws {
    try inWindow {
      var asked: [Int] = []
      let text = "Cats has 12 photos, dogs has 90."
      let marks = [
        ClaimMark(in: text, scalars: 9..<18, contradiction: nil, index: 0, canBeShown: true),
        ClaimMark(in: text, scalars: 20..<31, contradiction: "“dogs” has 9 photos.", index: 1, canBeShown: true),
      ].compactMap { $0 }
      let list = ClaimList(marks) { asked.append($0) }
      XCTAssertEqual(list.lines.count, 2)
      XCTAssertNotEqual(cgtk_accessible_label_is(list.lines[0].widget, "Show me: 12 photos"), 0)
      list.lines[0].click()
      XCTAssertEqual(asked, [0])
      let tooltip = gtk_widget_get_tooltip_text(list.lines[1].widget).map { String(cString: $0) }
      XCTAssertEqual(tooltip, "“dogs” has 9 photos.")
      let words = try XCTUnwrap(list.lines[1].all(gtk_label_get_type()).first)
      XCTAssertEqual(words.text, "“dogs has 90”: “dogs” has 9 photos.")
      XCTAssertNotEqual(
        cgtk_accessible_label_is(
          words.widget, "The assistant says “dogs has 90”. The project says: “dogs” has 9 photos."), 0)
    }
  }

  func testManyStatementsShowAFewLinesAndTheRestOnDemand() throws {
    try inWindow {
      let text = (0..<9).map { "w\($0)" }.joined(separator: " ")
      let marks = (0..<9).compactMap {
        ClaimMark(in: text, scalars: ($0 * 3)..<($0 * 3 + 2), contradiction: nil, index: $0, canBeShown: true)
      }
      let list = ClaimList(marks) { _ in }
      XCTAssertEqual(list.lines.map(\.isVisible), Array(repeating: true, count: 4) + Array(repeating: false, count: 5))
      try XCTUnwrap(list.root.button("5 more")).click()
      XCTAssertTrue(list.lines.allSatisfy(\.isVisible))
      XCTAssertEqual(list.root.button("5 more")?.isVisible, false)
    }
  }
}
