// The window around a project: header, baseline, toasts, and that nothing stays behind when it is gone.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

final class MainWindowTests: XCTestCase {
  func testTheBaselineHasNoChatNoAskButtonsAndNoSwitch() throws {
    try inWindow {
      let full = try WindowFixture()
      let baseline = try WindowFixture(baseline: true)
      XCTAssertNotNil(full.window.project?.chat)
      XCTAssertNil(baseline.window.project?.chat)
      XCTAssertEqual(full.root.all(gtk_switch_get_type()).count, 1)
      XCTAssertEqual(baseline.root.all(gtk_switch_get_type()).count, 0)
      XCTAssertEqual(full.root.all(adw_flap_get_type()).count, 1)
      XCTAssertEqual(baseline.root.all(adw_flap_get_type()).count, 0)
      XCTAssertNotNil(full.window.project?.header.chatToggle)
      XCTAssertNil(baseline.window.project?.header.chatToggle)
      for fixture in [full, baseline] {
        fixture.workspace.addCategory(named: "Edible")
        turnLoop(for: "the category") { fixture.window.project?.teach.cards.count == 1 }
      }
      turnLoop(for: "an Ask button in the full app") { !askButtons(in: full).isEmpty }
      XCTAssertEqual(askButtons(in: baseline).count, 0)
      XCTAssertNil(baseline.workspace.snapshot.messages.first, "nobody speaks in the baseline")
      try full.close()
      try baseline.close()
    }
  }

  func testUndoAndRedoSayWhatTheyWouldDo() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let header = try XCTUnwrap(fixture.window.project?.header)
      XCTAssertFalse(header.undo.isSensitive)
      fixture.workspace.addCategory(named: "Edible")
      turnLoop(for: "something to undo") { header.undo.isSensitive }
      let what = try XCTUnwrap(fixture.workspace.snapshot.undoTitle)
      XCTAssertEqual(tooltip(header.undo), "Undo: \(what)")
      header.undo.click()
      turnLoop(for: "the category to go") { fixture.workspace.snapshot.categories.isEmpty }
      turnLoop(for: "something to redo") { header.redo.isSensitive && !header.undo.isSensitive }
      gtk_widget_activate_action_variant(fixture.root.widget, "win.redo", nil)
      turnLoop(for: "the category to come back") { fixture.workspace.snapshot.categories.map(\.name) == ["Edible"] }
      try fixture.close()
    }
  }

  func testTheTitleIsTheFilesNameAndEverythingIsSaved() throws {
    try inWindow {
      let fixture = try WindowFixture()
      turnLoop(for: "title and subtitle") {
        fixture.root.texts.contains("garden") && fixture.root.texts.contains("Everything is saved")
      }
      XCTAssertEqual(gtk_window_get_title(fixture.root.cast()).map { String(cString: $0) }, "garden")
      fixture.window.show(StartPage(recent: [], hasAssistants: true) { _ in })
      XCTAssertEqual(gtk_window_get_title(fixture.root.cast()).map { String(cString: $0) }, "DuetML")
      try fixture.close()
    }
  }

  func testANoticeBecomesAToastOnce() throws {
    try inWindow {
      let fixture = try WindowFixture()
      for number in 1...(DuetEngine.Category.limit + 1) { fixture.workspace.addCategory(named: "Number \(number)") }
      turnLoop(for: "the refusal of the eleventh category") { fixture.workspace.notice != nil }
      let text = try XCTUnwrap(fixture.workspace.notice?.text)
      turnLoop(for: "the toast") { fixture.root.texts.contains(text) }
      XCTAssertEqual(fixture.workspace.snapshot.categories.count, DuetEngine.Category.limit)
      try fixture.close()
    }
  }

  func testARefusedPhotoIsNamedWithItsReasonBehindDetails() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let bad = fixture.folder.appendingPathComponent("beach.jpg")
      try Data("not a photo".utf8).write(to: bad)
      fixture.workspace.addCategory(named: "Edible")
      turnLoop(for: "the category") { !fixture.workspace.snapshot.categories.isEmpty }
      fixture.workspace.importPhotos([.file(bad)], into: try XCTUnwrap(fixture.workspace.snapshot.categories.first).id)
      turnLoop(for: "the refusal") { fixture.workspace.notice?.details.isEmpty == false }
      turnLoop(for: "the toast's button") { fixture.root.button("Details") != nil }
      let windows = try XCTUnwrap(gtk_window_get_toplevels())
      let before = g_list_model_get_n_items(windows)
      fixture.root.button("Details")?.click()
      turnLoop(for: "the dialog") { g_list_model_get_n_items(windows) == before + 1 }
      let dialog = Widget(retaining: OpaquePointer(g_list_model_get_item(windows, before)))
      turnLoop(for: "the photo's name in the dialog") { dialog.texts.contains { $0.contains("beach.jpg") } }
      gtk_window_destroy(dialog.cast())
      try fixture.close()
    }
  }

  func testTheChatCanBeHiddenAndCtrlLBringsItBack() throws {
    try inWindow {
      let fixture = try WindowFixture()
      let page = try XCTUnwrap(fixture.window.project)
      XCTAssertTrue(page.showsChat)
      page.toggleChat()
      XCTAssertFalse(page.showsChat)
      gtk_widget_activate_action_variant(fixture.root.widget, "win.focus-message", nil)
      XCTAssertTrue(page.showsChat)
      try fixture.close()
    }
  }

  func testClosingAsksTheApplicationAndNothingStaysBehind() throws {
    try inWindow {
      try WindowFixture().close()  // GTK keeps what it makes once, such as its settings
      let before = SignalBox.live
      var asked = 0
      do {
        let window = MainWindow(onClose: { asked += 1 })
        window.show(StartPage(recent: [], hasAssistants: true) { _ in })
        window.present()
        gtk_window_close(window.window.cast())
        turnLoop(for: "the question to the application") { asked == 1 }
        window.destroy()
      }
      drainMainLoop()
      XCTAssertEqual(SignalBox.live, before, "start page")
      try WindowFixture().close()
      XCTAssertEqual(SignalBox.live, before, "project page")
      try WindowFixture(baseline: true).close()
      XCTAssertEqual(SignalBox.live, before, "baseline page")
    }
  }
}

@MainActor private func askButtons(in fixture: WindowFixture) -> [Widget] {
  fixture.root.all(gtk_button_get_type()).filter {
    $0.isVisible
      && ["Ask the assistant about Edible", "Ask the assistant about this result"].contains(where: $0.isCalled)
  }
}

@MainActor private func tooltip(_ widget: Widget) -> String {
  gtk_widget_get_tooltip_text(widget.widget).map { String(cString: $0) } ?? ""
}

extension Widget {
  /// Whether assistive technology calls it `name`.
  @MainActor fileprivate func isCalled(_ name: String) -> Bool { cgtk_accessible_label_is(widget, name) != 0 }
}
