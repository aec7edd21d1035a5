// Whether the conversation follows its newest message: only for a person who is at the end. Pixels.

import XCTest

@testable import DuetGtk

final class FollowsEndTests: XCTestCase {
  func testItFollowsFromTheStart() { XCTAssertTrue(FollowsEnd().isAtEnd) }

  func testScrollingUpStopsItAndComingBackStartsItAgain() {
    var follow = FollowsEnd()
    follow.moved(value: 100, page: 400, upper: 1000)
    XCTAssertFalse(follow.isAtEnd)
    follow.moved(value: 600, page: 400, upper: 1000)
    XCTAssertTrue(follow.isAtEnd)
  }

  func testALineAwayFromTheEndStillCounts() {
    var follow = FollowsEnd()
    follow.moved(value: 600 - FollowsEnd.tolerance, page: 400, upper: 1000)
    XCTAssertTrue(follow.isAtEnd)
    follow.moved(value: 599 - FollowsEnd.tolerance, page: 400, upper: 1000)
    XCTAssertFalse(follow.isAtEnd)
  }
}
