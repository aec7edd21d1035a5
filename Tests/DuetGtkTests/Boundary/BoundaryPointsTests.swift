// Points and training on the page: clicking points in, choosing sets, playing, settings, bad input, runs and curves.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

final class BoundaryPointsTests: XCTestCase {
  func testAClickPicksTheNearestPointOrAddsOne() throws {
    try onThePlane { fixture in
      fixture.click([-0.8, -0.5])
      XCTAssertEqual(fixture.view.choices.focused, 2, "the point at -1, -0.6 is the nearest")
      XCTAssertTrue(fixture.root.texts.contains("Point 3, “left”, at -1 and -0.6"))
      let count = fixture.session.set.points.count
      gtk_toggle_button_set_active(fixture.view.toolbar.tools[2].cast(), 1)
      drainMainLoop()
      XCTAssertTrue(fixture.root.texts.contains("Click on the plane to add a point “right”."))
      fixture.click([0.25, 0.75])
      let added = try XCTUnwrap(fixture.session.set.points.last)
      XCTAssertEqual(fixture.session.set.points.count, count + 1)
      XCTAssertEqual(added.label, 1)
      XCTAssertEqual(added.x[0], 0.25, accuracy: 1e-9)
      XCTAssertEqual(added.x[1], 0.75, accuracy: 1e-9)
      fixture.session.undo()
      XCTAssertEqual(fixture.session.set.points.count, count)
    }
  }

  func testAnEmptyPlaneSaysWhatToDoAndPlayingItSaysWhyNot() throws {
    try onThePlane { fixture in
      fixture.view.settings.points.kind.choose(PointSetKind.allCases.count)  // one's own points
      turnLoop(for: "an empty plane") { fixture.session.set.points.isEmpty }
      turnLoop(for: "the hint") {
        fixture.root.texts.contains(
          "There are no points yet. Choose one of the two point buttons, and click on the plane.")
      }
      fixture.view.toolbar.play.click()
      turnLoop(for: "the sentence") { fixture.sentences == [BoundaryError.noPoints.message] }
      XCTAssertFalse(fixture.session.isPlaying)
    }
  }

  func testPlayPauseStepAndRestart() throws {
    try onThePlane { fixture in
      let (toolbar, session) = (fixture.view.toolbar, fixture.session)
      toolbar.step.click()
      turnLoop(for: "one epoch") { session.epoch == 1 }
      toolbar.play.click()
      XCTAssertTrue(session.isPlaying)
      turnLoop(for: "some epochs") { session.epoch > 5 }
      XCTAssertFalse(toolbar.step.isSensitive)
      turnLoop(for: "the curves") { fixture.view.curves.loss.curves.first.map { $0.values.count > 3 } ?? false }
      XCTAssertEqual(fixture.view.curves.accuracy.curves.map(\.isTest), [false, true])
      toolbar.play.click()
      XCTAssertFalse(session.isPlaying)
      try turningLoop(for: "the last epoch") { await session.waitForTraining() }
      let epoch = session.epoch
      turnLoop(for: "the sentence") {
        fixture.root.texts.contains { $0.hasPrefix("Epoch \(epoch): ") && $0.hasSuffix("of the test points") }
      }
      toolbar.restart.click()
      turnLoop(for: "the beginning") { session.epoch == 0 && fixture.view.curves.loss.curves.isEmpty }
      session.undo()
      XCTAssertEqual(session.epoch, epoch, "starting again can be undone")
    }
  }

  func testSettingsReachTheSessionAndComeBackWithUndo() throws {
    try onThePlane { fixture in
      let (settings, session) = (fixture.view.settings, fixture.session)
      let sign = try XCTUnwrap(BoundaryLoss.all.firstIndex(of: .sign))
      XCTAssertFalse(settings.output.root.isVisible, "the default loss has no choice of logit or probability")
      settings.loss.choose(sign)
      turnLoop(for: "the formula") { fixture.view.settings.output.root.isVisible }
      XCTAssertEqual(session.settings.loss, .sign)
      settings.output.choose(1)
      XCTAssertEqual(session.settings.output, .probability)
      gtk_range_set_value(settings.alpha.scale.cast(), 0.25)
      XCTAssertEqual(session.settings.alpha, 0.25)
      gtk_spin_button_set_value(settings.hidden.spin.pointer, 12)
      XCTAssertEqual(session.settings.hidden, [12])
      gtk_switch_set_active(settings.ensemble.toggle.pointer, 1)
      XCTAssertEqual(session.settings.members, 3)
      turnLoop(for: "the spread of three networks") {
        fixture.view.canvas.field.field?.spread.contains { $0 > 0 } ?? false
      }
      session.undo()
      turnLoop(for: "the switch to follow") { gtk_switch_get_active(settings.ensemble.toggle.pointer) == 0 }
      XCTAssertEqual(session.settings.hidden, [12])
      let contrast = try XCTUnwrap(BoundaryLoss.all.firstIndex(of: .contrast(margin: 1)))
      settings.loss.choose(contrast)
      turnLoop(for: "the margin") { settings.margin.root.isVisible }
      gtk_spin_button_set_value(settings.margin.spin.pointer, 2.5)
      XCTAssertEqual(session.settings.loss, .contrast(margin: 2.5))
      drainMainLoop()
      XCTAssertEqual(settings.loss.selected, contrast, "another margin is the same loss")
    }
  }

