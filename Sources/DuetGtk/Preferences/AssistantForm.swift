// What the preferences window edits, as a value: it comes from the preferences file and goes back there.
// Where an environment variable names the assistant, that comes first and the address, the model and the key are
// not edited here, so that a key from the environment never ends up in the keyring. Any thread.

import DuetEngine
import Foundation

struct AssistantForm: Sendable, Equatable {
  static let languages = ["", "en", "ja"]
  static let intervals = 20.0...600.0

  var address = ""
  var model = ""
  var key = ""
  /// One of ``languages``; empty follows the desktop.
  var language = ""
  /// Seconds between two looks of the active assistant.
  var interval = AssistantSettings.standardInterval
  /// The variable that decides where the assistant is, if there is one.
  var decidedBy: String?

  private static let deciding = ["DUETML_BASE_URL", "DUETML_MODEL", "DUETML_API_KEY"]

  /// The present preferences; asks the keyring, off the main thread.
  @concurrent static func load() async -> AssistantForm {
    let environment = ProcessInfo.processInfo.environment
    let kept = AssistantPreferences.load(environment: environment)
    var form = AssistantForm()
    form.decidedBy = deciding.first { environment[$0]?.isEmpty == false }
    form.address = kept.baseURL ?? ""
    form.model = kept.model ?? ""
    form.language = languages.contains(kept.language ?? "") ? kept.language ?? "" : ""
    form.interval = min(max(kept.activeInterval ?? form.interval, intervals.lowerBound), intervals.upperBound)
    if form.decidedBy == nil { form.key = await AssistantSettings.current().apiKey ?? "" }
    return form
  }

  /// Keeps the form, and gives the settings that hold from now on.
  ///
  /// - Throws: what the preferences file or the keyring has to say; `ReplyError` for an address that is none.
  @concurrent func save() async throws -> AssistantSettings {
    if decidedBy == nil {
      try await AssistantSettings(
        baseURL: Self.filled(address), model: Self.filled(model), apiKey: Self.filled(key), language: language,
        activeInterval: interval
      ).save()
    } else {
      let environment = ProcessInfo.processInfo.environment
      var kept = AssistantPreferences.load(environment: environment)
      kept.language = Self.filled(language)
      kept.activeInterval = interval
      try kept.save(environment: environment)
    }
    return await AssistantSettings.current()
  }

  private static func filled(_ text: String) -> String? {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return text.isEmpty ? nil : text
  }

  /// The sentence for an error of ``save()``.
  static func sentence(for error: any Error) -> String {
    switch error {
    case let error as SettingsError: error.message
    case let error as ReplyError: error.message
    default: error.localizedDescription
    }
  }
}
