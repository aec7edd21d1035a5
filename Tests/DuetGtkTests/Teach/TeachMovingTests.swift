// Photos that are in already: they go and come back, and move by drag and by menu, on a real project in a window.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class TeachMovingTests: XCTestCase {
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
