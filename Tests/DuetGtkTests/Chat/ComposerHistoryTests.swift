// The walk through earlier messages with the arrow keys.

import XCTest

@testable import DuetGtk

final class ComposerHistoryTests: XCTestCase {
  func testItGoesBackToTheOldestAndForwardToWhatWasBeingWritten() {
    var history = ComposerHistory()
    history.learn(["one", "two"])
    XCTAssertEqual(history.older(than: "half a thou"), "two")
    XCTAssertEqual(history.older(than: "two"), "one")
    XCTAssertNil(history.older(than: "one"))
    XCTAssertEqual(history.newer(), "two")
    XCTAssertEqual(history.newer(), "half a thou")
    XCTAssertNil(history.newer())
  }

  func testRepetitionsCountOnce() {
    var history = ComposerHistory()
    history.learn(["a", "a", "b", "a"])
    XCTAssertEqual(history.entries, ["a", "b", "a"])
  }

  func testAMessageThatIsSaidMeanwhileDoesNotMoveTheWalk() {
    var history = ComposerHistory()
    history.learn(["one", "two"])
    _ = history.older(than: "")
    history.learn(["one", "two", "three"])
    XCTAssertEqual(history.older(than: "two"), "one")
  }

  func testAfterTheEndAWalkBeginsAtTheNewest() {
    var history = ComposerHistory()
    history.learn(["one", "two"])
    _ = history.older(than: "x")
    _ = history.older(than: "x")
    history.end()
    XCTAssertNil(history.newer())
    XCTAssertEqual(history.older(than: "y"), "two")
  }
}
