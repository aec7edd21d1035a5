// What the preferences window keeps, and where: a small JSON file that never holds the key. Values; any thread but the
// main one, for they read and write a file.

import Foundation

/// The preferences file, `$XDG_CONFIG_HOME/duetml/settings.json`. Never holds the key.
public struct AssistantPreferences: Sendable, Equatable, Codable {
  public var baseURL: String?
  public var model: String?
  public var language: String?
  public var activeInterval: Double?
  /// A file of certificates (PEM) that are trusted besides the system's.
  public var certificateFile: String?

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
