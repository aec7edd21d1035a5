// Where the network assistant is and how the two assistants behave. A value; any thread.
// Read from the environment over the preferences file over nothing. Without a base URL the app is offline,
// and neither the keyring nor a socket is touched.

import Foundation

/// Where the network assistant is. Without a base URL the app is offline and opens no socket.
public struct AssistantSettings: Sendable, Equatable {
  public var baseURL: String?
  public var model: String?
  public var apiKey: String?
  /// "en", "ja", ...: language of replies.
  public var language: String
  /// The person chose that language; else it is the desktop's, and who writes in another is answered in that one.
  public var languageIsChosen = false
  /// A file of certificates (PEM) that are trusted besides the system's.
  public var certificateFile: String?
  /// The key is in the keyring and has not come yet: until it has, nobody is asked over the network.
  public internal(set) var awaitsKey = false
  /// Seconds between two looks of the active assistant.
  public var activeInterval: Double

  public static let standardInterval = ActiveRules.standardInterval
  /// A shorter interval would interrupt more than it helps; a longer one would come too late.
  public static let intervals = ActiveRules.intervals

  public init(
    baseURL: String? = nil, model: String? = nil, apiKey: String? = nil, language: String = "en",
    activeInterval: Double = AssistantSettings.standardInterval
  ) {
    self.baseURL = baseURL
    self.model = model
    self.apiKey = apiKey
    self.language = language
    self.activeInterval = activeInterval
  }

  public var isOffline: Bool { baseURL == nil }

  /// Environment (DUETML_BASE_URL, DUETML_MODEL, DUETML_API_KEY) over preferences over nothing. Waits for the keyring.
  @concurrent public static func current() async -> AssistantSettings { await atStart().withKey() }

  /// As ``current()``, but without waiting for a keyring that may be locked: see ``awaitsKey``.
  @concurrent public static func atStart() async -> AssistantSettings {
    let environment = ProcessInfo.processInfo.environment
    let preferences = AssistantPreferences.load(environment: environment)
    var settings = resolved(environment: environment, preferences: preferences)
    // A key belongs to the address it was saved with, so it never goes to one from the environment alone.
    settings.awaitsKey =
      settings.apiKey == nil && settings.baseURL != nil && settings.baseURL == preferences.baseURL
    return settings
  }

  /// The same settings with the keyring's key.
  ///
  /// A keyring that cannot be reached counts as "no key": the first request then says that the key is wrong.
  public func withKey() async -> AssistantSettings { await withKey { try await KeyRing.key(for: $0) } }

  func withKey(
    from keyring: @Sendable (String) async throws -> String?
  ) async -> AssistantSettings {
    var settings = self
    if awaitsKey, let baseURL { settings.apiKey = (try? await keyring(baseURL)) ?? nil }
    settings.awaitsKey = false
    return settings
  }

  /// Keeps address, model, language, interval and certificates in the preferences file and the key in the keyring.
  ///
  /// - Parameter keepsKey: the keyring stays as it is, because the person has not seen what is in it.
  @concurrent public func save(keepsKey: Bool = false) async throws {
    let environment = ProcessInfo.processInfo.environment
    let before = AssistantPreferences.load(environment: environment)
    var preferences = before
    preferences.baseURL = baseURL
    preferences.model = model
    preferences.language = languageIsChosen ? language : nil
    preferences.activeInterval = activeInterval
    preferences.certificateFile = certificateFile
    if let certificateFile { _ = try CertificateFile.read(certificateFile) }
    if let address = baseURL {
      _ = try AssistantAddress(address)
      if let apiKey, !apiKey.isEmpty {
        try await KeyRing.store(apiKey, for: address)
      } else if before.baseURL == address, !keepsKey {
        try await KeyRing.forget(address)
      }
    }
    try preferences.save(environment: environment)
  }

  /// Everything but the key of the keyring.
  static func resolved(environment: [String: String], preferences: AssistantPreferences) -> AssistantSettings {
    func variable(_ name: String) -> String? {
      let value = environment[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
      return value?.isEmpty == false ? value : nil
    }
    let interval = preferences.activeInterval ?? standardInterval
    var settings = AssistantSettings(
      baseURL: variable("DUETML_BASE_URL") ?? preferences.baseURL,
      model: variable("DUETML_MODEL") ?? preferences.model,
      apiKey: variable("DUETML_API_KEY"),
      language: preferences.language ?? language(of: environment),
      activeInterval: min(max(interval, intervals.lowerBound), intervals.upperBound))
    settings.languageIsChosen = preferences.language != nil
    settings.certificateFile = variable("DUETML_CA_FILE") ?? preferences.certificateFile
    return settings
  }

  /// The desktop's language, as gettext finds it, among those that the saved replies come in.
  static func language(of environment: [String: String]) -> String {
    // LANGUAGE is a list of wishes, and is ignored where the locale is plain C.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let wishes = (environment["LANGUAGE"] ?? "").split(separator: ":").map(String.init) + [locale]
    for wish in wishes where !wish.isEmpty {
      if wish.lowercased().hasPrefix("ja") { return "ja" }
      if wish.lowercased().hasPrefix("en") { return "en" }
    }
    return "en"
  }
}
