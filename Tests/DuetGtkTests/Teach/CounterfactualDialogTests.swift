// "What if ...?": painting with pointer and keyboard, another photo of the scene, and what is refused, on a real
// project in a window.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class CounterfactualDialogTests: XCTestCase {
  func testAPaintedRegionThatDoesNotMatterIsAddedAndTakenBack() throws {
    try inWhatIf { project, card, dialog in
      XCTAssertEqual(dialog.choices.change, .ignore, "the harmless one is chosen first")
      let width = Double(gtk_widget_get_width(dialog.canvas.area.widget))
      let height = Double(gtk_widget_get_height(dialog.canvas.area.widget))
      dialog.canvas.press(x: width / 2, y: height / 2)
      dialog.canvas.drag(x: width / 2 + 20, y: height / 2)
      dialog.canvas.release()
      turnLoop(for: "the share that is painted") { dialog.canvas.paintedShare > 0.01 }
      XCTAssertEqual(dialog.canvas.strokes?.strokes.count, 1)
      dialog.add.click()
      turnLoop(for: "the dialog to close") { card.whatIf == nil }
      let photo = card.grid.list.shown[0]
      let one = try XCTUnwrap(project.workspace.counterfactuals(of: photo).first)
      XCTAssertEqual(one.change, .ignore)
      XCTAssertEqual(one.pictures.count, CounterfactualPictures.replacements)
      XCTAssertEqual(project.workspace.snapshot.undoTitle, "add a “what if?”")
      turnLoop(for: "the mark on the photo") { marked(card) == ["red0.png, with a “what if?”"] }
      project.workspace.undo()
      turnLoop(for: "undo") { project.workspace.snapshot.counterfactuals.isEmpty && marked(card).isEmpty }
    }
  }

  func testTheKeyboardPaintsAndTheAnswerBecomesATrainingPhoto() throws {
    try inWhatIf { project, card, dialog in
      let canvas = dialog.canvas
      let two = project.workspace.snapshot.categories[1].id
      try press(GDK_KEY_space, on: canvas.keys)
      try press(GDK_KEY_Right, on: canvas.keys)
      try press(GDK_KEY_Down, GDK_SHIFT_MASK, on: canvas.keys)
      let strokes = try XCTUnwrap(canvas.strokes)
      XCTAssertEqual(strokes.strokes.map(\.points.count), [1, 2], "a dot, then a line")
      XCTAssertEqual(strokes.strokes[0].points, [.init(x: 16, y: 16)], "the brush begins in the middle")
      XCTAssertGreaterThan(strokes.strokes[1].points[0].x, 16)
      XCTAssertGreaterThan(strokes.strokes[1].points[1].y, 16)
      let size = dialog.choices.brushWidth
      try press(GDK_KEY_plus, on: canvas.keys)
      XCTAssertGreaterThan(dialog.choices.brushWidth, size)
      XCTAssertEqual(canvas.brushWidth, dialog.choices.brushWidth)
      try press(GDK_KEY_BackSpace, on: canvas.keys)
      XCTAssertEqual(canvas.strokes?.strokes.count, 1)
      turnLoop(for: "a screen reader to hear how much is painted") {
        cgtk_accessible_description_is(
          canvas.area.widget,
          "Brush at \(Int((100 * (canvas.cursor?.x ?? 0) / 32).rounded())) % from the left and "
            + "\(Int((100 * (canvas.cursor?.y ?? 0) / 32).rounded())) % from the top. "
            + "\(Int((100 * canvas.paintedShare).rounded())) % of the photo is painted.") != 0 && canvas.paintedShare > 0
      }
      dialog.choices.choose(.erase)
      dialog.choices.answer(two)
      dialog.keep()
      turnLoop(for: "the changed photo in the other category") {
        project.workspace.snapshot.category(two)?.photos.map(\.name) == ["red0.png (changed)"]
      }
      let one = try XCTUnwrap(project.workspace.snapshot.counterfactuals.first)
      XCTAssertEqual(one.labelled, project.workspace.snapshot.category(two)?.photos.first?.id)
    }
  }

  func testAnotherPhotoOfTheSceneIsDroppedAndTheShelfTakesItAway() throws {
    try inWhatIf { project, card, dialog in
      let other = try project.pictures(1, channel: 1, in: "Other")[0]
      try drop(files: [other], on: dialog.dropTarget)
      XCTAssertEqual(dialog.choices.change, .scene)
      XCTAssertFalse(dialog.canvas.area.isVisible, "nothing to paint on")
      dialog.choices.answer(nil)
      dialog.keep()
      turnLoop(for: "the pair") { project.workspace.snapshot.counterfactuals.count == 1 }
      turnLoop(for: "the dialog to close") { card.whatIf == nil }
      askWhatIf(card)
      let again = try XCTUnwrap(card.whatIf)
      turnLoop(for: "what was said") { again.shelf.rows.count == 1 && again.shelf.root.isVisible }
      again.shelf.rows[0].remove.click()
      turnLoop(for: "it to go") { project.workspace.snapshot.counterfactuals.isEmpty && again.shelf.rows.isEmpty }
      again.close()
    }
  }

  func testWhatCannotBeUsedHasASentenceAndTheDialogStays() throws {
    try inWhatIf { project, card, dialog in
      @MainActor func refused(_ sentence: String) {
        dialog.keep()
        turnLoop(for: sentence) { dialog.problem.text == sentence }
        XCTAssertTrue(card.whatIf === dialog && project.workspace.snapshot.counterfactuals.isEmpty)
      }
      refused("Nothing is painted yet. Paint over a part of the photo first.")
      dialog.choices.choose(.scene)
      refused("There is no other photo yet. Choose, drop or paste one.")
      try drop(files: [try project.pictures(1, channel: 0, in: "One")[0]], on: dialog.dropTarget)
      dialog.choices.answer(nil)
      refused("“red0.png” is the same picture as the photo itself. Choose one in which something is different.")
      dialog.choices.choose(.blur)
      for y in stride(from: -4.0, to: 40, by: 3) {
        let stroke = BrushStroke(radius: 4, from: .init(x: -4, y: y))
        dialog.canvas.paint(stroke, to: .init(x: 36, y: y))
      }
      refused("Nearly the whole photo is painted. Leave the part visible that still counts.")
      dialog.choices.clear.click()
      XCTAssertEqual(dialog.canvas.strokes?.strokes.count, 0)
      project.workspace.do(.removePhotos([card.grid.list.shown[0]]))
      turnLoop(for: "the photo to go") { card.grid.list.shown.count == 1 }
      dialog.canvas.press(x: 100, y: 100)
      dialog.canvas.release()
      refused("That photo was removed in the meantime. Choose another one.")
      dialog.close()
      XCTAssertNil(card.whatIf)
    }
  }
}

