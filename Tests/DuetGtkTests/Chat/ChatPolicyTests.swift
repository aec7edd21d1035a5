// A teacher's policy in the window: what is locked cannot be used, and says why.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class ChatPolicyTests: XCTestCase {
  func testAssistantsThatAreOffSaySoAndLockEverythingThatWouldAskThem() throws {
    try inWindow {
      var policy = AssistantPolicy()
      policy.assistantsOff = true
      let reason = try XCTUnwrap(policy.reason(for: .assistants))
      let fixture = try WindowFixture(policy: policy)
      let page = try XCTUnwrap(fixture.window.project)
      let chat = try XCTUnwrap(page.chat)
      fixture.workspace.do(.addCategory(name: "Red"))
      fixture.workspace.do(.say(ChatMessage(author: .user, purpose: .chat, text: "From before")))
      turnLoop(for: "a category and a message") { page.teach.cards.count == 1 && chat.conversation.shownIDs.count == 1 }

      XCTAssertTrue(chat.root.texts.contains(reason))
      let ask = page.teach.cards[0].card.ask
      for (widget, name) in [
        (chat.composer.send, "Send"), (chat.activeSwitch.toggle, "Active assistant"), (ask, "Ask"),
        (page.test.ask, "Ask about the result"),
      ] {
        XCTAssertFalse(widget.isSensitive, name)
        XCTAssertNotEqual(cgtk_accessible_description_is(widget.widget, reason), 0, name)
      }
      XCTAssertFalse(chat.composer.entry.root.isSensitive)
      let edit = chat.conversation.row(chat.conversation.shownIDs[0])?.buttons[.edit]
      XCTAssertEqual(edit?.isVisible, false, "nothing to send again either")
      try fixture.close()
    }
  }

  func testWithoutAPolicyNothingIsLocked() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      XCTAssertFalse(chat.policyNote.isVisible)
      XCTAssertTrue(chat.composer.entry.root.isSensitive && chat.activeSwitch.toggle.isSensitive)
      try fixture.close()
    }
  }

  func testPhotosThatMayNotBeSentCannotBeAgreedToAndNotBeAttached() throws {
    try inWindow {
      var policy = AssistantPolicy()
      policy.noPhotos = true
      let reason = try XCTUnwrap(policy.reason(for: .photos))
      let stranger = ScriptedAssistant(host: "models.example.org", isThisComputer: false)
      let fixture = try WindowFixture(network: stranger, policy: policy)
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      turnLoop(for: "the question") { chat.consent.root.isVisible }
      let all = try XCTUnwrap(chat.consent.root.button("Words and photos"))
      XCTAssertFalse(all.isSensitive)
      XCTAssertNotEqual(cgtk_accessible_description_is(all.widget, reason), 0)
      XCTAssertEqual(chat.consent.root.button("Words only")?.isSensitive, true)
      chat.composer.pictures.take(.picture(try ProjectInWindow.texture(0, channel: 0)))
      XCTAssertEqual(fixture.workspace.notice?.text, reason)
      XCTAssertTrue(chat.composer.pictures.isSettled)
      try fixture.close()
    }
  }

  func testHintsInsteadOfAnswersAreAnnounced() throws {
    try inWindow {
      var policy = AssistantPolicy()
      policy.hintsOnly = true
      let fixture = try WindowFixture(policy: policy)
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      XCTAssertTrue(chat.root.texts.contains("Your teacher wants the assistants to give hints instead of answers."))
      XCTAssertTrue(chat.composer.entry.root.isSensitive)
      try fixture.close()
    }
  }
}
