// What the preferences window edits, as a value: it comes from the preferences file and goes back there.
// Where an environment variable names the assistant, that comes first and the address, the model and the key are
// not edited here, so that a key from the environment never ends up in the keyring. Any thread.

import DuetEngine
import Foundation

struct AssistantForm: Sendable, Equatable {
  static let languages = ["", "en", "ja"]
  static let intervals = AssistantSettings.intervals

  var address = ""
  var model = ""
  var key = ""
  /// False until the keyring has said what it holds; an empty key then means "as it is".
  var keyIsKnown = true
  /// A file of certificates that are trusted besides the system's; empty: none.
  var certificateFile = ""
  /// One of ``languages``; empty follows the desktop.
  var language = ""
  /// Seconds between two looks of the active assistant.
  var interval = AssistantSettings.standardInterval
  /// The variable that decides where the assistant is, if there is one.
  var decidedBy: String?
  /// What a teacher allows.
  var policy = AssistantPolicy.none

  private static let deciding = ["DUETML_BASE_URL", "DUETML_MODEL", "DUETML_API_KEY"]

  /// The present preferences, off the main thread, without the keyring's key: see ``savedKey()``.
  ///
  /// - Parameter folder: of the open project, which may have a policy of its own.
  @concurrent static func load(for folder: URL? = nil) async -> AssistantForm {
    let environment = ProcessInfo.processInfo.environment
    let kept = AssistantPreferences.load(environment: environment)
    var form = AssistantForm()
    form.policy = AssistantPolicy.current(for: folder)
    form.decidedBy = deciding.first { environment[$0]?.isEmpty == false }
    form.address = kept.baseURL ?? ""
    form.model = kept.model ?? ""
    form.certificateFile = kept.certificateFile ?? ""
    form.language = languages.contains(kept.language ?? "") ? kept.language ?? "" : ""
    form.interval = min(max(kept.activeInterval ?? form.interval, intervals.lowerBound), intervals.upperBound)
    if form.decidedBy == nil { form.keyIsKnown = !(await AssistantSettings.atStart().awaitsKey) }
    return form
  }

  /// The key of the saved address. Waits for the keyring, and so perhaps for the person to unlock it.
  @concurrent static func savedKey() async -> String { await AssistantSettings.current().apiKey ?? "" }

  /// Why the place of the assistant is not edited here; nil: it is.
  var lock: String? {
    policy.reason(for: .network) ?? decidedBy.map { L("{variable} decides where the assistant is.", ["variable": $0]) }
  }

  /// What the form says, as settings that were not saved.
  @concurrent func settings() async -> AssistantSettings {
    guard decidedBy == nil else { return await AssistantSettings.current() }
    var settings = AssistantSettings(
      baseURL: Self.filled(address), model: Self.filled(model), apiKey: Self.filled(key), language: language,
      activeInterval: interval)
    settings.languageIsChosen = !language.isEmpty
    settings.certificateFile = Self.filled(certificateFile)
    if !keyIsKnown, settings.apiKey == nil {
      let kept = await AssistantSettings.current()
      if kept.baseURL == settings.baseURL { settings.apiKey = kept.apiKey }
    }
    return settings
  }

  /// Keeps the form, and gives the settings that hold from now on.
  ///
  /// - Throws: what the preferences file or the keyring has to say; `ReplyError` for an address that is none.
  @concurrent func save() async throws -> AssistantSettings {
    let environment = ProcessInfo.processInfo.environment
    if decidedBy == nil {
      var settings = AssistantSettings(
        baseURL: Self.filled(address), model: Self.filled(model), apiKey: Self.filled(key), language: language,
        activeInterval: interval)
      settings.languageIsChosen = !language.isEmpty
      settings.certificateFile = Self.filled(certificateFile)
      try await settings.save(keepsKey: !keyIsKnown)
    } else {
      var kept = AssistantPreferences.load(environment: environment)
      kept.language = Self.filled(language)
      kept.activeInterval = interval
      try kept.save(environment: environment)
    }
    return await AssistantSettings.current()
  }

  /// Tries what the form says, saved or not.
  ///
  /// - Parameter project: gets the lines of the ledger.
  @MainActor func test(in project: Workspace?) async -> ConnectionReport {
    await Duet.connectionReport(for: await settings(), policy: policy, recordedIn: project)
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
