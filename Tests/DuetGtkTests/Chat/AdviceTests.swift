// The active assistant in the panel: its advice can be put aside, takes no focus, and waits for a busy person.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class AdviceTests: XCTestCase {
  func testAdviceThatWasDismissedIsOutOfTheWayAndStaysInTheProject() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      let advice = ChatMessage(author: .active, purpose: .advice, text: "Add more photos.", source: .network)
      fixture.workspace.do(.say(advice))
      turnLoop(for: "the advice") { chat.conversation.row(advice.id) != nil }
      try XCTUnwrap(chat.conversation.row(advice.id)?.buttons[.dismissAdvice]).click()
      turnLoop(for: "the advice to go") { chat.conversation.row(advice.id) == nil }
      XCTAssertNotNil(fixture.workspace.snapshot.dismissedAdvice[advice.id])
      XCTAssertTrue(fixture.workspace.snapshot.messages.contains { $0.id == advice.id })
      try fixture.close()
    }
  }

  func testTypingAndDraggingAreBusyAndSendingIsNot() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let duet = try XCTUnwrap(fixture.session.duet)
      let chat = try XCTUnwrap(fixture.window.project?.chat)
      XCTAssertFalse(duet.personIsBusy)
      let buffer = gtk_text_view_get_buffer(chat.composer.entry.view.cast())
      gtk_text_buffer_insert_at_cursor(buffer, "Why", 3)
      XCTAssertTrue(duet.personIsBusy)
      chat.composer.press(GDK_KEY_Return)
      XCTAssertFalse(duet.personIsBusy)

      let drags = try XCTUnwrap(fixture.window.project?.drags)
      emitDrag("enter", on: drags)
      XCTAssertTrue(duet.personIsBusy)
      cgtk_emit(drags.raw, "leave")
      XCTAssertFalse(duet.personIsBusy)
      try fixture.close()
    }
  }

  func testAHalfWrittenMessageThatIsLeftBehindIsNotTypingForEver() throws {
    try inWindow {
      var told: [Bool] = []
      let busy = PersonBusy(typingPause: .milliseconds(1)) { told.append($0) }
      busy.typed()
      turnLoop(for: "the end of the typing") { told == [true, false] }
    }
  }

  func testADragThatEndsWhileSomebodyTypesStaysBusy() throws {
    try inWindow {
      var told: [Bool] = []
      let busy = PersonBusy { told.append($0) }
      let area = Widget.label()
      let drags = busy.watchDrags(over: area)
      emitDrag("enter", on: drags)
      busy.typed()
      cgtk_emit(drags.raw, "leave")
      XCTAssertEqual(told, [true])
      busy.stoppedTyping()
      XCTAssertEqual(told, [true, false])
    }
  }
}

/// As GTK does when a drag comes in, at (1, 1).
@MainActor private func emitDrag(_ signal: String, on controller: GObjectRef) {
  var values = [GValue(), GValue(), GValue()]
  g_value_init(&values[0], gtk_drop_controller_motion_get_type())
  g_value_set_object(&values[0], controller.raw)
  for index in 1...2 {
    g_value_init(&values[index], cgtk_type_double())
    g_value_set_double(&values[index], 1)
  }
  g_signal_emitv(values, g_signal_lookup(signal, gtk_drop_controller_motion_get_type()), 0, nil)
  for index in values.indices { g_value_unset(&values[index]) }
}
