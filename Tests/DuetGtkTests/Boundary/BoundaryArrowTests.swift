// Arrows on the plane: drawn, tried out, kept, changed, switched off, deleted, undone; by pointer and by keyboard.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class BoundaryArrowTests: XCTestCase {
  func testADraggedArrowIsTriedOutBeforeItIsKept() throws {
    try onThePlane { fixture in
      let (view, session) = (fixture.view, fixture.session)
      fixture.drag(from: [-1, -1], to: [0.2, -0.6])
      let draft = try XCTUnwrap(view.draft.mark)
      XCTAssertEqual(draft.point, 0)
      XCTAssertEqual(draft.kind, .becomesOther)
      XCTAssertEqual(draft.delta[0], 1.2, accuracy: 0.02)
      XCTAssertEqual(draft.delta[1], 0.4, accuracy: 0.02)
      XCTAssertTrue(session.marks.isEmpty, "nothing counts before it is kept")
      turnLoop(for: "the trial", seconds: 60) { view.draft.preview != nil }
      let preview = try XCTUnwrap(view.draft.preview)
      turnLoop(for: "the line without the arrow") { !view.canvas.before.isEmpty }
      XCTAssertEqual(view.canvas.field.field, preview.with)
      XCTAssertTrue(fixture.root.texts.contains(preview.sentence))
      view.arrows.keep.click()
      XCTAssertEqual(session.marks, [draft])
      turnLoop(for: "the arrow in the list") { view.arrows.list.rows.map(\.mark) == [draft.id] }
      XCTAssertNil(view.draft.mark)
      turnLoop(for: "the line without the arrow to go") { view.canvas.before.isEmpty }
      XCTAssertTrue(fixture.root.texts.contains("Arrow 1: Here it becomes the other one"))
    }
  }

  func testADiscardedArrowLeavesNothing() throws {
    try onThePlane { fixture in
      fixture.drag(from: [1, 1], to: [0, 0.5])
      XCTAssertNotNil(fixture.view.draft.mark)
      fixture.view.arrows.discard.click()
      drainMainLoop()
      XCTAssertNil(fixture.view.draft.mark)
      XCTAssertTrue(fixture.session.marks.isEmpty)
      XCTAssertNil(fixture.session.undoTitle, "an arrow that was never kept is nothing to undo")
    }
  }

  func testADraftGoesWithItsPoints() throws {
    try onThePlane { fixture in
      fixture.drag(from: [1, 1], to: [0, 0.5])
      XCTAssertNotNil(fixture.view.draft.mark)
      fixture.session.use(PointSetRecipe(.moons))
      turnLoop(for: "the arrow to go, though another point has its number") { fixture.view.draft.mark == nil }
      fixture.session.undo()
      drainMainLoop()
      XCTAssertEqual(fixture.view.settings.points.kind.selected, 5, "the set's own name is the last choice")
    }
  }

  func testTheKeyboardDrawsAnArrowAndUndoTakesItBack() throws {
    try onThePlane { fixture in
      fixture.press(GDK_KEY_Left)
      let point = try XCTUnwrap(fixture.view.choices.focused)
      XCTAssertEqual(point % 2, 0, "left of the middle are the points of label 0")
      fixture.press(GDK_KEY_Return)
      let first = try XCTUnwrap(fixture.view.draft.mark)
      XCTAssertEqual(first.point, point)
      XCTAssertGreaterThan(first.delta[0], 0, "towards the middle")
      fixture.press(GDK_KEY_Right)
      fixture.press(GDK_KEY_Up, shift: true)
      let moved = try XCTUnwrap(fixture.view.draft.mark)
      XCTAssertGreaterThan(moved.delta[0], first.delta[0])
      XCTAssertGreaterThan(moved.delta[1], 0)
      fixture.press(GDK_KEY_Return)
      XCTAssertEqual(fixture.session.marks, [moved])
      fixture.session.undo()
      XCTAssertTrue(fixture.session.marks.isEmpty)
      fixture.session.redo()
      XCTAssertEqual(fixture.session.marks, [moved])
    }
  }

  func testSlidersSetAKeptArrowPrecisely() throws {
    try onThePlane { fixture in
      let mark = Mark(point: 0, delta: [1, 0])
      fixture.session.addMark(mark)
      drainMainLoop()
      let editor = fixture.view.arrows.editor
      XCTAssertEqual(editor.tips[0].value, 0, accuracy: 1e-9, "the tip's x is -1 + 1")
      gtk_range_set_value(editor.tips[1].scale.cast(), 0.5)
      XCTAssertEqual(try XCTUnwrap(fixture.session.marks.first).delta[1], 1.5, accuracy: 1e-9, "from -1 to 0.5")
      gtk_range_set_value(editor.weight.scale.cast(), 2)
      editor.kind.choose(1)
      let changed = try XCTUnwrap(fixture.session.marks.first)
      XCTAssertEqual(changed.weight, 2)
      XCTAssertEqual(changed.kind, .direction)
      XCTAssertEqual(changed.id, mark.id)
      fixture.session.undo()
      XCTAssertEqual(fixture.session.marks.first?.kind, .becomesOther, "a choice is a step of its own")
      XCTAssertEqual(fixture.session.marks.first?.weight, 2)
      fixture.session.undo()
      drainMainLoop()
      XCTAssertEqual(fixture.session.marks, [mark], "moving sliders is one step")
      XCTAssertEqual(editor.weight.value, 1)
    }
  }

  func testAnArrowIsChosenMovedSwitchedOffAndDeleted() throws {
    try onThePlane { fixture in
      let marks = [Mark(point: 0, delta: [1, 0]), Mark(point: 1, kind: .doesNotMatter, delta: [-0.5, 0.5])]
      for mark in marks { fixture.session.addMark(mark) }
      drainMainLoop()
      fixture.click([-0.5, -1])
      XCTAssertEqual(fixture.session.selected, marks[0].id, "a click on an arrow chooses it")
      fixture.drag(from: [0, -1], to: [0.3, -0.5])
      let moved = try XCTUnwrap(fixture.session.marks.first { $0.id == marks[0].id })
      XCTAssertEqual(moved.delta[0], 1.3, accuracy: 0.02)
      XCTAssertEqual(moved.delta[1], 0.5, accuracy: 0.02)
      XCTAssertNil(fixture.view.draft.mark, "a kept arrow changes at once")
      let list = fixture.view.arrows.list
      gtk_switch_set_active(list.rows[1].toggle.pointer, 0)
      XCTAssertEqual(fixture.session.marks.map(\.isOn), [true, false])
      list.rows[0].delete.click()
      turnLoop(for: "one row") { list.rows.map(\.mark) == [marks[1].id] }
      fixture.session.selected = marks[1].id
      drainMainLoop()
      fixture.press(GDK_KEY_Delete)
      XCTAssertTrue(fixture.session.marks.isEmpty)
    }
  }

  func testSeveralArrowsFromOnePointAndTheNewestDraftReplacesTheOneBefore() throws {
    try onThePlane { fixture in
      fixture.session.addMark(Mark(point: 0, delta: [1, 0]))
      drainMainLoop()
      fixture.drag(from: [-1, -1], to: [-1, 0.5])
      let first = try XCTUnwrap(fixture.view.draft.mark)
      XCTAssertEqual(first.point, 0)
      fixture.drag(from: [1, 0.2], to: [0, 0.2])
      XCTAssertEqual(fixture.view.draft.mark?.point, 7)
      fixture.press(GDK_KEY_Return)
      XCTAssertEqual(fixture.session.marks.map(\.point), [0, 7])
    }
  }

  func testAWarningIsShownForAnArrowThatHarms() throws {
    try onThePlane { fixture in
      // The tip lies in the middle of the left column, among points of the arrow's own kind.
      fixture.session.change(settings(fixture.session) { $0.alpha = 0.95 })
      fixture.view.draft.show(Mark(point: 0, delta: [0, 1], weight: 4))
      turnLoop(for: "the trial", seconds: 60) { fixture.view.draft.preview != nil }
      let preview = try XCTUnwrap(fixture.view.draft.preview)
      drainMainLoop()
      let shown = fixture.root.texts
      if let warning = preview.warning {
        XCTAssertTrue(shown.contains(warning))
      } else {
        XCTFail("this arrow should have lowered the accuracy: \(preview.sentence)")
      }
    }
  }
}

@MainActor private func settings(
  _ session: BoundarySession, _ edit: (inout BoundarySettings) -> Void
) -> BoundarySettings {
  var new = session.settings
  edit(&new)
  return new
}
