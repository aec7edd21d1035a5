// Where settings come from: the environment over the preferences over nothing.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct AssistantSettingsTests {
  @Test func nothingMeansOffline() {
    let settings = AssistantSettings.resolved(environment: [:], preferences: .init())
    #expect(settings == AssistantSettings() && settings.isOffline)
  }

  @Test func theEnvironmentWins() {
    var preferences = AssistantPreferences()
    preferences.baseURL = "https://saved.example"
    preferences.model = "saved"
    let settings = AssistantSettings.resolved(
      environment: ["DUETML_BASE_URL": "http://localhost:1", "DUETML_API_KEY": "k", "DUETML_MODEL": " "],
      preferences: preferences)
    #expect(settings.baseURL == "http://localhost:1")
    #expect(settings.apiKey == "k")
    #expect(settings.model == "saved", "an empty variable is none")
  }

  @Test(arguments: [
    ([:], "en"), (["LANG": "ja_JP.UTF-8"], "ja"), (["LANG": "de_DE.UTF-8"], "en"),
    (["LANG": "en_GB.UTF-8", "LANGUAGE": "ja:en"], "ja"), (["LANG": "ja_JP.UTF-8", "LC_ALL": "en_US.UTF-8"], "en"),
    (["LANGUAGE": "ja", "LC_ALL": "C.UTF-8"], "ja"), (["LANGUAGE": "fr:ja", "LANG": "fr_FR.UTF-8"], "ja"),
    (["LANG": "C"], "en"),
  ])
  func theDesktopsLanguageIsTheDefault(environment: [String: String], language: String) {
    #expect(AssistantSettings.resolved(environment: environment, preferences: .init()).language == language)
  }

  @Test func preferencesComeBackFromTheFile() throws {
    let folder = try TemporaryProject()
    let environment = ["XDG_CONFIG_HOME": folder.folder.path]
    #expect(AssistantPreferences.load(environment: environment) == AssistantPreferences())
    var preferences = AssistantPreferences()
    preferences.baseURL = "https://saved.example/v1"
    preferences.activeInterval = 1
    preferences.language = "ja"
    try preferences.save(environment: environment)
    #expect(AssistantPreferences.load(environment: environment) == preferences)
    let settings = AssistantSettings.resolved(environment: environment, preferences: preferences)
    #expect(settings.activeInterval == AssistantSettings.intervals.lowerBound)
    #expect(settings.language == "ja")
    let file = try String(contentsOf: AssistantPreferences.file(environment), encoding: .utf8)
    #expect(!file.lowercased().contains("key"))
  }

  @Test func aLockedKeyringHoldsNothingUp() async {
    var preferences = AssistantPreferences()
    preferences.baseURL = "https://saved.example/v1"
    let settings = AssistantSettings.resolved(environment: [:], preferences: preferences)
    #expect(!settings.awaitsKey, "only the start waits for a key")
    let complete = await settings.withKey { _ in "other" }
    #expect(complete.apiKey == nil, "nobody waits for a key, so none is fetched")
  }

  @Test func aChosenLanguageIsChosen() {
    var preferences = AssistantPreferences()
    #expect(!AssistantSettings.resolved(environment: ["LANG": "ja_JP"], preferences: preferences).languageIsChosen)
    preferences.language = "en"
    let settings = AssistantSettings.resolved(environment: ["LANG": "ja_JP"], preferences: preferences)
    #expect(settings.languageIsChosen && settings.language == "en")
  }

  @Test func aDamagedFileIsNoPreferences() throws {
    let folder = try TemporaryProject()
    let environment = ["XDG_CONFIG_HOME": folder.folder.path]
    let file = AssistantPreferences.file(environment)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("{ half".utf8).write(to: file)
    #expect(AssistantPreferences.load(environment: environment) == AssistantPreferences())
  }

  @Test func anUnwritableFolderIsASentence() {
    let environment = ["XDG_CONFIG_HOME": "/proc/duetml-test"]
    #expect(throws: SettingsError.notWritten("/proc/duetml-test/duetml/settings.json")) {
      try AssistantPreferences().save(environment: environment)
    }
  }
}
