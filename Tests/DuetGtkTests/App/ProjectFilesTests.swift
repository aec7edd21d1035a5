// Names of project files.

import Foundation
import XCTest

@testable import DuetGtk

final class ProjectFilesTests: XCTestCase {
  func testASuggestedNameIsAValidFileName() {
    XCTAssertEqual(ProjectFiles.suggestedName(for: "Edible plants"), "Edible plants.duet")
    XCTAssertEqual(ProjectFiles.suggestedName(for: "../a/b:c\n"), "a b c.duet")
    XCTAssertEqual(ProjectFiles.suggestedName(for: "..."), "Untitled project.duet")
    XCTAssertLessThan(ProjectFiles.suggestedName(for: String(repeating: "植", count: 300)).utf8.count, 255)
  }

  func testTheSuffixIsAddedOnce() {
    XCTAssertEqual(ProjectFiles.complete(URL(fileURLWithPath: "/a/b")).path, "/a/b.duet")
    XCTAssertEqual(ProjectFiles.complete(URL(fileURLWithPath: "/a/b.duet")).path, "/a/b.duet")
  }
}
