// The teacher's policy: what a file says, what several files say together, and that nothing can lift it.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PolicyTests {
  private let folder: TemporaryProject
  private var system: URL { folder.folder.appendingPathComponent("system.ini") }
  private var extra: URL { folder.folder.appendingPathComponent("extra.ini") }
  private var own: URL { folder.folder.appendingPathComponent("duetml-policy.ini") }

  init() throws { folder = try TemporaryProject() }

  private func parse(_ text: String) -> AssistantPolicy { PolicyFile.parse(text, file: "p.ini") }

  private func current(system: String? = nil, extra: String? = nil, own: String? = nil) throws -> AssistantPolicy {
    for (url, text) in [(self.system, system), (self.extra, extra), (self.own, own)] {
      try text.map { try Data($0.utf8).write(to: url) }
    }
    return AssistantPolicy.current(
      for: folder.folder, environment: extra == nil ? [:] : ["DUETML_POLICY": self.extra.path], system: self.system)
  }

  // MARK: One file

  @Test func everyKeyIsRead() {
    let policy = parse(
      """
      # for room 12
      [policy]
      assistants = on
      cache_only=yes
      LOCAL_SERVERS_ONLY = true
      hints_only = 1
      no_photos = on\r
      ; two servers
      allowed_hosts = Ollama.school.example , 10.0.0.5,[fd00::1]
      base_url = http://ollama.school.example:11434/v1
      """)
    #expect(policy.problems.isEmpty && !policy.assistantsOff)
    #expect(policy.cacheOnly && policy.localServersOnly && policy.hintsOnly && policy.noPhotos)
    #expect(policy.allowedHosts == ["ollama.school.example", "10.0.0.5", "fd00::1"])
    #expect(policy.baseURL == "http://ollama.school.example:11434/v1")
    #expect(parse("assistants = off").assistantsOff)
    #expect(parse("\u{FEFF}cache_only = no\n") == .none && parse("") == .none)
  }

  @Test(arguments: [
    ("cache_only = yes\nno_photos = perhaps", 2, PolicyProblem.Reason.badValue("no_photos")),
    ("cache_only", 1, .noKey), ("= yes", 1, .noKey), ("[other]", 1, .noKey),
    ("\n\ncache_olny = yes", 3, .unknownKey("cache_olny")),
    ("no_photos = no\nNo_Photos = yes", 2, .twice("no_photos")),
    ("allowed_hosts = ", 1, .badValue("allowed_hosts")),
    ("allowed_hosts = https://a.example", 1, .badValue("allowed_hosts")),
    ("allowed_hosts = *.example", 1, .badValue("allowed_hosts")),
    ("base_url = file:///etc/passwd", 1, .badValue("base_url")),
  ])
  func whatIsNotUnderstoodLocksEverythingAndIsNamedByLine(text: String, line: Int, reason: PolicyProblem.Reason) {
    var strictest = AssistantPolicy.strictest
    strictest.problems = [PolicyProblem(file: "p.ini", line: line, reason: reason)]
    #expect(parse(text) == strictest)
    #expect(parse(text).reason(for: .assistants)?.contains("Line \(line) of p.ini") == true)
  }

  @Test func aFileThatCannotBeReadLocksEverything() throws {
    func read(_ data: Data) throws -> AssistantPolicy {
      try data.write(to: system)
      return PolicyFile.read(system)
    }
    #expect(PolicyFile.read(system) == .none, "no file is no policy")
    #expect(try read(Data([0xFF, 0xFE, 0x00])).problems.first?.reason == .unreadable)
    #expect(try read(Data(repeating: 0x0A, count: 100_000)).problems.first?.reason == .tooLong)
    #expect(PolicyFile.read(folder.folder).problems.first?.reason == .unreadable, "a folder")
    #expect(PolicyFile.read(folder.folder).assistantsOff)
    #expect(PolicyFile.read(URL(fileURLWithPath: "/dev/zero")).assistantsOff)
  }

  // MARK: Several files

  @Test func theStrictestOfEachKeyHolds() throws {
    let policy = try current(
      system: "no_photos = yes\ncache_only = no\nallowed_hosts = a.example, b.example\nbase_url = https://a.example/v1",
      extra: "no_photos = no\nallowed_hosts = b.example, c.example",
      own: "cache_only = yes\nno_photos = no\nbase_url = https://evil.example")
    #expect(policy.noPhotos && policy.cacheOnly && !policy.assistantsOff)
    #expect(policy.allowedHosts == ["b.example"])
    #expect(policy.baseURL == "https://a.example/v1" && !policy.baseURLIsProjects)
  }

  @Test func theVariableCannotLiftAnything() throws {
    let strict = try current(system: "assistants = off\nno_photos = yes")
    for text in ["assistants = on\nno_photos = no", "", "allowed_hosts = a.example"] {
      let policy = try current(extra: text)
      #expect(policy.assistantsOff && policy.noPhotos, "\(text)")
    }
    #expect(strict.allowedHosts == nil)
    // One who names a file that is not there does not get less than one who names none.
    let missing = AssistantPolicy.current(
      for: nil, environment: ["DUETML_POLICY": "/nowhere/policy.ini"], system: system)
    #expect(missing.assistantsOff && missing.problems.map(\.reason) == [.unreadable])
  }

  // MARK: What follows

  @Test func theNetworkIsAskedAboutAtOnePlace() {
    let elsewhere = AssistantSettings(baseURL: "https://api.example/v1", apiKey: "k")
    let here = AssistantSettings(baseURL: "http://127.0.0.1:11434/v1")
    func verdict(_ text: String, _ settings: AssistantSettings) -> NetworkPermission {
      parse(text).permission(for: settings)
    }
    func isForbidden(_ text: String, _ settings: AssistantSettings) -> Bool {
      if case .forbidden(let reason) = verdict(text, settings) { !reason.isEmpty } else { false }
    }
    #expect(verdict("", elsewhere) == .allowed(elsewhere) && verdict("", AssistantSettings()) == .notConfigured)
    #expect(isForbidden("assistants = off", here) && isForbidden("cache_only = yes", here))
    #expect(isForbidden("local_servers_only = yes", elsewhere))
    #expect(verdict("local_servers_only = yes", here) == .allowed(here))
    #expect(isForbidden("allowed_hosts = api2.example", elsewhere) && isForbidden("allowed_hosts = pi.example", elsewhere))
    #expect(verdict("allowed_hosts = API.example", elsewhere) == .allowed(elsewhere))
    #expect(isForbidden("what?", here))
  }

  @Test func aSharedAddressTakesThePlaceOfOnesOwn() throws {
    let mine = AssistantSettings(baseURL: "https://api.example/v1", model: "m", apiKey: "secret")
    let school = try current(system: "base_url = http://school.example/v1")
    #expect(school.applied(to: mine).baseURL == "http://school.example/v1")
    #expect(school.applied(to: mine).apiKey == "secret", "who looks after the computer is trusted")
    let sent = try current(system: "", own: "base_url = https://evil.example/v1")
    #expect(sent.baseURLIsProjects && sent.applied(to: mine).apiKey == nil, "who sent a project is not")
    let same = try current(system: "", own: "base_url = https://api.example/v1")
    #expect(same.applied(to: mine).apiKey == "secret")
  }

  @Test func lockedControlsHaveAReason() {
    let all = PolicyControl.allCases
    #expect(all.allSatisfy { AssistantPolicy.none.reason(for: $0) == nil })
    #expect(all.allSatisfy { parse("assistants = off").reason(for: $0) == "Your teacher has switched the assistants off." })
    let cache = parse("cache_only = yes")
    #expect(cache.reason(for: .assistants) == nil && cache.reason(for: .network)?.contains("saved replies only") == true)
    #expect(parse("no_photos = yes").reason(for: .photos)?.contains("photos") == true)
    #expect(parse("no_photos = yes").reason(for: .network) == nil)
    #expect(parse("base_url = http://a.example/v1").reason(for: .baseURL)?.contains("http://a.example/v1") == true)
  }
}
