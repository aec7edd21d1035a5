// The address of an assistant's server, checked before anything is opened. A value; any thread.

import Foundation

/// An `http` or `https` address with a host and without a user name or a password in it.
public struct AssistantAddress: Sendable, Equatable {
  public let host: String
  public let completionsURL: String
  /// True for `localhost` and the loopback numbers: a request there never leaves this computer.
  public let isThisComputer: Bool

  private static let endpoint = "/chat/completions"

  public init(_ text: String) throws(ReplyError) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard trimmed.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }),
      var parts = URLComponents(string: trimmed), let scheme = parts.scheme?.lowercased(),
      ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty,
      parts.user == nil, parts.password == nil
    else { throw .badAddress }
    parts.fragment = nil
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    if !parts.path.hasSuffix(Self.endpoint) { parts.path += Self.endpoint }
    guard let url = parts.string else { throw .badAddress }
    self.host = host
    completionsURL = url
    isThisComputer = Self.isLoopback(host)
  }

  private static func isLoopback(_ host: String) -> Bool {
    if ["localhost", "::1", "[::1]"].contains(host) { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
