// The list of everything that was sent: numbers, places, photos, and that it follows the project.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class LedgerWindowTests: XCTestCase {
  func testTheLineAtTheBottomOpensItAndItFollowsTheProject() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      chat.ledgerLine.click()
      let ledger = try XCTUnwrap(chat.ledger)
      turnLoop(for: "the empty ledger") { ledger.window.texts.contains("Nothing was sent") }
      try record("api.example.org", isThisComputer: false, bytes: 2_000, photos: 3, in: fixture)
      try record("localhost", isThisComputer: true, bytes: 1_500, photos: 1, in: fixture)
      turnLoop(for: "both requests") { ledger.entries?.count == 2 && ledger.list.rows.count == 2 }
      drainMainLoop()
      let texts = ledger.window.texts
      for text in [
        "3 photos have left this computer", "api.example.org", "localhost (this computer)", "Your message",
        "1 request over the network, 2.0\u{a0}kB\n"
          + "1 request to an assistant on this computer, 1.5\u{a0}kB: nothing of it left",
      ] { XCTAssertTrue(texts.contains(text), "“\(text)” is not among \(texts)") }
      XCTAssertTrue(chat.root.texts.contains("3 photos have left this computer"))

      ledger.close()
      XCTAssertNil(chat.ledger)
      try fixture.close()
    }
  }

  func testAnOpenedRequestShowsItsPhotos() throws {
    try inWindow {
      let picture = try XCTUnwrap(ProjectInWindow.texture(0, channel: 0).pngData())
      let photos = (0..<3).map {
        LedgerEntry.Photo(contentHash: "\($0)", thumbnail: picture, name: $0 == 2 ? nil : "red\($0).png")
      }
      let row = LedgerRow.make(entry(photos: photos, count: 5))
      let project = try ProjectInWindow()
      let list = Widget(gtk_list_box_new())
      gtk_list_box_append(list.pointer, row.widget)
      project.show(list)
      let pictures = { row.all(gtk_image_get_type()).filter { gtk_image_get_pixel_size($0.pointer) == 64 } }
      XCTAssertEqual(pictures().count, 0, "nothing is decoded before somebody looks")
      adw_expander_row_set_expanded(row.cast(), 1)
      turnLoop(for: "the pictures") {
        pictures().count == 3 && pictures().allSatisfy { gtk_image_get_paintable($0.pointer) != nil }
      }
      let last = try XCTUnwrap(pictures().last)
      XCTAssertNotEqual(cgtk_accessible_label_is(last.widget, "Attached picture"), 0)
      turnLoop(for: "the number of the others") { row.texts.contains("and 2 more") }
      try project.close()
    }
  }

  func testARowSaysEverythingInOneSentence() throws {
    try inWindow {
      let row = LedgerRow.make(entry(photos: [], count: 0))
      let time = LedgerText.time(Date(timeIntervalSince1970: 0))
      XCTAssertNotEqual(
        cgtk_accessible_label_is(
          row.widget, "A question about the test result, api.example.org, \(time) · 1.2\u{a0}kB · 0 photos"), 0)
    }
  }

  func testAPurposeThatNobodyKnowsIsShownAsItIs() {
    XCTAssertEqual(LedgerText.purpose("<i>test</i>"), "<i>test</i>")
  }
}

private func entry(photos: [LedgerEntry.Photo], count: Int) -> LedgerEntry {
  LedgerEntry(
    id: 1, date: Date(timeIntervalSince1970: 0), host: "api.example.org", isThisComputer: false, bytes: 1_200,
    photoCount: count, photos: photos, purpose: "askResult")
}

@MainActor private func record(
  _ host: String, isThisComputer: Bool, bytes: Int, photos: Int, in fixture: WindowFixture
) throws {
  let sent = (0..<photos).map { SentPhoto(contentHash: String(repeating: "\($0)", count: 64)) }
  let workspace = fixture.workspace
  try turningLoop(for: "a request in the ledger") {
    try await workspace.record(
      OutgoingRequest(host: host, isThisComputer: isThisComputer, bytes: bytes, photos: sent, purpose: "chat"))
  }
}
