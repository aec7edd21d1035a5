// What every command of `duet` is: a syntax, a way to read its arguments, and a run. Values; any thread.

import DuetEngine
import Foundation

/// Exit codes of `duet`.
enum ExitCode: Int32, Sendable {
  case done = 0
  /// Something failed; what could be done was done and printed.
  case failed = 1
  /// The command was not understood; nothing was done.
  case usage = 2
}

/// What a command has to say, in both forms.
struct CommandResult: Sendable {
  let json: any Encodable & Sendable
  let text: String
  /// False: a part failed (its reason is on standard error already); the exit code is 1.
  var isComplete = true
}

protocol Command: Sendable {
  static var syntax: CommandSyntax { get }
  /// - Throws: `UsageError`.
  init(_ arguments: ParsedArguments) throws
  func run(_ console: Console) async throws -> CommandResult
}

/// A failure that belongs to the command line itself.
struct CommandFailure: Error, Equatable {
  let message: String
  init(_ message: String) { self.message = message }
}

enum FailureText {
  /// What happened and what to do, for any error of the engine or of a command.
  static func sentence(for error: any Error) -> String {
    switch error {
    case let error as CommandFailure: error.message
    case let error as UsageError: error.message
    case let error as SafeTensorsError: error.message
    case let error as DemoError: error.message
    case let error as BoundaryError: error.message
    case let error as TextError: error.message
    default: Workspace.sentence(for: error)
    }
  }
}

enum JSONText {
  /// One JSON value, keys in alphabetical order, so that two runs can be compared line by line.
  static func encode(_ value: any Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
