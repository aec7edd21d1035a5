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
}
