// The two pages of a project's window: what undo means on each, what actions reach, and that nothing stays behind.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

final class PageSwitcherTests: XCTestCase {
  func testUndoMeansTheVisiblePage() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let project = try XCTUnwrap(fixture.window.project)
      fixture.workspace.addCategory(named: "Edible")
      turnLoop(for: "something to undo") { project.header.undo.isSensitive }
      XCTAssertNil(project.choice.boundary, "the page is made when it is first looked at")
      gtk_widget_activate_action_variant(fixture.root.widget, "win.boundary", nil)
      turnLoop(for: "the page") { project.choice.boundary?.points != nil }
      let session = try XCTUnwrap(project.choice.boundary?.points?.session)
      turnLoop(for: "nothing to undo here") { !project.header.undo.isSensitive }
      XCTAssertEqual(project.header.chatToggle?.isVisible, false)
      let point = try XCTUnwrap(session.set.points.first)
      session.addMark(Mark(point: point.id, delta: [0.3, 0]))
      turnLoop(for: "the arrow to undo") { project.header.undo.isSensitive }
      gtk_widget_activate_action_variant(fixture.root.widget, "win.undo", nil)
      XCTAssertTrue(session.marks.isEmpty)
      XCTAssertEqual(fixture.workspace.snapshot.categories.map(\.name), ["Edible"], "the project stays as it is")
      gtk_widget_activate_action_variant(fixture.root.widget, "win.redo", nil)
      XCTAssertEqual(session.marks.count, 1)
      gtk_widget_activate_action_variant(fixture.root.widget, "win.teach", nil)
      turnLoop(for: "the project's undo") {
        project.header.undo.isSensitive && project.header.chatToggle?.isVisible == true
      }
      project.header.undo.click()
      turnLoop(for: "the category to go") { fixture.workspace.snapshot.categories.isEmpty }
      XCTAssertEqual(session.marks.count, 1)
      try fixture.close()
    }
  }

  func testTrainingPausesWhenThePageIsLeftAndAMessageLeadsBackToTeach() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let project = try XCTUnwrap(fixture.window.project)
      project.show(.boundary)
      turnLoop(for: "the page") { project.choice.boundary?.points != nil }
      let session = try XCTUnwrap(project.choice.boundary?.points?.session)
      gtk_widget_activate_action_variant(fixture.root.widget, "win.train", nil)
      turnLoop(for: "the training") { session.isPlaying && session.epoch > 0 }
      gtk_widget_activate_action_variant(fixture.root.widget, "win.focus-message", nil)
      turnLoop(for: "the page to teach on") { project.choice.part == .teach }
      XCTAssertFalse(session.isPlaying, "nothing trains unseen")
      try fixture.close()
    }
  }

  func testPointsAndTextsHaveTheirOwnUndo() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let project = try XCTUnwrap(fixture.window.project)
      project.show(.boundary)
      turnLoop(for: "the page") { project.choice.boundary?.points != nil }
      let page = try XCTUnwrap(project.choice.boundary)
      let session = try XCTUnwrap(page.points?.session)
      session.addPoint([0, 0], label: 1)
      turnLoop(for: "the point to undo") { project.header.undo.isSensitive }
      page.show(.texts)
      turnLoop(for: "the texts") { page.texts != nil && !project.header.undo.isSensitive }
      project.undo()
      XCTAssertEqual(session.set.points.count, 101, "the points are not on the screen")
      page.show(.points)
      turnLoop(for: "the points again") { project.header.undo.isSensitive }
      project.header.undo.click()
      XCTAssertEqual(session.set.points.count, 100)
      try fixture.close()
    }
  }

  func testAPageThatWasLookedAtGoesWithItsWindow() throws {
    try inWindow {
      @MainActor func lookAtThePage() throws {
        let fixture = try WindowFixture()
        fixture.window.project?.show(.boundary)
        turnLoop(for: "the page") { fixture.window.project?.choice.boundary?.points != nil }
        fixture.window.project?.choice.boundary?.show(.texts)
        turnLoop(for: "the texts") { fixture.window.project?.choice.boundary?.texts != nil }
        try fixture.close()
      }
      try lookAtThePage()  // GTK keeps what it makes once
      let before = SignalBox.live
      try lookAtThePage()
      XCTAssertEqual(SignalBox.live, before)
    }
  }
}
