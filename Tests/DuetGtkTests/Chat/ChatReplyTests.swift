// A reply on its way through the panel: streaming, stopping, asking again, editing, sending again after a failure.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class ChatReplyTests: XCTestCase {
  func testAReplyStreamsInAndBecomesTheMessage() throws {
    try withReplies { chat, fixture, assistant in
      let draft = try XCTUnwrap(chat.conversation.drafts[.passive])
      ask("Why?", chat, assistant)
      XCTAssertTrue(chat.conversation.thinking.root.isVisible)
      XCTAssertTrue(chat.composer.stop.isVisible)
      XCTAssertFalse(draft.root.isVisible)

      assistant.say("Because it ")
      turnLoop(for: "the first words") { draft.root.isVisible && draft.shownText.hasPrefix("Because") }
      XCTAssertFalse(chat.conversation.thinking.root.isVisible, "the words say it themselves")
      assistant.say("looks like\nan apple.")
      turnLoop(for: "all words") { draft.shownText == "Because it looks like\nan apple." }
      XCTAssertEqual(fixture.workspace.snapshot.messages.last?.author, .user, "a draft is not in the project")

      assistant.finish("Because it looks like\nan apple.")
      turnLoop(for: "the message") { chat.conversation.root.texts.contains("Because it looks like\nan apple.") }
      turnLoop(for: "the draft to go") { !draft.root.isVisible && !chat.composer.stop.isVisible }
    }
  }

  func testStopKeepsWhatWasSaidAndMarksIt() throws {
    try withReplies { chat, fixture, assistant in
      ask("Tell me everything", chat, assistant)
      assistant.say("Once upon a time")
      turnLoop(for: "the words") { chat.conversation.drafts[.passive]?.shownText == "Once upon a time" }
      chat.composer.stop.click()
      turnLoop(for: "the stopped message") { fixture.workspace.snapshot.messages.last?.isStopped == true }
      turnLoop(for: "its mark") { chat.conversation.root.texts.contains("Stopped") }
      XCTAssertEqual(fixture.workspace.snapshot.messages.last?.text, "Once upon a time")
    }
  }

  func testEscapeAnywhereInThePanelStopsToo() throws {
    try withReplies { chat, fixture, assistant in
      let keys = try XCTUnwrap(chat.keys)
      XCTAssertEqual(cgtk_emit_key(keys.raw, guint(GDK_KEY_Escape), GdkModifierType(0)), 0, "nothing to stop")
      ask("Tell me everything", chat, assistant)
      assistant.say("Once")
      turnLoop(for: "the words") { chat.conversation.drafts[.passive]?.shownText == "Once" }
      XCTAssertNotEqual(cgtk_emit_key(keys.raw, guint(GDK_KEY_Escape), GdkModifierType(0)), 0)
      turnLoop(for: "the stopped message") { fixture.workspace.snapshot.messages.last?.isStopped == true }
    }
  }

  func testAnotherAnswerTakesThePlaceOfTheFirst() throws {
    try withReplies { chat, fixture, assistant in
      ask("Why?", chat, assistant)
      assistant.finish("No idea.")
      let row = try XCTUnwrap(row(saying: "No idea.", chat, fixture))
      let again = try XCTUnwrap(row.buttons[.regenerate])
      XCTAssertTrue(again.isVisible)
      turnLoop(for: "the end of the turn") { fixture.session.duet?.passiveIsThinking == false }
      again.click()
      turnLoop(for: "the second request") { assistant.requests == 2 && assistant.isAsked }
      assistant.finish("It is round.")
      turnLoop(for: "the other answer") { chat.conversation.root.texts.contains("It is round.") }
      XCTAssertFalse(chat.conversation.root.texts.contains("No idea."))
      XCTAssertEqual(chat.conversation.shownIDs, fixture.workspace.snapshot.messages.map(\.id))
    }
  }

  func testAnEditedMessageReplacesTheOldOneAndWhatFollowedIt() throws {
    try withReplies { chat, fixture, assistant in
      ask("Why a lino?", chat, assistant)
      assistant.finish("What is a lino?")
      _ = row(saying: "What is a lino?", chat, fixture)
      turnLoop(for: "the end of the turn") { fixture.session.duet?.passiveIsThinking == false }
      let own = try XCTUnwrap(row(saying: "Why a lino?", chat, fixture))
      try XCTUnwrap(own.buttons[.edit]).click()
      XCTAssertEqual(chat.composer.entry.text, "Why a lino?")
      ask("Why a lion?", chat, assistant)
      assistant.finish("Nobody taught it animals.")
      turnLoop(for: "the new answer") { chat.conversation.root.texts.contains("Nobody taught it animals.") }
      XCTAssertTrue(chat.conversation.root.texts.contains("Why a lion?"))
      for old in ["Why a lino?", "What is a lino?"] { XCTAssertFalse(chat.conversation.root.texts.contains(old), old) }
    }
  }

  func testAMessageWithoutAnAnswerCanBeSentAgain() throws {
    try withReplies { chat, fixture, assistant in
      ask("Why?", chat, assistant)
      assistant.end(.failure(.wrongKey))
      turnLoop(for: "the note") { fixture.workspace.snapshot.messages.contains(where: \.failed) }
      let note = try XCTUnwrap(fixture.workspace.snapshot.messages.first(where: \.failed))
      let row = try XCTUnwrap(row(saying: note.text, chat, fixture))
      turnLoop(for: "the end of the turn") { fixture.session.duet?.passiveIsThinking == false }
      XCTAssertNotEqual(row.buttons[.regenerate]?.isVisible, true, "a note of the app is no answer")
      let again = try XCTUnwrap(row.buttons[.sendAgain])
      XCTAssertTrue(again.isVisible)
      again.click()
      turnLoop(for: "the second request") { assistant.requests == 2 && assistant.isAsked }
      assistant.finish("Here I am.")
      turnLoop(for: "the answer") { chat.conversation.root.texts.contains("Here I am.") }
      XCTAssertEqual(fixture.workspace.snapshot.messages.filter { $0.text == "Why?" }.count, 1)
    }
  }

  func testWhatTheServerCouldNotDoIsSaidBelowTheAnswer() throws {
    try withReplies { chat, fixture, _ in
      var extras = MessageExtras()
      extras.notes = [.withoutPictures]
      fixture.workspace.do(
        .say(ChatMessage(author: .passive, purpose: .chat, text: "Hm.", source: .network, extras: extras)))
      turnLoop(for: "the note") { chat.conversation.root.texts.contains(ReplyNote.withoutPictures.sentence) }
    }
  }

  func testAGrowingReplyHasRoomForAllItsLinesAndStaysInSight() throws {
    try withReplies { chat, fixture, assistant in
      for number in 1...12 {
        fixture.workspace.do(
          .say(ChatMessage(author: .passive, purpose: .chat, text: "Number \(number) is here.", source: .network)))
      }
      ask("Why?", chat, assistant)
      let draft = try XCTUnwrap(chat.conversation.drafts[.passive])
      let adjustment = try XCTUnwrap(gtk_scrolled_window_get_vadjustment(chat.conversation.scroller.pointer))
      for words in [
        "A lion looks more like your fruit than like your flowers,\nbecause it is yellow and round, ",
        "and the rest of your photos are neither yellow nor round at all, which",
      ] {
        let before = draft.shownText
        assistant.say(words)
        turnLoop(for: "more words") { draft.shownText.count > before.count }
        turnLoop(for: "room for all of them") { hasRoom(draft.root) }
        turnLoop(for: "the end in sight") {
          gtk_adjustment_get_value(adjustment)
            == gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment)
        }
      }
    }
  }

  func testManyWordsInOneFrameAreDrawnOnce() throws {
    try inWindow {
      let project = try ProjectInWindow()
      let draft = DraftBubble(.passive)
      draft.show("a")
      project.show(.column(draft.root), width: 300, height: 200)
      turnLoop(for: "the first word") { draft.shownText == "a" }
      draft.show("a b")
      draft.show("a b c")
      XCTAssertEqual(draft.shownText, "a", "words wait for the next frame")
      turnLoop(for: "the last of them") { draft.shownText == "a b c" }
      draft.show("a b c d")
      draft.show(nil)
      XCTAssertEqual([draft.shownText, "\(draft.root.isVisible)"], ["", "false"])
      try project.close()
    }
  }
}

