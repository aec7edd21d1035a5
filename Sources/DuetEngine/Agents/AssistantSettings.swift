// Where the network assistant is and how the two assistants behave. A value; any thread.
// Read from the environment over the preferences file over nothing. Without a base URL the app is offline,
// and neither the keyring nor a socket is touched.

import Foundation

/// Where the network assistant is. Without a base URL the app is offline and opens no socket.
public struct AssistantSettings: Sendable, Equatable {
  public var baseURL: String?
  public var model: String?
  public var apiKey: String?
  /// "en", "ja", ...: language of replies that are saved or computed here.
  public var language: String
  /// Seconds between two looks of the active assistant.
  public var activeInterval: Double

  public static let standardInterval = 60.0
  /// A shorter interval would interrupt more than it helps.
  public static let shortestInterval = 5.0

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

  /// Environment (DUETML_BASE_URL, DUETML_MODEL, DUETML_API_KEY) over preferences over nothing.
  ///
  /// A keyring that cannot be reached counts as "no key": the first request then says that the key is wrong.
  public static func current() async -> AssistantSettings {
    let environment = ProcessInfo.processInfo.environment
    let preferences = AssistantPreferences.load(environment: environment)
    var settings = resolved(environment: environment, preferences: preferences)
    // A key belongs to the address it was saved with, so it never goes to one from the environment alone.
    if settings.apiKey == nil, let address = settings.baseURL, address == preferences.baseURL {
      settings.apiKey = (try? await KeyRing.key(for: address)) ?? nil
    }
    return settings
  }

  /// Keeps base URL, model and language in the preferences file and the key in the desktop keyring.
  /// An empty language follows the desktop.
  public func save() async throws {
    let environment = ProcessInfo.processInfo.environment
    let before = AssistantPreferences.load(environment: environment)
    var preferences = before
    preferences.baseURL = baseURL
    preferences.model = model
    preferences.language = language.isEmpty ? nil : language
    preferences.activeInterval = activeInterval
    if let address = baseURL {
      _ = try AssistantAddress(address)
      if let apiKey, !apiKey.isEmpty {
        try await KeyRing.store(apiKey, for: address)
      } else if before.baseURL == address {
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
    return AssistantSettings(
      baseURL: variable("DUETML_BASE_URL") ?? preferences.baseURL,
      model: variable("DUETML_MODEL") ?? preferences.model,
      apiKey: variable("DUETML_API_KEY"),
      language: preferences.language ?? language(of: environment),
      activeInterval: max(shortestInterval, preferences.activeInterval ?? standardInterval))
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

/// The preferences file, `$XDG_CONFIG_HOME/duetml/settings.json`. Never holds the key.
public struct AssistantPreferences: Sendable, Equatable, Codable {
  public var baseURL: String?
  public var model: String?
  public var language: String?
  public var activeInterval: Double?

  public init() {}

  /// A missing file is no preferences; so is a damaged one, which `save` then replaces.
  public static func load(environment: [String: String]) -> AssistantPreferences {
    guard let data = try? Data(contentsOf: file(environment)),
      let preferences = try? JSONDecoder().decode(Self.self, from: data)
    else { return Self() }
    return preferences
  }

  public func save(environment: [String: String]) throws {
    let file = Self.file(environment)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try encoder.encode(self).write(to: file, options: .atomic)
    } catch {
      throw SettingsError.notWritten(file.path)
    }
  }

  static func file(_ environment: [String: String]) -> URL {
    Folders.base("XDG_CONFIG_HOME", otherwise: ".config", environment: environment)
      .appendingPathComponent("duetml/settings.json")
  }
}

/// Why settings were not kept.
public enum SettingsError: Error, Sendable, Equatable {
  case notWritten(String)
  case keyringUnavailable

  public var message: String {
    switch self {
    case .notWritten(let path):
      L("The preferences could not be written to {path}. Please check that the folder is yours and not full.",
        ["path": path])
    case .keyringUnavailable:
      L("The desktop's keyring did not take the key. Please unlock it, or give the key in DUETML_API_KEY.")
    }
  }
}

/// The user's base folders after the XDG specification.
enum Folders {
  static func base(_ variable: String, otherwise: String, environment: [String: String]) -> URL {
    // The specification says that a relative path is to be ignored.
    if let path = environment[variable], path.hasPrefix("/") { return URL(fileURLWithPath: path) }
    let home = environment["HOME"].map { URL(fileURLWithPath: $0) } ?? FileManager.default.homeDirectoryForCurrentUser
    return home.appendingPathComponent(otherwise)
  }
}
