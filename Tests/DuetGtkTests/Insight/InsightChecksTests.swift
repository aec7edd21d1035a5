// Photos to check: copies with both photos named, suspects, the banner on arrival, and the switches of the project.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class InsightChecksTests: XCTestCase {
  func testASuspectIsMovedByOneClickAndBackByUndo() throws {
    try withInsight { fixture in
      let window = try fixture.open(.checks)
      turnLoop(for: "the suspects") { !window.checks.suspects.rows.isEmpty }
      let first = try XCTUnwrap(window.checks.suspects.rows.first)
      XCTAssertTrue(first.texts.contains("stray.png"), "the stray comes first, not \(first.texts)")
      try XCTUnwrap(first.button("Move to Red")).click()
      turnLoop(for: "the stray to be with the red ones") { fixture.category(of: "stray.png") == "Red" }
      turnLoop(for: "its row to go") { !window.checks.suspects.rows.contains { $0.texts.contains("stray.png") } }
      window.undo.click()
      turnLoop(for: "undo") { fixture.category(of: "stray.png") == "Blue" }
      turnLoop(for: "the suspect to be back") {
        window.checks.suspects.rows.contains { $0.texts.contains("stray.png") }
      }
      let again = try XCTUnwrap(window.checks.suspects.rows.first { $0.texts.contains("stray.png") })
      try XCTUnwrap(again.button("This is right")).click()
      turnLoop(for: "its row to go for good") {
        !window.checks.suspects.rows.contains { $0.texts.contains("stray.png") }
          && fixture.workspace.snapshot.confirmedPhotos == [(try? fixture.photo("stray.png"))]
      }
    }
  }

  func testKeepBothIsRememberedAndTheBannerGoes() throws {
    try withInsight { fixture in
      let banner = CopiesBanner(workspace: fixture.workspace)
      XCTAssertTrue(banner.isShown)
      XCTAssertEqual(banner.text.text, "1 photo looks like a copy.")
      let window = try fixture.open(.checks)
      turnLoop(for: "the copies") { window.checks.copies.texts.contains("twin.png") }
      XCTAssertTrue(window.checks.copies.texts.contains("red0.png"), "both photos are named")
      try XCTUnwrap(window.checks.copies.button("Keep both")).click()
      let pair = PhotoPair(try fixture.photo("red0.png"), try fixture.photo("twin.png"))
      turnLoop(for: "the pair to be kept") { fixture.workspace.snapshot.keptCopies == [pair] }
      turnLoop(for: "nothing more to say") { !banner.isShown && !window.checks.copies.texts.contains("twin.png") }
      XCTAssertEqual(fixture.category(of: "twin.png"), "Red", "kept means kept")
    }
  }

  func testRemoveTakesThePhotoThatWasClicked() throws {
    try withInsight { fixture in
      let window = try fixture.open(.checks)
      turnLoop(for: "the copies") { window.checks.copies.texts.contains("twin.png") }
      let remove = window.checks.copies.all(gtk_button_get_type()).first {
        cgtk_accessible_label_is($0.widget, "Remove twin.png, in Red") != 0
      }
      try XCTUnwrap(remove).click()
      turnLoop(for: "the copy to go") { fixture.category(of: "twin.png") == nil }
      XCTAssertEqual(fixture.category(of: "red0.png"), "Red")
      fixture.workspace.undo()
      turnLoop(for: "undo") { fixture.category(of: "twin.png") == "Red" }
    }
  }

  func testABannerThatWasClosedStaysAwayUntilThereIsAnotherCopy() throws {
    try withInsight { fixture in
      let banner = CopiesBanner(workspace: fixture.workspace)
      var shown = 0
      banner.onShow = { shown += 1 }
      try XCTUnwrap(banner.root.button("Show")).click()
      XCTAssertEqual(shown, 1)
      banner.dismiss()
      XCTAssertFalse(banner.isShown)
      try fixture.add([("second twin.png", 1, 0)], to: fixture.red, scale: 2)
      try fixture.settle()
      turnLoop(for: "the banner about two copies") {
        banner.isShown && banner.text.text == "2 photos look like copies."
      }
    }
  }

  func testTheSwitchesFollowTheProject() throws {
    try withInsight { fixture in
      let bar = TrainBar(workspace: fixture.workspace)
      let header = Widget.row()
      let settings = ProjectSettings(of: header, workspace: fixture.workspace)
      let checks = try fixture.open(.checks).checks
      XCTAssertNotEqual(gtk_check_button_get_active(bar.keepUpToDate.cast()), 0)
      gtk_check_button_set_active(bar.keepUpToDate.cast(), 0)
      turnLoop(for: "the project to hear of it") { !fixture.workspace.snapshot.keepsUpToDate }
      turnLoop(for: "the menu to follow") { !settings.group.isOn("keep-up-to-date") }
      settings.group.activate("unknown")
      turnLoop(for: "unknown detection to be off") { !fixture.workspace.snapshot.detectsUnknown }
      gtk_switch_set_active(checks.balance.pointer, 1)
      turnLoop(for: "balanced training") { fixture.workspace.snapshot.isBalanced && settings.group.isOn("balance") }
      settings.group.activate("balance")
      turnLoop(for: "the switch to follow the menu") {
        !fixture.workspace.snapshot.isBalanced && gtk_switch_get_active(checks.balance.pointer) == 0
      }
    }
  }
}
