// Reading policy.ini: `key = value` lines, `#` or `;` before a remark, `[policy]` where somebody likes a heading.
// Any thread. Written by people with root's rights and by strangers alike, so nothing about it is trusted: a file
// that is not understood to its last line forbids everything, and says which line it was.

import Foundation

public enum PolicyFile {
  public static let system = URL(fileURLWithPath: "/etc/duetml/policy.ini")
  /// Names one more file.
  static let variable = "DUETML_POLICY"
  /// Beside the projects that it is for.
  public static let projectName = "duetml-policy.ini"

  /// Bytes; a policy of every key with a hundred hosts has 4 KB.
  private static let limit = 64 << 10

  /// The policy of one file. No file is no policy, unless somebody said that there is one.
  public static func read(_ url: URL, mustExist: Bool = false) -> AssistantPolicy {
    func locked(_ reason: PolicyProblem.Reason) -> AssistantPolicy {
      var policy = AssistantPolicy.strictest
      policy.problems = [PolicyProblem(file: url.path, line: nil, reason: reason)]
      return policy
    }
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      // Only "there is none" is no policy; one that is kept from us may say anything.
      return (errno == ENOENT || errno == ENOTDIR) && !mustExist ? .none : locked(.unreadable)
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return locked(.unreadable) }
    guard status.st_size <= limit else { return locked(.tooLong) }
    guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) else {
      return locked(.unreadable)
    }
    return parse(text, file: url.path)
  }

  /// - Parameter file: for the sentence about a line that is not understood.
  static func parse(_ text: String, file: String) -> AssistantPolicy {
    var policy = AssistantPolicy()
    var seen: Set<String> = []
    var problems: [PolicyProblem] = []
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let line = raw.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") || line.lowercased() == "[policy]" { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      let reason: PolicyProblem.Reason?
      if parts.count < 2 || parts[0].isEmpty {
        reason = .noKey
      } else {
        let key = parts[0].lowercased()
        reason = seen.insert(key).inserted ? set(key, to: parts[1], in: &policy) : .twice(shown(key))
      }
      if let reason { problems.append(PolicyProblem(file: file, line: index + 1, reason: reason)) }
    }
    guard problems.isEmpty else {
      var locked = AssistantPolicy.strictest
      locked.problems = problems
      return locked
    }
    return policy
  }

  private static func set(_ key: String, to value: String, in policy: inout AssistantPolicy) -> PolicyProblem.Reason? {
    func take(_ path: WritableKeyPath<AssistantPolicy, Bool>, _ isOn: Bool?) -> PolicyProblem.Reason? {
      guard let isOn else { return .badValue(key) }
      policy[keyPath: path] = isOn
      return nil
    }
    switch key {
    case "assistants": return take(\.assistantsOff, flag(value).map(!))
    case "cache_only": return take(\.cacheOnly, flag(value))
    case "local_servers_only": return take(\.localServersOnly, flag(value))
    case "hints_only": return take(\.hintsOnly, flag(value))
    case "no_photos": return take(\.noPhotos, flag(value))
    case "allowed_hosts":
      let hosts = value.split(separator: ",", omittingEmptySubsequences: false).map {
        plainHost($0.trimmingCharacters(in: .whitespaces))
      }
      guard hosts.allSatisfy(isHost) else { return .badValue(key) }
      policy.allowedHosts = hosts
    case "base_url":
      guard (try? AssistantAddress(value)) != nil else { return .badValue(key) }
      policy.baseURL = value
    default:
      return .unknownKey(shown(key))
    }
    return nil
  }

  private static func flag(_ value: String) -> Bool? {
    switch value.lowercased() {
    case "yes", "on", "true", "1": true
    case "no", "off", "false", "0": false
    default: nil
    }
  }

  /// Lower case, without the brackets of a numeric address and without a root's dot.
  static func plainHost(_ host: String) -> String {
    var host = host.lowercased()
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    return host.hasSuffix(".") ? String(host.dropLast()) : host
  }

  /// A name or a number, not an address with a path, and nothing with a wildcard that reads as more than it is.
  private static func isHost(_ host: String) -> Bool {
    !host.isEmpty && host.utf8.count <= 253
      && host.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || [".", "-", ":"].contains($0)
      }
  }

  private static func shown(_ key: String) -> String { String(ReplyText.typed(key, limit: 40)) }
}
