// "What if?": two scores side by side, a computation that can be cancelled, and a project that never notices.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class InsightWhatIfTests: XCTestCase {
  func testEveryCardAnswersWithoutTouchingTheProject() throws {
    try withInsight { fixture in
      let green = try fixture.project.addCategory("Green")
      try fixture.add((0..<10).map { ("green\($0).png", $0, 1) }, to: green)
      try fixture.settle()
      let window = try fixture.open(.whatIf)
      let before = try fixture.bytes()
      for card in window.whatIf.cards {
        card.run.click()
        turnLoop(for: "an answer to \(card.kind)") { card.outcome != nil }
        XCTAssertNotNil(card.outcome?.before.score, "\(card.kind)")
        XCTAssertNotNil(card.outcome?.after.score, "\(card.kind)")
        XCTAssertTrue(card.root.texts.contains("Now") && card.root.texts.contains("Then"))
      }
      XCTAssertEqual(try fixture.bytes(), before, "a question is not a change")
      XCTAssertEqual(fixture.workspace.snapshot.categories.count, 3)
    }
  }

  func testCancelLeavesTheBytesOfTheProjectAsTheyWere() throws {
    try withInsight { fixture in
      let card = try XCTUnwrap(try fixture.open(.whatIf).whatIf.cards.first { $0.kind == .halfThePhotos })
      let before = try fixture.bytes()
      card.run.click()
      XCTAssertNotNil(card.task)
      XCTAssertTrue(card.cancel.isVisible)
      card.cancel.click()
      XCTAssertNil(card.task)
      XCTAssertNil(card.outcome)
      XCTAssertTrue(card.run.isVisible)
      try fixture.settle()
      XCTAssertNil(card.outcome, "a cancelled question has no answer")
      XCTAssertEqual(try fixture.bytes(), before)
    }
  }

  func testAnAnswerGoesWhenThePhotosChange() throws {
    try withInsight { fixture in
      let card = try XCTUnwrap(try fixture.open(.whatIf).whatIf.cards.first { $0.kind == .equalCounts })
      card.run.click()
      turnLoop(for: "an answer") { card.outcome != nil }
      fixture.workspace.do(.removePhotos([try fixture.photo("red1.png")]))
      turnLoop(for: "the answer to go") { card.outcome == nil }
    }
  }

  func testACategoryCannotBeMergedWithItself() {
    let (a, b) = (CategoryID(1), CategoryID(2))
    XCTAssertNil(WhatIfCardKind.merged.question([a, a]))
    XCTAssertEqual(WhatIfCardKind.merged.question([a, b]), .merged(a, b))
    XCTAssertEqual(WhatIfCardKind.without.question([b]), .without(b))
  }
}
