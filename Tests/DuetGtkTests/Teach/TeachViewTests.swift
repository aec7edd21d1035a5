// The teach area in a window, on a real project: photos come in by drop and paste, categories are added and
// named, and nothing of the view outlives it.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

/// Builds a project and its teach area on the screen, and takes both down again.
func inTeachView(asks: Bool = true, _ body: @MainActor (ProjectInWindow, TeachView) throws -> Void) throws {
  try inWindow {
    let project = try ProjectInWindow()
    let view = TeachView(workspace: project.workspace, showsAskButtons: asks) { _ in }
    project.show(view.root)
    try body(project, view)
    try project.close()
  }
}

final class TeachViewTests: XCTestCase {
  func testAFolderOfFoldersDroppedOnTheEmptyAreaBecomesTheCategories() throws {
    try inTeachView { project, view in
      XCTAssertTrue(view.cards.isEmpty)
      _ = try project.pictures(2, channel: 0, in: "School/Red")
      _ = try project.pictures(3, channel: 2, in: "School/Sea_blue")
      try drop(files: [project.folder.appendingPathComponent("School")], on: view.dropTarget)
      turnLoop(for: "two cards with all photos") {
        view.cards.count == 2 && view.cards.map(\.card.grid.list.shown.count) == [2, 3]
      }
      XCTAssertEqual(project.workspace.snapshot.categories.map(\.name), ["Red", "Sea_blue"])
    }
  }

  func testDroppedFilesGoIntoTheCategoryTheyWereDroppedOnAndABadOneIsNamed() throws {
    try inTeachView { project, view in
      try project.addCategory("One")
      try project.addCategory("Two")
      try project.settle()
      let text = project.folder.appendingPathComponent("notes.jpg")
      try Data("no photo".utf8).write(to: text)
      try drop(files: try project.pictures(3, channel: 1) + [text], on: view.cards[1].card.dropTarget)
      turnLoop(for: "the photos in the second card") { view.cards[1].card.grid.list.shown.count == 3 }
      try project.settle()
      XCTAssertTrue(view.cards[0].card.grid.list.shown.isEmpty)
      XCTAssertEqual(project.workspace.notice?.text.contains("notes.jpg"), true)
      XCTAssertNotEqual(cgtk_accessible_label_is(view.cards[1].card.grid.view.widget, "Photos of Two"), 0)
    }
  }

  func testAPictureOnTheClipboardIsPastedIntoTheCategory() throws {
    try inTeachView { project, view in
      try project.addCategory("One")
      try project.settle()
      let picture = try ProjectInWindow.texture(1, channel: 0)
      gdk_clipboard_set_texture(gtk_widget_get_clipboard(view.root.widget), picture.pointer)
      let card = view.cards[0].card
      try press(GDK_KEY_v, GDK_CONTROL_MASK, on: card.pasteKeys)
      turnLoop(for: "the pasted photo") { card.grid.list.shown.count == 1 }
    }
  }

  func testANameIsKeptOnEnterAndTakenBackOnEscape() throws {
    try inTeachView { project, view in
      let id = try project.addCategory("One")
      try project.settle()
      let entry = view.cards[0].card.name.root
      XCTAssertNotEqual(cgtk_accessible_label_is(entry.widget, "Name of category 1"), 0)
      gtk_editable_set_text(entry.pointer, "  Edible ")
      cgtk_emit(entry.raw, "activate")
      turnLoop(for: "the new name") { project.workspace.snapshot.category(id)?.name == "Edible" }
      try project.settle()
      XCTAssertNotEqual(cgtk_accessible_label_is(view.cards[0].card.ask.widget, "Ask the assistant about Edible"), 0)

      gtk_editable_set_text(entry.pointer, "Mistake")
      try press(GDK_KEY_Escape, on: view.cards[0].card.name.keys)
      XCTAssertEqual(gtk_editable_get_text(entry.pointer).map { String(cString: $0) }, "Edible")
      gtk_editable_set_text(entry.pointer, "   ")
      cgtk_emit(entry.raw, "activate")
      try project.settle()
      XCTAssertEqual(project.workspace.snapshot.category(id)?.name, "Edible")
    }
  }

  func testWhatWasTypedIsKeptWithoutEnter() throws {
    try inTeachView { project, view in
      let id = try project.addCategory("One")
      try project.settle()
      gtk_editable_set_text(view.cards[0].card.name.root.pointer, "Typed")
      turnLoop(for: "the typed name") { project.workspace.snapshot.category(id)?.name == "Typed" }
    }
  }

  func testANewCategoryIsReadyToBeNamed() throws {
    try inTeachView { project, view in
      view.addCategory()
      turnLoop(for: "the new card") { view.cards.count == 1 }
      let entry = view.cards[0].card.name.root.widget
      let focus = gtk_root_get_focus(gtk_widget_get_root(entry))
      XCTAssertTrue(focus.map { gtk_widget_is_ancestor($0, entry) != 0 } ?? false, "the cursor is elsewhere")
    }
  }

  func testTheEleventhCategoryIsRefusedWithASentence() throws {
    try inTeachView { project, view in
      for _ in 1...Category.limit { view.addCategory() }
      turnLoop(for: "ten cards") { view.cards.count == Category.limit }
      XCTAssertNil(project.workspace.notice)
      view.addCategory()
      turnLoop(for: "a sentence") { project.workspace.notice != nil }
      XCTAssertEqual(project.workspace.notice?.text.contains("10"), true)
      try project.settle()
      XCTAssertEqual(view.cards.count, Category.limit)
      XCTAssertEqual(Set(project.workspace.snapshot.categories.map(\.name)).count, Category.limit)
    }
  }

  func testTheBaselineHasNoAskButtons() throws {
    try inTeachView(asks: false) { project, view in
      try project.addCategory("One")
      try project.settle()
      XCTAssertFalse(view.cards[0].card.ask.isVisible)
    }
    try inWindow {
      var asked: [CategoryID] = []
      let project = try ProjectInWindow()
      let view = TeachView(workspace: project.workspace, showsAskButtons: true) { asked.append($0) }
      let id = try project.addCategory("One")
      try project.settle()
      XCTAssertTrue(view.cards[0].card.ask.isVisible)
      cgtk_emit(view.cards[0].card.ask.raw, "clicked")
      XCTAssertEqual(asked, [id])
      try project.close()
    }
  }

  func testADestroyedViewLeavesNoHandlerBehind() throws {
    try inWindow {
      let project = try ProjectInWindow()
      let before = SignalBox.live
      var view: TeachView? = TeachView(workspace: project.workspace, showsAskButtons: true) { _ in }
      if let root = view?.root { project.show(root) }
      try project.addCategory("One", photos: 3)
      try project.addCategory("Two")
      try project.settle()
      XCTAssertGreaterThan(SignalBox.live, before)
      weak let leftView = view
      weak let leftCard = view?.cards.first?.card
      XCTAssertNotNil(leftCard)
      view = nil
      project.closeWindow()
      // Fewer than before is possible: other tests' widgets may still have been on their way out.
      turnLoop(for: "all handlers to be freed") { SignalBox.live <= before && leftView == nil && leftCard == nil }
      try project.close()
    }
  }
}
