// The chat panel with a real project and the real assistants, offline.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class ChatPanelTests: XCTestCase {
  func testTheConversationOpensWithTheQuestionAndTheFirstAnswerBecomesTheGoal() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      let question = "What kind of AI would you like to create?"
      turnLoop(for: "the opening question") { chat.conversation.root.texts.contains(question) }
      write("  An AI that knows my cats  ", to: chat)
      turnLoop(for: "the goal") { fixture.workspace.snapshot.goal == "An AI that knows my cats" }
      try fixture.close()
    }
  }

  func testAMessageIsShownAnsweredWithItsSourceAndTheEntryIsEmptyAgain() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      write("How many photos are there?", to: chat)
      XCTAssertEqual(chat.composer.typed, "")
      turnLoop(for: "the person's own message") { chat.conversation.root.texts.contains("How many photos are there?") }
      turnLoop(for: "an answer") {
        fixture.workspace.snapshot.messages.last.map { $0.purpose == .chat && $0.author == .passive } == true
      }
      let answer = try XCTUnwrap(fixture.workspace.snapshot.messages.last)
      let badge = try XCTUnwrap(MessageCaption.badge(of: answer), "without a network the source is always named")
      turnLoop(for: "the answer on the screen") { chat.conversation.root.texts.contains(answer.text) }
      XCTAssertTrue(chat.conversation.root.texts.contains(badge))
      XCTAssertEqual(chat.conversation.shownIDs, fixture.workspace.snapshot.messages.map(\.id))
      turnLoop(for: "nobody to be thinking") { chat.conversation.thinking.root.isVisible == false }
      try fixture.close()
    }
  }

  func testAnEmptyMessageIsIgnored() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      turnLoop(for: "the opening question") { fixture.workspace.snapshot.messages.count == 1 }
      XCTAssertFalse(chat.composer.send.isSensitive)
      write("   ", to: chat)
      XCTAssertFalse(chat.composer.send.isSensitive)
      try turningLoop(for: "everything that was sent") { await fixture.session.duet?.settle() }
      XCTAssertEqual(fixture.workspace.snapshot.messages.count, 1)
      try fixture.close()
    }
  }

  func testAnIncomingMessageDoesNotTakeTheFocus() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      fixture.window.project?.focusMessage()
      let before = try XCTUnwrap(gtk_window_get_focus(fixture.root.cast()))
      for author in [ChatMessage.Author.passive, .active] {
        let message = ChatMessage(author: author, purpose: .advice, text: "From \(author)", source: .coach)
        fixture.workspace.do(.say(message))
      }
      turnLoop(for: "both messages") { chat.conversation.root.texts.contains("From active") }
      XCTAssertEqual(gtk_window_get_focus(fixture.root.cast()), before)
      try fixture.close()
    }
  }

  func testWordsThatLookLikeMarkupAreShownAsTheyAre() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      let text = "<b>bold</b> & “{name}”"
      fixture.workspace.do(.say(ChatMessage(author: .passive, purpose: .chat, text: text, source: .network)))
      turnLoop(for: "the message, letter by letter") { chat.conversation.root.texts.contains(text) }
      try fixture.close()
    }
  }

  func testTheSwitchIsRememberedInTheProject() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      let before = fixture.workspace.snapshot.activeAssistantIsOn
      XCTAssertEqual(chat.activeSwitch.isOn, before)
      // Not `gtk_widget_activate`: that waits for an animation, which depends on how fast frames are drawn.
      // The end-to-end test turns the switch as a person does.
      gtk_switch_set_active(chat.activeSwitch.toggle.pointer, before ? 0 : 1)
      turnLoop(for: "the project to say the opposite") { fixture.workspace.snapshot.activeAssistantIsOn != before }
      turnLoop(for: "the switch to say it too") { chat.activeSwitch.isOn != before }
      fixture.session.duet?.setActive(before)
      turnLoop(for: "the switch to follow the project") { chat.activeSwitch.isOn == before }
      fixture.session.duet?.setActive(!before)
      turnLoop(for: "the last change") { chat.activeSwitch.isOn != before }

      let url = fixture.projectURL
      let session = fixture.session
      let remembered = try turningLoop(for: "the project to be opened again") {
        await session.close()
        let again = try await Workspace.openExisting(url)
        defer { Task { await again.close() } }
        return again.snapshot.activeAssistantIsOn
      }
      XCTAssertEqual(remembered, !before)
      try fixture.close()
    }
  }

  func testTheFooterSaysWhatLeftTheComputer() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      XCTAssertTrue(chat.root.texts.contains("0 photos have left this computer"))
      try turningLoop(for: "a request in the ledger") {
        try await fixture.workspace.record(
          OutgoingRequest(
            host: "example.org", isThisComputer: false, bytes: 10,
            photos: [SentPhoto(contentHash: String(repeating: "0", count: 64))], purpose: "chat"))
      }
      turnLoop(for: "the new count") { chat.root.texts.contains("1 photo has left this computer") }
      try fixture.close()
    }
  }

  func testTheNamesThatAssistiveTechnologyReliesOn() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      let header = try XCTUnwrap(fixture.window.project?.header)
      for (widget, name) in [
        (chat.conversation.list, "Conversation"), (chat.composer.entry.view, "Message"), (chat.composer.send, "Send"),
        (chat.activeSwitch.toggle, "Active assistant"), (header.undo, "Undo"), (header.redo, "Redo"),
      ] {
        XCTAssertNotEqual(cgtk_accessible_label_is(widget.widget, name), 0, name)
      }
      XCTAssertEqual(gtk_accessible_get_accessible_role(chat.conversation.list.pointer), GTK_ACCESSIBLE_ROLE_LIST)
      try fixture.close()
    }
  }

  func testTheListStaysAtItsEndButNotForWhoeverReadsFurtherUp() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let list = try XCTUnwrap(fixture.window.project?.chat).conversation
      let adjustment = try XCTUnwrap(gtk_scrolled_window_get_vadjustment(list.scroller.pointer))
      let end = { gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment) }
      for number in 1...30 { fixture.workspace.do(.say(advice(number))) }
      turnLoop(for: "thirty messages and the position at their end") {
        list.shownIDs.count == 31 && end() > 500 && gtk_adjustment_get_value(adjustment) == end()
      }
      XCTAssertFalse(list.newest.isVisible)

      gtk_adjustment_set_value(adjustment, 100)
      fixture.workspace.do(.say(advice(31)))
      turnLoop(for: "the button to the new message") { list.newest.isVisible }
      drainMainLoop()
      XCTAssertEqual(gtk_adjustment_get_value(adjustment), 100)

      list.newest.click()
      turnLoop(for: "the end") { gtk_adjustment_get_value(adjustment) == end() && !list.newest.isVisible }
      try fixture.close()
    }
  }

  func testBeforeAnythingLeavesTheOwnerIsAskedByTheHostsName() throws {
    try inWindow {
      let fixture = try WindowFixture(network: SilentAssistant(host: "models.example.org", isThisComputer: false))
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      turnLoop(for: "the question") { chat.consent.root.texts.contains { $0.contains("models.example.org") } }
      try XCTUnwrap(chat.consent.root.button("Words and photos")).click()
      turnLoop(for: "the project to know") {
        fixture.workspace.snapshot.consents == ["models.example.org": .wordsAndPhotos]
      }
      turnLoop(for: "the question to go") { !chat.consent.root.isVisible }
      try fixture.close()
    }
  }

  func testAnAssistantOnThisComputerNeedsNoQuestion() throws {
    try inWindow {
      let fixture = try WindowFixture(network: SilentAssistant(host: "localhost", isThisComputer: true))
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      fixture.workspace.do(.setTest(tinyPhoto, features: [Float](repeating: 0, count: ExtractorID.dimension), nil))
      turnLoop(for: "the test photo") { fixture.workspace.snapshot.test != nil }
      drainMainLoop()
      XCTAssertFalse(chat.consent.root.isVisible)
      try fixture.close()
    }
  }
}

@MainActor private func write(_ text: String, to chat: ChatPanel) {
  chat.composer.entry.text = text
  chat.composer.press(GDK_KEY_Return)
}

private let tinyPhoto = ImportedPhoto(
  name: "a.jpg", contentHash: String(repeating: "a", count: 64), width: 1, height: 1, copy: Data([1]),
  thumbnail: Data([1]))

private func advice(_ number: Int) -> ChatMessage {
  ChatMessage(author: .passive, purpose: .advice, text: "Message number \(number)", source: .coach)
}

/// Is there, and never answers.
private struct SilentAssistant: NetworkAssistant {
  let host: String
  let isThisComputer: Bool
  func reply(
    to body: Data, onText: @escaping @Sendable (String) -> Void
  ) async throws(ReplyError) -> NetworkReply { throw .badAddress }
}
