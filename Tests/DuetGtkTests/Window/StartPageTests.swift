// The start page: three ways to begin, and the way back to earlier projects.

import CGtk
import CGtkShim
import XCTest

@testable import DuetGtk

final class StartPageTests: XCTestCase {
  func testItOffersThreeChoices() throws {
    try inWindow {
      var chosen: [StartPage.Choice] = []
      let window = MainWindow()
      let page = StartPage(recent: [], hasAssistants: true) { chosen.append($0) }
      window.show(page)
      for label in ["New project", "Open…", "Edible-plants demo"] {
        try XCTUnwrap(page.root.button(label), label).click()
      }
      XCTAssertEqual(chosen, [.new, .open, .demo])
      window.destroy()
    }
  }

  func testARecentProjectIsOneClickAwayAndItsTitleIsNoMarkup() throws {
    try inWindow {
      var chosen: [StartPage.Choice] = []
      let url = URL(fileURLWithPath: "/somewhere/garden.duet")
      let window = MainWindow()
      let page = StartPage(recent: [(url, "Cats & <dogs>")], hasAssistants: false) { chosen.append($0) }
      window.show(page)
      window.present()
      turnLoop(for: "the project's title") { page.root.texts.contains("Cats & <dogs>") }
      XCTAssertTrue(page.root.texts.contains("/somewhere"))
      let row = try XCTUnwrap(page.root.all(adw_action_row_get_type()).first)
      cgtk_emit(row.raw, "activated")
      XCTAssertEqual(chosen, [.recent(url)])
      window.destroy()
    }
  }
}
