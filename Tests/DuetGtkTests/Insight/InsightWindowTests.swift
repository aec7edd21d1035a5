// The window of its own: from the project's window and back, and that nothing stays behind when it is gone.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class InsightWindowTests: XCTestCase {
  func testTheNearestPhotosLeadToTheirPlaceAmongTheCategories() throws {
    try XCTSkipIf(ExtractorStore.weights(.standard) == nil, "needs the EfficientNet-Lite0 weights")
    try inWindow {
      let fixture = try WindowFixture()
      let page = try XCTUnwrap(fixture.window.project)
      let photos = try ProjectInWindow()
      for (name, channel) in [("Red", 0), ("Blue", 2)] {
        let id = try turningLoop(for: "a category") { [workspace = fixture.workspace] in
          try await workspace.perform(.addCategory(name: name)).categories.last?.id
        }
        let files = try photos.pictures(4, channel: channel, in: name)
        fixture.workspace.importPhotos(files.map(PhotoSource.file), into: try XCTUnwrap(id))
      }
      let workspace = fixture.workspace
      workspace.train()
      try turningLoop(for: "training") { await workspace.settle() }
      workspace.test(.file(try XCTUnwrap(try photos.pictures(6, channel: 2, in: "new").last)))
      turnLoop(for: "three reasons") { page.test.neighbours.buttons.count == 3 }
      let nearest = try XCTUnwrap(workspace.snapshot.test?.prediction?.nearest.first)

      let popover = page.test.neighbours.buttons[0].popover
      XCTAssertEqual(popover.photo, nearest.photo)
      popover.goButton.click()
      let card = try XCTUnwrap(page.teach.cards.first { $0.id == nearest.category }?.card)
      turnLoop(for: "the photo to be selected") { card.grid.list.selected == [nearest.photo] }

      let other = try XCTUnwrap(page.teach.cards.first { $0.id != nearest.category }?.id)
      popover.move(to: other)
      turnLoop(for: "the photo to be moved") {
        workspace.snapshot.category(other)?.photos.contains { $0.id == nearest.photo } == true
      }
      popover.removeButton.click()
      turnLoop(for: "the photo to be removed") {
        !workspace.snapshot.categories.contains { $0.photos.contains { $0.id == nearest.photo } }
      }
      try photos.close()
      try fixture.close()
    }
  }

  func testItOpensOverTheProjectAndGoesWithIt() throws {
    try inWindow {
      let fixture = try WindowFixture()
      gtk_widget_activate_action_variant(fixture.root.widget, "win.insight", nil)
      weak let insight = fixture.window.project?.insight
      XCTAssertEqual(insight?.page, .score)
      fixture.window.project?.showInsight(.checks)
      XCTAssertTrue(fixture.window.project?.insight === insight, "there is one, brought to the front")
      XCTAssertEqual(insight?.page, .checks)
      fixture.window.show(StartPage(recent: [], hasAssistants: true) { _ in })
      turnLoop(for: "the window to go with its project") { insight == nil }
      try fixture.close()
    }
  }

  func testNothingStaysBehind() throws {
    try inWindow {
      let fixture = try InsightFixture()
      try fixture.train()
      drainMainLoop()
      let before = SignalBox.live
      weak let window = try fixture.open(.score)
      for page in InsightPage.allCases {
        window?.show(page)
        drainMainLoop()
      }
      XCTAssertGreaterThan(SignalBox.live, before)
      try fixture.close()
      turnLoop(for: "all handlers to be freed") { SignalBox.live <= before && window == nil }
    }
  }
}
