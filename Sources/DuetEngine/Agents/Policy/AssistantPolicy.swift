// What a teacher or an administrator allows the assistants to do. A value; any thread; reading it reads up to
// three small files. A policy can only take away: where several files speak, the strictest of each key holds.
//
// Files, all optional: /etc/duetml/policy.ini (the computer's), the file that $DUETML_POLICY names (one more, so it
// can add restrictions and never lift one), and `duetml-policy.ini` in the folder of the project.

import Foundation

public struct AssistantPolicy: Sendable, Equatable {
  /// Neither assistant says anything.
  public var assistantsOff = false
  /// Replies come from saved ones and from the coach; no socket is opened.
  public var cacheOnly = false
  /// Only a server on this computer may be asked.
  public var localServersOnly = false
  /// The assistants lead with questions and hints instead of giving answers: the prompts say so.
  public var hintsOnly = false
  /// No photo leaves this computer, whatever the project's owner agrees to.
  public var noPhotos = false
  /// The only hosts that may be asked, in lower case; nil: any.
  public var allowedHosts: [String]?
  /// The address that everybody here uses, instead of the one in the preferences.
  public var baseURL: String?
  /// True where `baseURL` comes from a project's own file: whoever sent the project wrote it, so no key of this
  /// computer goes there.
  public var baseURLIsProjects = false
  /// What could not be read, in the order of the files.
  public var problems: [PolicyProblem] = []

  public static let none = AssistantPolicy()

  public init() {}

  /// Everything that can be forbidden is: what a file means that cannot be understood.
  public static var strictest: AssistantPolicy {
    var policy = AssistantPolicy()
    policy.assistantsOff = true
    policy.cacheOnly = true
    policy.localServersOnly = true
    policy.hintsOnly = true
    policy.noPhotos = true
    policy.allowedHosts = []
    return policy
  }

  /// The policy for the projects in `folder`; nil: for no project in particular (the preferences).
  ///
  /// - Parameter system: the computer's own file; only tests give another.
  public static func current(
    for folder: URL? = nil, environment: [String: String] = ProcessInfo.processInfo.environment,
    system: URL = PolicyFile.system
  ) -> AssistantPolicy {
    var policy = PolicyFile.read(system)
    if let path = environment[PolicyFile.variable], !path.isEmpty {
      let url = URL(fileURLWithPath: path)
      policy = policy.and(PolicyFile.read(url, mustExist: true))
    }
    if let folder {
      var own = PolicyFile.read(folder.appendingPathComponent(PolicyFile.projectName))
      own.baseURLIsProjects = own.baseURL != nil
      policy = policy.and(own)
    }
    return policy
  }

  /// Both policies at once: of each key the stricter value. Of two addresses this one's stays.
  public func and(_ other: AssistantPolicy) -> AssistantPolicy {
    var both = self
    both.assistantsOff = assistantsOff || other.assistantsOff
    both.cacheOnly = cacheOnly || other.cacheOnly
    both.localServersOnly = localServersOnly || other.localServersOnly
    both.hintsOnly = hintsOnly || other.hintsOnly
    both.noPhotos = noPhotos || other.noPhotos
    if let theirs = other.allowedHosts {
      both.allowedHosts = allowedHosts.map { own in own.filter(theirs.contains) } ?? theirs
    }
    if baseURL == nil {
      both.baseURL = other.baseURL
      both.baseURLIsProjects = other.baseURLIsProjects
    }
    both.problems += other.problems
    return both
  }

  /// What the network may be used for with these settings: the one question to ask before a socket is made.
  public func permission(for settings: AssistantSettings) -> NetworkPermission {
    let allowed = applied(to: settings)
    if assistantsOff { return .forbidden(reason(for: .assistants) ?? "") }
    if cacheOnly { return .forbidden(reason(for: .network) ?? "") }
    guard let text = allowed.baseURL else { return .notConfigured }
    // An address that cannot be read is the settings' problem, told where they are used.
    guard let address = try? AssistantAddress(text) else { return .allowed(allowed) }
    if localServersOnly, !address.isThisComputer {
      return .forbidden(L(
        "Your teacher allows only an assistant on this computer, and {host} is elsewhere.", ["host": address.host]))
    }
    if let allowedHosts, !allowedHosts.contains(PolicyFile.plainHost(address.host)) {
      return .forbidden(L(
        "Your teacher does not allow {host}. Ask for it to be added, or choose another address.",
        ["host": address.host]))
    }
    return .allowed(allowed)
  }

  /// The settings with the shared address in them. A key never goes to the address of a project's own file.
  public func applied(to settings: AssistantSettings) -> AssistantSettings {
    guard let baseURL else { return settings }
    var settings = settings
    if baseURLIsProjects, settings.baseURL != baseURL { settings.apiKey = nil }
    settings.baseURL = baseURL
    return settings
  }
}

/// Whether a server may be asked.
public enum NetworkPermission: Sendable, Equatable {
  /// There is no address: nothing to allow.
  case notConfigured
  case allowed(AssistantSettings)
  /// Why not, as a sentence.
  case forbidden(String)
}
