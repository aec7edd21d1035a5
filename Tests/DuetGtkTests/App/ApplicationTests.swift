// How projects come and go in the application: first start, new, coming back, saving under a name, closing.
// Each test has a data folder of its own.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

final class ApplicationTests: XCTestCase {
  private var folder = URL(fileURLWithPath: "/")

  private static let variables = ["XDG_DATA_HOME", "XDG_CONFIG_HOME"]

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("app-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for variable in Self.variables { setenv(variable, folder.path, 1) }
  }

  override func tearDownWithError() throws {
    for variable in Self.variables { unsetenv(variable) }
    try FileManager.default.removeItem(at: folder)
  }

  func testTheFirstStartShowsTheStartPageAndLaterOnesTheLastProject() throws {
    try inWindow {
      try withApplication(LaunchOptions()) { app in
        turnLoop(for: "the start page") { app.window?.page is StartPage }
      }
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project != nil }
        app.session?.workspace.addCategory(named: "Edible")
        turnLoop(for: "the category") { app.session?.workspace.snapshot.categories.count == 1 }
      }
      try withApplication(LaunchOptions()) { app in
        turnLoop(for: "the last project at once") { app.window?.project != nil }
        XCTAssertEqual(app.session?.workspace.snapshot.categories.map(\.name), ["Edible"])
      }
    }
  }

  func testANewProjectInWhichNothingHappenedLeavesNoFile() throws {
    try inWindow {
      var file: URL?
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project != nil }
        file = app.session?.workspace.fileURL
        XCTAssertTrue(FileManager.default.fileExists(atPath: try XCTUnwrap(file).path))
      }
      XCTAssertFalse(FileManager.default.fileExists(atPath: try XCTUnwrap(file).path))
    }
  }

  func testANewProjectKeepsTheEarlierOneOnTheStartPage() throws {
    try inWindow {
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project != nil }
        app.session?.duet?.send("An AI for my garden")
        turnLoop(for: "the goal") { app.session?.workspace.snapshot.goal != nil }
        app.inOrder { await $0.newProject() }
        turnLoop(for: "another project") { app.session.map { $0.workspace.snapshot.goal == nil } == true }
        app.inOrder { await $0.showStartPage() }
        turnLoop(for: "the start page") { app.window?.page is StartPage }
        turnLoop(for: "the earlier project's goal on it") {
          app.window?.window.texts.contains("An AI for my garden") == true
        }
      }
    }
  }

  func testSavingUnderANameGoesOnThereAndLeavesNoSecondCopyBehind() throws {
    let named = folder.appendingPathComponent("garden.duet")
    try inWindow {
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project != nil }
        let untitled = try XCTUnwrap(app.session?.workspace.fileURL)
        app.session?.workspace.addCategory(named: "Edible")
        app.inOrder { await $0.save(as: named) }
        turnLoop(for: "the project under its name") { app.session?.isAt(named) == true && app.window?.project != nil }
        XCTAssertEqual(app.session?.workspace.snapshot.categories.map(\.name), ["Edible"])
        turnLoop(for: "the untitled file to go") { !FileManager.default.fileExists(atPath: untitled.path) }
      }
      try withApplication(LaunchOptions()) { app in
        turnLoop(for: "the named project") { app.session?.isAt(named) == true }
      }
    }
  }

  func testAFileThatIsNoProjectIsRefusedInWordsAndThePresentOneStays() throws {
    let bad = folder.appendingPathComponent("letter.duet")
    try Data("Dear aunt".utf8).write(to: bad)
    try inWindow {
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project != nil }
        let before = app.session?.workspace.fileURL
        app.carryOut(LaunchOptions(file: bad.path))
        var dialog: Widget?
        turnLoop(for: "the bad news") {
          dialog = toplevels().first { $0.texts.contains { $0.contains("“letter.duet” is not a DuetML project") } }
          return dialog != nil
        }
        XCTAssertEqual(app.session?.workspace.fileURL, before)
        XCTAssertNotNil(app.window?.project)
        if let dialog { gtk_window_destroy(dialog.cast()) }
      }
    }
  }

  func testTheBaselineIsAnotherViewOfTheSameProject() throws {
    try inWindow {
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project?.chat != nil }
        app.session?.workspace.addCategory(named: "Edible")
        turnLoop(for: "the category") { app.session?.workspace.snapshot.categories.count == 1 }
        let file = app.session?.workspace.fileURL
        app.carryOut(LaunchOptions(baseline: true))
        turnLoop(for: "the baseline") { app.window?.project != nil && app.window?.project?.chat == nil }
        XCTAssertEqual(app.session?.workspace.fileURL, file)
        XCTAssertNil(app.session?.duet)
      }
    }
  }

  func testWantedBackWhileClosingTheWindowStays() throws {
    try inWindow {
      try withApplication(LaunchOptions(new: true)) { app in
        turnLoop(for: "a new project") { app.window?.project != nil }
        app.session?.workspace.addCategory(named: "Edible")
        turnLoop(for: "the category") { app.session?.workspace.snapshot.categories.count == 1 }
        app.closeWindow()
        XCTAssertEqual(app.window?.window.isVisible, false, "the window goes at once")
        app.carryOut(LaunchOptions())
        turnLoop(for: "the project to be back") { app.window?.project != nil && app.window?.window.isVisible == true }
        XCTAssertEqual(app.session?.workspace.snapshot.categories.map(\.name), ["Edible"])
      }
    }
  }
}

@MainActor private var applicationCount = 0

/// An application started with `options`, closed after `body`.
@MainActor private func withApplication(_ options: LaunchOptions, _ body: (Application) throws -> Void) throws {
  // GLib keeps an application's name on the bus until it has run, so each one gets a name of its own.
  applicationCount += 1
  let app = Application(identifier: "\(DuetMLApp.identifier).Test\(applicationCount)")
  XCTAssertTrue(app.register())
  app.carryOut(options)
  try body(app)
  app.closeWindow()
  turnLoop(for: "the application to close") { app.window == nil }
}

@MainActor private func toplevels() -> [Widget] {
  guard let windows = gtk_window_get_toplevels() else { return [] }
  return (0..<g_list_model_get_n_items(windows)).compactMap { index in
    g_list_model_get_item(windows, index).map { Widget(adopting: OpaquePointer($0)) }
  }
}
