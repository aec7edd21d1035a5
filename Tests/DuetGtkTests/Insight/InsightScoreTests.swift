// The honest score in the window: the sentence under the categories, the table whose cells open their photos, and
// what can be done with a mistake.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class InsightScoreTests: XCTestCase {
  func testTheScoreIsSaidUnderTheCategoriesAndLeadsToMore() throws {
    try inWindow {
      let fixture = try InsightFixture()
      let bar = TrainBar(workspace: fixture.workspace)
      var asked = 0
      bar.onShowScore = { asked += 1 }
      fixture.project.show(bar.root, width: 500, height: 160)
      XCTAssertEqual(bar.score.text, "")
      XCTAssertEqual(gtk_widget_get_mapped(bar.showScore.widget), 0, "there is nothing to say before the training")
      try fixture.train()
      let score = try XCTUnwrap(fixture.workspace.score?.result.score)
      XCTAssertGreaterThan(score.share, 0.5)
      turnLoop(for: "the score in words") { bar.score.text == score.sentence && score.sentence.contains("not seen") }
      bar.showScore.click()
      XCTAssertEqual(asked, 1)
      try fixture.close()
    }
  }

  func testTooFewPhotosAreARealReasonAndNoNumber() throws {
    try inWindow {
      let fixture = try InsightFixture(photos: 3)
      let bar = TrainBar(workspace: fixture.workspace)
      try fixture.train()
      turnLoop(for: "the reason") { bar.score.text.hasPrefix("There is no fair score yet") }
      let window = try fixture.open(.score)
      turnLoop(for: "the reason in the window") {
        window.window.texts.contains { $0.hasPrefix("There is no fair score yet") }
      }
      XCTAssertTrue(window.score.table.cells.isEmpty)
      try fixture.close()
    }
  }

  func testACellOpensItsPhotosAndAMistakeCanBeMoved() throws {
    try withInsight { fixture in
      let window = try fixture.open(.score)
      let page = window.score
      turnLoop(for: "the table") { !page.table.cells.isEmpty }
      let score = try XCTUnwrap(window.model.facts?.score?.score)
      XCTAssertEqual(page.table.cells.reduce(0) { $0 + $1.cell.photos.count }, score.photoCount)
      XCTAssertEqual(page.photos.rows.count, score.mistakes.count)

      let entry = try XCTUnwrap(
        page.table.cells.first { $0.cell.category == fixture.blue && $0.cell.answer == fixture.red })
      XCTAssertTrue(entry.cell.photos.contains(try fixture.photo("stray.png")))
      entry.button.click()
      XCTAssertEqual(page.photos.rows.count, entry.cell.photos.count)
      XCTAssertTrue(page.photosTitle.text.contains("taken for “Red”"), page.photosTitle.text)
      drainMainLoop()
      let row = try XCTUnwrap(page.photos.rows.first { $0.texts.contains("stray.png") })

      try XCTUnwrap(row.button("Move to Red")).click()
      turnLoop(for: "the photo to be with the red ones") { fixture.category(of: "stray.png") == "Red" }
      turnLoop(for: "its row to go") { !page.photos.rows.contains { $0.texts.contains("stray.png") } }
      window.undo.click()
      turnLoop(for: "undo") { fixture.category(of: "stray.png") == "Blue" }
    }
  }

  func testTheRightCellShowsWhatWasRecognisedWithNothingToCorrect() throws {
    try withInsight { fixture in
      let page = try fixture.open(.score).score
      turnLoop(for: "the table") { !page.table.cells.isEmpty }
      let right = try XCTUnwrap(page.table.cells.first { $0.cell.category == $0.cell.answer })
      right.button.click()
      drainMainLoop()
      XCTAssertEqual(page.photos.rows.count, right.cell.photos.count)
      XCTAssertNil(page.photos.root.button("This is right"))
      page.showAll.click()
      XCTAssertTrue(page.photosTitle.text.contains("mistake"), page.photosTitle.text)
    }
  }

  func testAMistakeThatIsRightLeavesTheList() throws {
    try withInsight { fixture in
      let page = try fixture.open(.score).score
      turnLoop(for: "the stray") { page.photos.rows.contains { $0.texts.contains("stray.png") } }
      let row = try XCTUnwrap(page.photos.rows.first { $0.texts.contains("stray.png") })
      try XCTUnwrap(row.button("This is right")).click()
      turnLoop(for: "the row to go") { !page.photos.rows.contains { $0.texts.contains("stray.png") } }
      XCTAssertEqual(fixture.category(of: "stray.png"), "Blue")
      XCTAssertTrue(fixture.workspace.snapshot.confirmedPhotos.contains(try fixture.photo("stray.png")))
    }
  }
}
