// The composer with its keys: Enter, Shift+Enter, input methods, history, growth, Escape.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class ComposerTests: XCTestCase {
  func testEnterSendsAndShiftEnterStartsANewLine() throws {
    try inComposer { composer, log, _ in
      composer.entry.text = "  two\nlines  "
      XCTAssertFalse(composer.press(GDK_KEY_Return, GDK_SHIFT_MASK.rawValue), "the text view makes the new line")
      XCTAssertEqual(log.sent, [])
      XCTAssertTrue(composer.press(GDK_KEY_Return))
      XCTAssertEqual(log.sent, ["two\nlines"])
      XCTAssertEqual(composer.entry.text, "")
    }
  }

  func testNothingButSpacesIsNotSent() throws {
    try inComposer { composer, log, _ in
      composer.entry.text = " \n "
      XCTAssertFalse(composer.send.isSensitive)
      XCTAssertTrue(composer.press(GDK_KEY_Return), "Enter makes no empty line either")
      XCTAssertEqual(log.sent, [])
    }
  }

  func testAnInputMethodKeepsItsKeysWhileItComposes() throws {
    try inComposer { composer, log, _ in
      composer.entry.text = "ne"
      emitPreedit("ねこ", on: composer.entry.view)
      for key in [GDK_KEY_Return, GDK_KEY_Up, GDK_KEY_Down] { XCTAssertFalse(composer.press(key)) }
      XCTAssertEqual(log.sent, [])
      emitPreedit("", on: composer.entry.view)
      XCTAssertTrue(composer.press(GDK_KEY_Return))
      XCTAssertEqual(log.sent, ["ne"])
    }
  }

  func testThePlaceholderGoesWithTheFirstLetterAndWithTheFirstComposedOne() throws {
    try inComposer { composer, _, _ in
      let shows = { composer.entry.root.texts == ["Write to the assistant"] }
      XCTAssertTrue(shows())
      emitPreedit("ね", on: composer.entry.view)
      XCTAssertFalse(shows())
      emitPreedit("", on: composer.entry.view)
      XCTAssertTrue(shows())
      composer.entry.text = "a"
      XCTAssertFalse(shows())
    }
  }

  func testTheArrowsFetchEarlierMessagesOnlyAtTheEdgesOfTheText() throws {
    try inComposer { composer, _, _ in
      composer.entry.history.learn(["first", "second\nline"])
      composer.entry.text = "draft"
      XCTAssertTrue(composer.press(GDK_KEY_Up))
      XCTAssertEqual(composer.entry.text, "second\nline")
      // The cursor is at the end, in the second line: Up belongs to the text.
      XCTAssertFalse(composer.press(GDK_KEY_Up))
      moveCursorToStart(composer.entry)
      XCTAssertFalse(composer.press(GDK_KEY_Down), "in the first line of two, Down belongs to the text")
      XCTAssertTrue(composer.press(GDK_KEY_Up))
      XCTAssertEqual(composer.entry.text, "first")
      XCTAssertFalse(composer.press(GDK_KEY_Up, GDK_SHIFT_MASK.rawValue), "selecting is no walk")
      XCTAssertTrue(composer.press(GDK_KEY_Down))
      XCTAssertTrue(composer.press(GDK_KEY_Down))
      XCTAssertEqual(composer.entry.text, "draft")
    }
  }

  func testItGrowsWithItsTextAndStopsAtSixLines() throws {
    try inComposer { composer, _, _ in
      let height = { gtk_widget_get_height(composer.entry.root.widget) }
      let one = height()
      composer.entry.text = "1\n2\n3"
      turnLoop(for: "three lines") { height() > one }
      let three = height()
      composer.entry.text = (1...6).map(String.init).joined(separator: "\n")
      turnLoop(for: "six lines") { height() > three }
      let six = height()
      composer.entry.text = (1...40).map(String.init).joined(separator: "\n")
      let adjustment = gtk_scrollable_get_vadjustment(composer.entry.view.pointer)
      turnLoop(for: "forty lines to be laid out") { gtk_adjustment_get_upper(adjustment) > Double(six) * 3 }
      drainMainLoop()
      XCTAssertEqual(height(), six, accuracy: 2)
      composer.entry.text = ""
      turnLoop(for: "one line again") { height() == one }
    }
  }

  func testAPastedBookIsCut() throws {
    try inComposer { composer, _, _ in
      composer.entry.text = String(repeating: "犬", count: ComposerEntry.longest + 50)
      turnLoop(for: "the end to be cut off") { composer.entry.text.count == ComposerEntry.longest }
    }
  }

  func testEscapeStopsAReplyAndOtherwiseLeavesTheKeyToOthers() throws {
    try inComposer { composer, log, _ in
      XCTAssertFalse(composer.escape())
      composer.isReplying = true
      XCTAssertTrue(composer.stop.isVisible)
      XCTAssertTrue(composer.escape())
      XCTAssertEqual(log.stops, 1)
      composer.stop.click()
      XCTAssertEqual(log.stops, 2)
      composer.isReplying = false
      XCTAssertFalse(composer.stop.isVisible)
    }
  }

  func testEditingSendsInPlaceOfTheEarlierMessageAndEscapeLeavesItAsItWas() throws {
    try inComposer { composer, log, _ in
      let message = ChatMessage(author: .user, purpose: .chat, text: "Why a lino?")
      composer.edit(message)
      XCTAssertTrue(composer.editing.isVisible)
      XCTAssertEqual(composer.entry.text, "Why a lino?")
      XCTAssertTrue(composer.escape())
      XCTAssertEqual([composer.entry.text, "\(composer.editing.isVisible)"], ["", "false"])

      composer.edit(message)
      composer.entry.text = "Why a lion?"
      composer.press(GDK_KEY_Return)
      XCTAssertEqual(log.resent.map(\.0), [message.id])
      XCTAssertEqual(log.resent.map(\.1), ["Why a lion?"])
      XCTAssertEqual(log.sent, [])
      XCTAssertFalse(composer.editing.isVisible)
      composer.entry.text = "next"
      composer.press(GDK_KEY_Return)
      XCTAssertEqual(log.sent, ["next"])
    }
  }

  func testALockedComposerSaysWhyAndSendsNothing() throws {
    try inComposer { composer, log, _ in
      composer.entry.text = "hello"
      composer.lock("Your teacher has switched the assistants off.")
      XCTAssertFalse(composer.send.isSensitive)
      XCTAssertFalse(composer.entry.root.isSensitive)
      XCTAssertNotEqual(
        cgtk_accessible_description_is(composer.send.widget, "Your teacher has switched the assistants off."), 0)
      composer.press(GDK_KEY_Return)
      XCTAssertEqual(log.sent, [])
      composer.lock(nil)
      composer.press(GDK_KEY_Return)
      XCTAssertEqual(log.sent, ["hello"])
    }
  }
}

