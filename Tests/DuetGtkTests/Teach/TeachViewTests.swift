// The teach area in a window, on a real project: photos come in by drop and paste, move, go and come back;
// categories are added, named and removed.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class TeachViewTests: XCTestCase {
  /// Builds a project and its teach area on the screen, and takes both down again.
  private func inTeachView(
    asks: Bool = true, _ body: @MainActor (ProjectInWindow, TeachView) throws -> Void
  ) throws {
    try inWindow {
      let project = try ProjectInWindow()
      let view = TeachView(workspace: project.workspace, showsAskButtons: asks) { _ in }
      project.show(view.root)
      try body(project, view)
      try project.close()
    }
  }

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

  func testTheDeleteKeyRemovesTheSelectionAndUndoBringsItBackInPlace() throws {
    try inTeachView { project, view in
      try project.addCategory("One", photos: 4)
      let grid = view.cards[0].card.grid
      let photos = grid.list.shown
      XCTAssertEqual(photos.count, 4)
      grid.list.select(photos[0])
      grid.list.select(photos[2], extend: true)
      XCTAssertEqual(grid.list.selected, [photos[0], photos[2]])
      try press(GDK_KEY_Delete, on: view.cards[0].card.deleteKeys)
      turnLoop(for: "two photos to go") { grid.list.shown == [photos[1], photos[3]] }
      XCTAssertEqual(grid.list.selected, [])
      project.workspace.undo()
      turnLoop(for: "the photos to come back") { grid.list.shown == photos }
    }
  }

  func testADragTakesTheSelectionAndLandsInTheOtherCategory() throws {
    try inTeachView { project, view in
      try project.addCategory("One", photos: 4)
      try project.addCategory("Two")
      try project.settle()
      let (from, to) = (view.cards[0].card, view.cards[1].card)
      let photos = from.grid.list.shown
      from.grid.list.select(photos[1])
      from.grid.list.select(photos[2], extend: true)
      let dragged = from.grid.dragged(from: photos[2])
      XCTAssertEqual(dragged, [photos[1], photos[2]])
      try drop(PhotoDrag(dragged, of: project.workspace), on: to.dropTarget)
      turnLoop(for: "the photos in the other card") { to.grid.list.shown == [photos[1], photos[2]] }
      XCTAssertEqual(from.grid.list.shown, [photos[0], photos[3]])
      XCTAssertEqual(from.grid.dragged(from: photos[3]), [photos[3]], "an unselected photo goes alone")
    }
  }

  func testTheMenuMovesAndRemoves() throws {
    try inTeachView { project, view in
      try project.addCategory("One", photos: 2)
      let two = try project.addCategory("Two")
      try project.settle()
      let card = view.cards[0].card
      let photos = card.grid.list.shown
      card.grid.list.select(photos[0])
      activate("photos.move", target: two, in: card.root)
      turnLoop(for: "the photo in the other card") { view.cards[1].card.grid.list.shown == [photos[0]] }
      activate("photos.all", in: card.root)
      activate("photos.remove", in: card.root)
      turnLoop(for: "an empty card") { card.grid.list.shown.isEmpty }
      activate("category.remove", in: card.root)
      turnLoop(for: "one card less") { view.cards.map(\.id) == [two] }
      project.workspace.undo()
      turnLoop(for: "the card to come back where it was") { view.cards.count == 2 && view.cards[1].id == two }
    }
  }

  func testPhotosOfAnotherProjectAndLinksAreRefusedWithASentence() throws {
    try inTeachView { project, view in
      try project.addCategory("One", photos: 1)
      let other = try ProjectInWindow()
      let id = try XCTUnwrap(view.cards[0].card.grid.list.photos.first?.id)
      try drop(PhotoDrag([id], of: other.workspace), on: view.cards[0].card.dropTarget)
      XCTAssertEqual(project.workspace.notice?.text.contains("another project"), true)
      try other.close()
      let link = try XCTUnwrap(URL(string: "https://example.org/cat.jpg"))
      try drop(links([link]), of: cgtk_type_file_list(), on: view.cards[0].card.dropTarget)
      XCTAssertEqual(project.workspace.notice?.text.contains("not on this computer"), true)
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

@MainActor private func activate(_ action: String, target: CategoryID? = nil, in widget: Widget) {
  let parameter = target.flatMap { g_variant_new_int64(gint64($0.rawValue)) }
  XCTAssertNotEqual(gtk_widget_activate_action_variant(widget.widget, action, parameter), 0, "no action \(action)")
}

/// A drag of addresses, as a browser offers them.
@MainActor private func links(_ urls: [URL]) -> OpaquePointer? {
  var list: UnsafeMutablePointer<GSList>?
  let files = urls.compactMap { g_file_new_for_uri($0.absoluteString) }
  for file in files { list = g_slist_prepend(list, UnsafeMutableRawPointer(file)) }
  defer {
    g_slist_free(list)
    for file in files { g_object_unref(UnsafeMutableRawPointer(file)) }
  }
  var value = GValue()
  g_value_init(&value, cgtk_type_file_list())
  defer { g_value_unset(&value) }
  g_value_take_boxed(&value, gdk_file_list_new_from_list(list).map { UnsafeMutableRawPointer($0) })
  return gdk_content_provider_new_for_value(&value).map { OpaquePointer($0) }
}
