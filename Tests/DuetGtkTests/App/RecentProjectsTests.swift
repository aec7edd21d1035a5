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

  func testTheNewestComesFirstAndOnlyOnce() {
    var recent = RecentProjects()
    for name in ["a", "b", "a"] { recent.opened(URL(fileURLWithPath: "/somewhere/\(name).duet")) }
    XCTAssertEqual(recent.paths, ["/somewhere/a.duet", "/somewhere/b.duet"])
    recent.forget(URL(fileURLWithPath: "/somewhere/a.duet"))
    XCTAssertEqual(recent.paths, ["/somewhere/b.duet"])
  }

  func testTheListStaysShort() {
    var recent = RecentProjects()
    for number in 0..<20 { recent.opened(URL(fileURLWithPath: "/p/\(number).duet")) }
    XCTAssertEqual(recent.paths.count, RecentProjects.limit)
    XCTAssertEqual(recent.paths.first, "/p/19.duet")
  }

  func testItComesBackFromDiskAndLeavesOutWhatIsGone() async throws {
    let folder = try temporaryFolder()
    let kept = folder.appendingPathComponent("kept.duet")
    try Data().write(to: kept)
    var recent = RecentProjects()
    recent.opened(folder.appendingPathComponent("gone.duet"))
    recent.opened(kept)
    try await recent.save(to: folder)
    let read = await RecentProjects.load(from: folder)
    XCTAssertEqual(read, recent)
    XCTAssertEqual(read.existing.map(\.lastPathComponent), ["kept.duet"])
  }

  func testADamagedListCountsAsEmpty() async throws {
    let folder = try temporaryFolder()
    try Data("not json".utf8).write(to: folder.appendingPathComponent("recent-projects.json"))
    let read = await RecentProjects.load(from: folder)
    XCTAssertEqual(read, RecentProjects())
  }
}
