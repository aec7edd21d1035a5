// Pictures that go along with a message: dropped, pasted, removed, sent.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class ComposerPicturesTests: XCTestCase {
  func testDroppedFilesBecomeThumbnailsAndGoWithTheMessage() throws {
    try inComposer { composer, log, project in
      let files = try project.pictures(2, channel: 0)
      try drop(Files.contentProvider(files), of: cgtk_type_file_list(), on: composer.dropTarget)
      turnLoop(for: "both pictures") { composer.pictures.pictures.count == 2 && composer.pictures.isSettled }
      XCTAssertTrue(composer.pictures.root.isVisible)
      XCTAssertTrue(composer.send.isSensitive, "pictures alone are a message too")
      composer.entry.text = "What is this?"
      composer.press(GDK_KEY_Return)
      XCTAssertEqual([log.sent, ["\(log.pictures)"]], [["What is this?"], ["[2]"]])
      XCTAssertFalse(composer.pictures.root.isVisible)
      composer.entry.text = "And now?"
      composer.press(GDK_KEY_Return)
      XCTAssertEqual(log.pictures, [2, 0])
    }
  }

  func testEachPictureCanBeTakenOutAgain() throws {
    try inComposer { composer, _, project in
      let files = try project.pictures(2, channel: 1)
      composer.pictures.take(.files(files))
      turnLoop(for: "both pictures") { composer.pictures.pictures.count == 2 && composer.pictures.isSettled }
      let remove = composer.pictures.root.all(gtk_button_get_type())
      XCTAssertEqual(remove.count, 2)
      remove[0].click()
      XCTAssertEqual(composer.pictures.pictures.map(\.name), ["green1.png"])
    }
  }

  func testABadFileIsRefusedByNameAndTheOthersGoAlong() throws {
    try inComposer { composer, _, project in
      let good = try project.pictures(1, channel: 2)
      let bad = project.folder.appendingPathComponent("notes.txt")
      try Data("no picture".utf8).write(to: bad)
      composer.pictures.take(.files([bad] + good))
      turnLoop(for: "the good one") { composer.pictures.pictures.count == 1 && composer.pictures.isSettled }
      XCTAssertEqual(project.workspace.notice?.text.contains("notes.txt"), true)
    }
  }

  func testThereIsALimit() throws {
    try inComposer { composer, _, project in
      composer.pictures.take(.files(try project.pictures(AttachedPicture.limit + 2, channel: 0)))
      turnLoop(for: "the reading to end") { composer.pictures.isSettled && project.workspace.notice != nil }
      XCTAssertEqual(composer.pictures.pictures.count, AttachedPicture.limit)
    }
  }

  func testAPhotoOfTheProjectCanBeDraggedIn() throws {
    try inComposer { composer, _, project in
      try project.addCategory("Red", photos: 1)
      let photo = try XCTUnwrap(project.workspace.snapshot.categories[0].photos.first).id
      let drag = PhotoDrag([photo], of: project.workspace)
      try drop(drag.contentProvider(), of: cgtk_box_get_type(), on: composer.dropTarget)
      turnLoop(for: "the picture") { composer.pictures.pictures.count == 1 }
    }
  }

  func testAPictureOnTheClipboardIsPastedAndATextIsLeftToTheEntry() throws {
    try inComposer { composer, _, _ in
      let clipboard = try XCTUnwrap(gtk_widget_get_clipboard(composer.entry.view.widget))
      let picture = try ProjectInWindow.texture(0, channel: 0)
      withExtendedLifetime(picture) { gdk_clipboard_set_texture(clipboard, picture.pointer) }
      cgtk_emit(composer.entry.view.raw, "paste-clipboard")
      turnLoop(for: "the pasted picture") { composer.pictures.pictures.count == 1 && composer.pictures.isSettled }
      gdk_clipboard_set_text(clipboard, "words")
      cgtk_emit(composer.entry.view.raw, "paste-clipboard")
      turnLoop(for: "the pasted words") { composer.entry.text == "words" }
      XCTAssertEqual(composer.pictures.pictures.count, 1)
    }
  }

  func testWhereATextWasCopiedTogetherWithItsPictureTheTextIsMeant() throws {
    try inComposer { composer, _, _ in
      let clipboard = try XCTUnwrap(gtk_widget_get_clipboard(composer.entry.view.widget))
      let picture = try ProjectInWindow.texture(0, channel: 0)
      var values = [GValue(), GValue()]
      g_value_init(&values[0], cgtk_type_string())
      g_value_set_string(&values[0], "cells of a table")
      g_value_init(&values[1], cgtk_type_texture())
      g_value_set_object(&values[1], UnsafeMutableRawPointer(picture.pointer))
      var offers = values.indices.map { gdk_content_provider_new_for_value(&values[$0]) }
      let both = gdk_content_provider_new_union(&offers, gsize(offers.count))  // takes over the offers
      gdk_clipboard_set_content(clipboard, both)
      g_object_unref(both)
      for index in values.indices { g_value_unset(&values[index]) }

      cgtk_emit(composer.entry.view.raw, "paste-clipboard")
      turnLoop(for: "the words") { composer.entry.text == "cells of a table" }
      XCTAssertTrue(composer.pictures.isSettled && composer.pictures.pictures.isEmpty)
    }
  }
}
