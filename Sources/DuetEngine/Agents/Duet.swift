import Foundation
import Observation

/// The two assistants beside one workspace. The window's chat panel shows `workspace.snapshot.messages`
/// and these flags, and calls these functions; nothing else.
@MainActor @Observable public final class Duet {
  public private(set) var passiveIsThinking = false
  public private(set) var activeIsThinking = false
  /// Where replies come from right now, for the panel's status line ("Offline", the model's name).
  public private(set) var statusLine = ""

  public init(workspace: Workspace, settings: AssistantSettings) { fatalError() }
  /// Puts the opening question into an empty conversation and starts the active assistant's clock.
  public func start() { fatalError() }
  public func stop() { fatalError() }
  /// The user's message; the first one of a project also becomes its goal.
  public func send(_ text: String) { fatalError() }
  public func askAboutCategory(_ id: CategoryID) { fatalError() }
  public func askAboutResult() { fatalError() }
  public func setActive(_ on: Bool) { fatalError() }
  public func apply(_ settings: AssistantSettings) { fatalError() }
}

/// Where the network assistant is. Without a base URL the app is offline and opens no socket.
public struct AssistantSettings: Sendable, Equatable {
  public var baseURL: String?
  public var model: String?
  public var apiKey: String?
  /// "en", "ja", ...: language of replies that are saved or computed here.
  public var language: String
  /// Seconds between two looks of the active assistant.
  public var activeInterval: Double

  public init(baseURL: String? = nil, model: String? = nil, apiKey: String? = nil, language: String = "en", activeInterval: Double = 60) {
    self.baseURL = baseURL; self.model = model; self.apiKey = apiKey
    self.language = language; self.activeInterval = activeInterval
  }
  /// Environment (DUETML_BASE_URL, DUETML_MODEL, DUETML_API_KEY) over preferences over nothing.
  public static func current() async -> AssistantSettings { fatalError() }
  /// Keeps base URL, model and language in the preferences file and the key in the desktop keyring.
  public func save() async throws { fatalError() }
}
