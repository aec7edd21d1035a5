// The preferences window: an address that is none is answered in the window, a good form is saved and closes it.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

final class PreferencesWindowTests: XCTestCase {
  private var folder = URL(fileURLWithPath: "/")

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("preferences-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    setenv("XDG_CONFIG_HOME", folder.path, 1)
  }

  override func tearDownWithError() throws {
    unsetenv("XDG_CONFIG_HOME")
    try FileManager.default.removeItem(at: folder)
  }

  func testABadAddressIsSaidAndAGoodFormIsAppliedOnce() throws {
    try inWindow {
      let before = SignalBox.live
      let parent = Widget(gtk_window_new())
      var applied: [AssistantSettings] = []
      weak var preferences: PreferencesWindow?
      preferences = PreferencesWindow.show(AssistantForm(), over: parent) { applied.append($0) }
      do {
        let (address, save, window) = try {
          let shown = try XCTUnwrap(preferences)
          return (shown.address, shown.save, shown.window)
        }()
        gtk_editable_set_text(address.pointer, "not an address")
        save.click()
        turnLoop(for: "the sentence about the address") { window.texts.contains(ReplyError.badAddress.message) }
        XCTAssertEqual(applied, [])

        gtk_editable_set_text(address.pointer, "")
        save.click()
        turnLoop(for: "the settings") { applied.count == 1 }
      }
      XCTAssertEqual(applied.first?.isOffline, true)
      turnLoop(for: "the window to let go of its form") { preferences == nil }
      gtk_window_destroy(parent.cast())
      turnLoop(for: "its handlers to be freed") { SignalBox.live == before }
    }
  }

  func testTheConnectionIsTestedInWordsBeforeAnythingIsSaved() throws {
    try inWindow {
      let parent = Widget(gtk_window_new())
      weak var preferences: PreferencesWindow?
      preferences = PreferencesWindow.show(AssistantForm(), over: parent) { _ in XCTFail("nothing was saved") }
      do {
        let shown = try XCTUnwrap(preferences)
        shown.test.button.click()
        turnLoop(for: "the sentence about an empty address") {
          shown.test.sentence.text == "There is no address, so there is nothing to test: the app stays offline."
        }
        gtk_editable_set_text(shown.address.pointer, "http://127.0.0.1:1/v1")  // nobody listens on port 1
        shown.test.button.click()
        XCTAssertFalse(shown.test.button.isSensitive, "one test at a time")
        turnLoop(for: "the sentence about a closed port") {
          shown.test.sentence.text == ReplyError.refused(host: "127.0.0.1").message
        }
        XCTAssertTrue(shown.test.button.isSensitive)
        gtk_window_close(shown.window.cast())
      }
      turnLoop(for: "the window to let go of its form") { preferences == nil }
      gtk_window_destroy(parent.cast())
    }
    XCTAssertNil(AssistantPreferences.load(environment: ProcessInfo.processInfo.environment).baseURL)
  }

  func testAPolicyLocksWhatItDecidesAndSaysWhy() throws {
    try inWindow {
      let parent = Widget(gtk_window_new())
      var form = AssistantForm()
      form.policy.cacheOnly = true
      let locked = PreferencesWindow(form) { _ in }
      let reason = try XCTUnwrap(form.policy.reason(for: .network))
      XCTAssertFalse(locked.address.isSensitive || locked.model.isSensitive || locked.test.button.isSensitive)
      XCTAssertEqual(gtk_widget_get_tooltip_text(locked.address.widget).map { String(cString: $0) }, reason)
      gtk_window_destroy(locked.window.cast())

      var shared = AssistantForm()
      shared.policy.baseURL = "http://server.school/v1"
      let open = PreferencesWindow(shared) { _ in }
      XCTAssertFalse(open.address.isSensitive)
      XCTAssertTrue(open.model.isSensitive && open.test.button.isSensitive)
      XCTAssertEqual(gtk_editable_get_text(open.address.pointer).map { String(cString: $0) }, "http://server.school/v1")
      gtk_window_destroy(open.window.cast())
      gtk_window_destroy(parent.cast())
    }
  }
}
