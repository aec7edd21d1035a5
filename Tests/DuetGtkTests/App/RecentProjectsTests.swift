// The list of recent projects: order, limit, missing files, damage.

import Foundation
import XCTest

@testable import DuetGtk

final class RecentProjectsTests: XCTestCase {
  private func temporaryFolder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("recent-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    addTeardownBlock { try? FileManager.default.removeItem(at: url) }
    return url
  }

  func testTheNewestComesFirstAndOnlyOnceUnderItsLatestTitle() {
    var recent = RecentProjects()
    for (name, title) in [("a", "Untitled project"), ("b", "b"), ("a", "Edible plants")] {
      recent.opened(URL(fileURLWithPath: "/somewhere/\(name).duet"), title: title)
    }
    XCTAssertEqual(recent.entries.map(\.path), ["/somewhere/a.duet", "/somewhere/b.duet"])
    XCTAssertEqual(recent.entries.map(\.title), ["Edible plants", "b"])
  }

  func testTheListStaysShort() {
    var recent = RecentProjects()
    for number in 0..<20 { recent.opened(URL(fileURLWithPath: "/p/\(number).duet"), title: "") }
    XCTAssertEqual(recent.entries.count, RecentProjects.limit)
    XCTAssertEqual(recent.entries.first?.path, "/p/19.duet")
  }

  func testItComesBackFromDiskAndLeavesOutWhatIsGone() async throws {
    let folder = try temporaryFolder()
    let kept = folder.appendingPathComponent("kept.duet")
    try Data().write(to: kept)
    var recent = RecentProjects()
    recent.opened(folder.appendingPathComponent("gone.duet"), title: "gone")
    recent.opened(kept, title: "kept")
    try await recent.save(to: folder)
    let read = await RecentProjects.load(from: folder)
    XCTAssertEqual(read, recent)
    XCTAssertEqual(read.existing.map(\.title), ["kept"])
  }

  func testADamagedListCountsAsEmpty() async throws {
    let folder = try temporaryFolder()
    try Data("not json".utf8).write(to: folder.appendingPathComponent("recent-projects.json"))
    let read = await RecentProjects.load(from: folder)
    XCTAssertEqual(read, RecentProjects())
  }
}