/// A window whose assistant says what the test wants, with the goal already told.
@MainActor private func inReplies(
  _ body: @MainActor (ChatPanel, WindowFixture, ScriptedAssistant) throws -> Void
) throws {
  let assistant = ScriptedAssistant()
  let fixture = try WindowFixture(network: assistant)
  let chat = try XCTUnwrap(fixture.window.project?.chat)
  try body(chat, fixture, assistant)
  try fixture.close()
}

private func withReplies(_ body: @MainActor (ChatPanel, WindowFixture, ScriptedAssistant) throws -> Void) throws {
  try inWindow { try inReplies(body) }
}

/// Sends a message, and waits until the assistant has heard it.
@MainActor private func ask(_ text: String, _ chat: ChatPanel, _ assistant: ScriptedAssistant) {
  chat.composer.entry.text = text
  chat.composer.press(GDK_KEY_Return)
  turnLoop(for: "the request") { assistant.isAsked }
  turnLoop(for: "the person's own message") { chat.conversation.root.texts.contains(text) }
}

/// Whether every label inside is as high as its lines are at its present width, and ends inside of `widget`.
@MainActor private func hasRoom(_ widget: Widget) -> Bool {
  widget.all(gtk_label_get_type()).allSatisfy { label in
    var height: Int32 = 0
    pango_layout_get_pixel_size(gtk_label_get_layout(label.pointer), nil, &height)
    var end = 0.0
    gtk_widget_translate_coordinates(label.widget, widget.widget, 0, Double(height), nil, &end)
    return gtk_widget_get_height(label.widget) >= height && end <= Double(gtk_widget_get_height(widget.widget))
  }
}

/// The row of the message with this text, once it is on the screen.
@MainActor private func row(saying text: String, _ chat: ChatPanel, _ fixture: WindowFixture) -> MessageRow? {
  func find() -> MessageRow? {
    fixture.workspace.snapshot.messages.last { $0.text == text }.flatMap { chat.conversation.row($0.id) }
  }
  turnLoop(for: "“\(text)” on the screen") { find() != nil }
  return find()
}
