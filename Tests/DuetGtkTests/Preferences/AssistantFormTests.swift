// What the preferences keep, where, and what an environment variable changes. Each test has a folder of its own;
// no test saves a key, so no keyring is touched.

import DuetEngine
import Foundation
import XCTest

@testable import DuetGtk

final class AssistantFormTests: XCTestCase {
  private var folder = URL(fileURLWithPath: "/")

  override func setUpWithError() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("form-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    setenv("XDG_CONFIG_HOME", folder.path, 1)
  }

  override func tearDownWithError() throws {
    for variable in ["XDG_CONFIG_HOME", "DUETML_MODEL"] { unsetenv(variable) }
    try FileManager.default.removeItem(at: folder)
  }

  func testWithoutPreferencesItIsEmptyAndOffline() async {
    let form = await AssistantForm.load()
    XCTAssertEqual(form, AssistantForm())
  }

  func testLanguageAndIntervalComeBack() async throws {
    var form = AssistantForm()
    form.language = "ja"
    form.interval = 120
    let settings = try await form.save()
    XCTAssertEqual([settings.language, String(settings.activeInterval)], ["ja", "120.0"])
    XCTAssertNil(settings.baseURL)
    let read = await AssistantForm.load()
    XCTAssertEqual(read, form)
  }

  func testTheDesktopsLanguageIsKeptAsThatAndNotAsWhatItIsToday() async throws {
    var form = AssistantForm()
    form.language = "ja"
    _ = try await form.save()
    form.language = ""
    _ = try await form.save()
    let read = await AssistantForm.load()
    XCTAssertEqual(read.language, "")
    XCTAssertNil(AssistantPreferences.load(environment: ProcessInfo.processInfo.environment).language)
  }

  func testAnAddressThatIsNoneIsRefusedInWordsAndNotKept() async throws {
    var form = AssistantForm()
    form.address = "ftp://example.org"
    do {
      _ = try await form.save()
      XCTFail("the address must be refused")
    } catch {
      XCTAssertEqual(AssistantForm.sentence(for: error), ReplyError.badAddress.message)
    }
    let read = await AssistantForm.load()
    XCTAssertEqual(read.address, "")
  }

  func testAVariableDecidesAndItsValueIsNotKept() async throws {
    setenv("DUETML_MODEL", "from-the-environment", 1)
    var form = await AssistantForm.load()
    XCTAssertEqual(form.decidedBy, "DUETML_MODEL")
    form.interval = 30
    _ = try await form.save()
    unsetenv("DUETML_MODEL")
    let read = await AssistantForm.load()
    XCTAssertEqual(read.model, "")
    XCTAssertEqual(read.interval, 30)
  }

  func testAKeyThatWasNotSeenIsNotForgotten() async throws {
    var kept = AssistantPreferences()
    kept.baseURL = "https://saved.example/v1"
    try kept.save(environment: ProcessInfo.processInfo.environment)
    let form = await AssistantForm.load()
    XCTAssertFalse(form.keyIsKnown, "the window does not wait for the keyring")
    XCTAssertEqual(form.address, "https://saved.example/v1")
  }

  func testCertificatesComeBackAndAFileThatIsNoneIsRefused() async throws {
    let file = folder.appendingPathComponent("school.pem")
    try Data("-----BEGIN CERTIFICATE-----\n".utf8).write(to: file)
    var form = AssistantForm()
    form.certificateFile = file.path
    let settings = try await form.save()
    XCTAssertEqual(settings.certificateFile, file.path)
    form.certificateFile = folder.appendingPathComponent("nothing.pem").path
    do {
      _ = try await form.save()
      XCTFail("the file must be refused")
    } catch {
      XCTAssertEqual(AssistantForm.sentence(for: error), ReplyError.badCertificateFile.message)
    }
    let read = await AssistantForm.load()
    XCTAssertEqual(read.certificateFile, file.path)
  }
}
