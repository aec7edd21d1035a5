// The words after a command, sorted into positionals and options by the command's syntax. A value; any thread.

import DuetEngine
import Foundation

/// Why a command line was not understood.
struct UsageError: Error, Equatable {
  let message: String
  init(_ message: String) { self.message = message }
}

struct ParsedArguments: Sendable, Equatable {
  let positionals: [String]
  private let values: [String: String]
  private let flags: Set<String>

  /// Options may stand anywhere, as `--name VALUE` or `--name=VALUE`; after `--` everything is positional.
  /// - Throws: `UsageError`. With `--help` among the options nothing else is demanded.
  init(_ arguments: [String], syntax: CommandSyntax) throws {
    var positionals: [String] = []
    var values: [String: String] = [:]
    var flags: Set<String> = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        break
      }
      guard word.hasPrefix("-"), word.count > 1 else {
        positionals.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let name = parts[0] == "-h" ? "help" : String(parts[0].dropFirst(2))
      guard parts[0].hasPrefix("--") || name == "help",
        let option = syntax.allOptions.first(where: { $0.name == name })
      else {
        throw UsageError(L("duet {command} has no option {option}.", ["command": syntax.name, "option": parts[0]]))
      }
      guard option.value != nil else {
        if parts.count > 1 { throw UsageError(L("The option {option} takes no value.", ["option": "--\(name)"])) }
        flags.insert(name)
        continue
      }
      guard values[name] == nil else {
        throw UsageError(L("The option {option} is given twice.", ["option": "--\(name)"]))
      }
      guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
        throw UsageError(L("The option {option} needs a value.", ["option": "--\(name)"]))
      }
      values[name] = value
    }
    self.positionals = positionals
    self.values = values
    self.flags = flags
    if !flags.contains("help") { try demand(syntax) }
  }

  private func demand(_ syntax: CommandSyntax) throws {
    let least = syntax.positionals.count { $0.count != .optional }
    if positionals.count < least {
      let missing = syntax.positionals.filter { $0.count != .optional }[positionals.count].name
      throw UsageError(L("duet {command} needs {argument}.", ["command": syntax.name, "argument": missing]))
    }
    let isOpen = syntax.positionals.contains { $0.count == .oneOrMore }
    if !isOpen && positionals.count > syntax.positionals.count {
      let extra = positionals[syntax.positionals.count]
      throw UsageError(L("“{argument}” is one argument too many.", ["argument": extra]))
    }
    for option in syntax.options where option.isRequired && values[option.name] == nil {
      throw UsageError(L("duet {command} needs the option {option}.",
        ["command": syntax.name, "option": "--\(option.name)"]))
    }
  }

  func has(_ flag: String) -> Bool { flags.contains(flag) }

  func text(_ option: String) -> String? { values[option] }

  func file(_ option: String) -> URL? { values[option].map { URL(fileURLWithPath: $0) } }

  /// - Throws: `UsageError` for anything but a whole number in `range`.
  func integer(_ option: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = values[option] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(L("The option {option} needs a whole number from {least} to {most}, not “{value}”.",
        ["option": "--\(option)", "least": range.lowerBound, "most": range.upperBound, "value": text]))
    }
    return number
  }

  /// The value of `--extractor`.
  func extractor() throws -> ExtractorID? { try values["extractor"].map(Self.extractor) }

  static func extractor(_ name: String) throws -> ExtractorID {
    guard let id = ExtractorID(rawValue: name) else {
      let known = ExtractorID.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(L("There is no extractor “{name}”. Known: {known}.", ["name": name, "known": known]))
    }
    return id
  }
}