/// What the composer asked for.
@MainActor final class ComposerLog {
  var sent: [String] = []
  var pictures: [Int] = []
  var resent: [(ChatMessage.ID, String)] = []
  var stops = 0
}

/// Runs `body` with a composer on the screen.
func inComposer(_ body: @MainActor (MessageComposer, ComposerLog, ProjectInWindow) throws -> Void) throws {
  try inWindow {
    let project = try ProjectInWindow()
    let log = ComposerLog()
    let composer = MessageComposer(
      workspace: project.workspace,
      .init(
        send: {
          log.sent.append($0)
          log.pictures.append($1.count)
        }, resend: { log.resent.append(($0, $1)) }, stop: { log.stops += 1 }))
    let room = Widget.label().expand(vertically: true)
    project.show(.column(spacing: 0, room, composer.root), width: 340, height: 600)
    try body(composer, log, project)
    try project.close()
  }
}

/// As an input method does when what it composes has changed.
@MainActor private func emitPreedit(_ text: String, on view: Widget) {
  var values = [GValue(), GValue()]
  g_value_init(&values[0], gtk_text_view_get_type())
  g_value_set_object(&values[0], view.raw)
  g_value_init(&values[1], cgtk_type_string())
  g_value_set_string(&values[1], text)
  g_signal_emitv(values, g_signal_lookup("preedit-changed", gtk_text_view_get_type()), 0, nil)
  for index in values.indices { g_value_unset(&values[index]) }
}

@MainActor private func moveCursorToStart(_ entry: ComposerEntry) {
  let buffer = gtk_text_view_get_buffer(entry.view.cast())
  var start = GtkTextIter()
  gtk_text_buffer_get_start_iter(buffer, &start)
  gtk_text_buffer_place_cursor(buffer, &start)
}