/// As the item of the photos' menu.
@MainActor private func askWhatIf(_ card: CategoryCard) {
  XCTAssertNotEqual(gtk_widget_activate_action_variant(card.root.widget, "photos.what-if", nil), 0)
}

/// What the marked photos of a card are called.
@MainActor private func marked(_ card: CategoryCard) -> [String] {
  card.grid.view.all(gtk_picture_get_type()).filter { gtk_widget_has_css_class($0.widget, "has-counterfactual") != 0 }
    .compactMap { gtk_widget_get_tooltip_text($0.widget).map { String(cString: $0) } }
}

/// Two categories, the first with two photos of 32 pixels, and the dialog about the first photo on the screen.
private func inWhatIf(_ body: @MainActor (ProjectInWindow, CategoryCard, CounterfactualDialog) throws -> Void) throws {
  try inTeachView { project, view in
    try project.addCategory("One", photos: 2)
    try project.addCategory("Two")
    try project.settle()
    let card = view.cards[0].card
    card.grid.list.select(card.grid.list.shown[0])
    askWhatIf(card)
    let dialog = try XCTUnwrap(card.whatIf)
    turnLoop(for: "the photo to paint on") {
      dialog.canvas.strokes != nil && gtk_widget_get_width(dialog.canvas.area.widget) > 200
    }
    try body(project, card, dialog)
    dialog.close()
    try project.settle()
  }
}