  func testASetIsMadeAsTheFormSays() throws {
    try onThePlane { fixture in
      let form = fixture.view.settings.points
      form.kind.choose(1)
      turnLoop(for: "circles") { fixture.session.set.name == PointSetKind.circles.title }
      XCTAssertEqual(fixture.session.set.points.count, 100)
      gtk_spin_button_set_value(form.count.spin.pointer, 40)
      gtk_spin_button_set_value(form.share.spin.pointer, 50)
      gtk_spin_button_set_value(form.noise.spin.pointer, 0)
      gtk_spin_button_set_value(form.seed.spin.pointer, 3)
      XCTAssertEqual(
        fixture.session.set, PointSet.made(PointSetRecipe(.circles, count: 40, noise: 0, testShare: 0.5, seed: 3)))
      turnLoop(for: "the plane to follow") {
        let bounds = fixture.view.canvas.geometry.bounds
        return bounds.minX < -1 && bounds.maxX > 1 && fixture.view.canvas.scene.points.count == 40
      }
    }
  }

  func testABadFileIsASentenceAndTheSetStays() throws {
    try onThePlane { fixture in
      let file = fixture.folder.appendingPathComponent("table.csv")
      try FileManager.default.createDirectory(at: fixture.folder, withIntermediateDirectories: true)
      try Data("x,y,label\n1,two,a\n3,4,b\n".utf8).write(to: file)
      let before = fixture.session.set
      try turningLoop(for: "the file") { await fixture.session.load(csv: file) }
      turnLoop(for: "the sentence") { fixture.sentences.contains { $0.contains("table.csv") && $0.contains("two") } }
      XCTAssertEqual(fixture.session.set, before)
    }
  }

  func testHelpNamesEveryLossWithItsFormulaAndEveryKindOfArrow() throws {
    try inWindow {
      let help = BoundaryHelp.button()
      let popover = try XCTUnwrap(gtk_menu_button_get_popover(help.pointer))
      let texts = Widget(retaining: popover).allTexts
      for loss in BoundaryLoss.all {
        for text in [loss.title, loss.formula, loss.help] { XCTAssertTrue(texts.contains(text), text) }
      }
      for kind in Mark.Kind.allCases { XCTAssertTrue(texts.contains { $0.contains("“\(kind.title)”") }, kind.title) }
    }
  }

  func testAScreenReaderHearsNamesOnceAndWhatIsOnThePlane() throws {
    try onThePlane { fixture in
      let settings = fixture.view.settings
      XCTAssertNotEqual(cgtk_accessible_label_is(settings.ensemble.toggle.widget, "Three networks"), 0)
      XCTAssertNotEqual(cgtk_accessible_label_is(settings.hidden.spin.widget, "Hidden neurons"), 0)
      let plane = fixture.view.canvas.root
      XCTAssertNotEqual(cgtk_accessible_description_is(plane.widget, "12 points, 0 arrows"), 0)
      fixture.press(GDK_KEY_Left)
      let point = try XCTUnwrap(fixture.session.set.point(fixture.view.choices.focused ?? -1))
      XCTAssertNotEqual(cgtk_accessible_description_is(plane.widget, fixture.view.canvas.scene.sentence(for: point)), 0)
      fixture.press(GDK_KEY_Escape)
      XCTAssertNil(fixture.view.choices.focused)
    }
  }

  func testRunsAreSavedComparedRenamedAndDeleted() throws {
    try onThePlane { fixture in
      let (session, runs) = (fixture.session, fixture.view.runs)
      session.step(30)
      turnLoop(for: "30 epochs", seconds: 60) { session.epoch == 30 }
      gtk_editable_set_text(runs.name.pointer, "labels only")
      runs.save.click()
      turnLoop(for: "the run in the table") { runs.rows.count == 1 }
      let texts = runs.rows[0].texts
      XCTAssertEqual(texts[0], "labels only")
      XCTAssertEqual([texts[2], texts[4], texts[6]], ["30", "0", "0"], "epochs, arrows, seed")
      XCTAssertEqual(texts[5], BoundaryLoss.tips.title)
      session.restart()
      gtk_check_button_set_active(runs.rows[0].check.cast(), 1)
      turnLoop(for: "its curves") { fixture.view.curves.loss.curves.contains { $0.name == "labels only" } }
      turnLoop(for: "its name in the legend") { fixture.view.curves.legend.allTexts.contains("1 labels only") }
      runs.activate("load", row: 0)
      turnLoop(for: "the run") { session.epoch == 30 }
      try turningLoop(for: "another name") { await session.renameRun(session.runs[0].id, to: "first") }
      turnLoop(for: "the new name") { runs.rows.first?.texts[0] == "first" }
      runs.activate("delete", row: 0)
      turnLoop(for: "an empty table") { runs.rows.isEmpty }
      XCTAssertEqual(RunsTable.fileName("a/b: c?"), "a b  c.json")
      XCTAssertEqual(RunsTable.fileName("//"), "run.json")
    }
  }
}

extension Widget {
  /// All texts inside, on the screen or not.
  @MainActor fileprivate var allTexts: [String] {
    all(gtk_label_get_type()).map(\.text)
  }
}
