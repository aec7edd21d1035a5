// The command line of the desktop app: what is understood, and what is refused with which words.

import XCTest

@testable import DuetGtk

final class LaunchOptionsTests: XCTestCase {
  func testNothingMeansTheLastProjectWithAssistants() throws {
    XCTAssertEqual(try LaunchOptions.parse([]), LaunchOptions())
  }

  func testEveryOptionIsRead() throws {
    XCTAssertEqual(
      try LaunchOptions.parse(["--baseline", "--demo", "--screenshot", "a.png"]),
      LaunchOptions(baseline: true, demo: true, screenshot: "a.png"))
    XCTAssertEqual(try LaunchOptions.parse(["--new"]), LaunchOptions(new: true))
    XCTAssertEqual(try LaunchOptions.parse(["--version", "-h"]), LaunchOptions(version: true, help: true))
    XCTAssertEqual(try LaunchOptions.parse(["garden.duet"]), LaunchOptions(file: "garden.duet"))
  }

  func testAFileMayStartWithADashAfterTwoDashes() throws {
    XCTAssertEqual(try LaunchOptions.parse(["--", "--odd.duet"]), LaunchOptions(file: "--odd.duet"))
  }

  func testMistakesAreNamed() {
    for (words, named) in [
      (["--bselin"], "--bselin"), (["a.duet", "b.duet"], "b.duet"), (["--screenshot"], "--screenshot"),
      (["--demo", "a.duet"], "--demo"), (["--new", "--demo"], "--new"),
    ] {
      XCTAssertThrowsError(try LaunchOptions.parse(words), "\(words)") { error in
        XCTAssertTrue((error as? LaunchOptions.Mistake)?.message.contains(named) == true, "\(words): \(error)")
      }
    }
  }
}
