// Why a control cannot be used: the sentence beside a switch that a policy has locked. Values; any thread.

/// Something that a person could otherwise change.
public enum PolicyControl: Sendable, Equatable, CaseIterable {
  /// Both assistants: the chat entry, the Ask buttons, the active assistant's switch.
  case assistants
  /// Everything in the preferences about a server: address, model, key, "Test the connection".
  case network
  /// The address alone.
  case baseURL
  /// Agreeing to send photos.
  case photos
}

extension AssistantPolicy {
  /// Why `control` is locked, as a sentence; nil: it is free.
  public func reason(for control: PolicyControl) -> String? {
    switch control {
    case .assistants:
      guard assistantsOff else { return nil }
      return problems.first?.message ?? L("Your teacher has switched the assistants off.")
    case .network:
      if let reason = reason(for: .assistants) { return reason }
      guard cacheOnly else { return nil }
      return L("Your teacher allows saved replies only, so nothing is asked over the network.")
    case .baseURL:
      if let reason = reason(for: .network) { return reason }
      return baseURL.map { L("Your teacher has set the address: {address}", ["address": $0]) }
    case .photos:
      if let reason = reason(for: .network) { return reason }
      return noPhotos ? L("Your teacher does not allow photos to be sent.") : nil
    }
  }
}

/// A place in a policy file that cannot be understood. The whole file then counts as its strictest reading.
public struct PolicyProblem: Sendable, Equatable {
  public enum Reason: Sendable, Equatable {
    case unreadable
    case tooLong
    case noKey
    case unknownKey(String)
    case twice(String)
    case badValue(String)
  }

  public let file: String
  /// From 1; nil: the file as a whole.
  public let line: Int?
  public let reason: Reason

  /// One sentence with the place and the next step.
  public var message: String {
    let place: LocalisedValues = ["file": file, "line": line ?? 1]
    func with(_ key: String) -> LocalisedValues { place.merging(["key": key]) { own, _ in own } }
    return switch reason {
    case .unreadable:
      L("The teacher's policy {file} cannot be read, so everything is locked. Ask who looks after this computer.",
        place)
    case .tooLong:
      L("The teacher's policy {file} is too long, so everything is locked. Ask who looks after this computer.", place)
    case .noKey:
      L("Line {line} of {file} is no setting, so everything is locked. Write it as: key = value", place)
    case .unknownKey(let key):
      L("Line {line} of {file} has a key that nobody knows, “{key}”, so everything is locked.", with(key))
    case .twice(let key):
      L("Line {line} of {file} sets “{key}” a second time, so everything is locked.", with(key))
    case .badValue(let key):
      L("Line {line} of {file} has a value for “{key}” that is not understood, so everything is locked.", with(key))
    }
  }
}
