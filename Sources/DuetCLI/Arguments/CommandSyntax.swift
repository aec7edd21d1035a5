// The syntax of a command, declared once: the parser, the help and the tests read it. Values; any thread.

import DuetEngine

/// An argument without a name, in its place.
struct Positional: Sendable, Equatable {
  enum Count: Sendable, Equatable {
    case one, optional, oneOrMore
  }

  /// As the help writes it: `PROJECT`.
  let name: String
  let count: Count

  init(_ name: String, _ count: Count = .one) {
    self.name = name
    self.count = count
  }
}

/// `--name VALUE`, or `--name` alone where `value` is nil.
struct Option: Sendable, Equatable {
  let name: String
  let value: String?
  let isRequired: Bool
  let help: String

  init(_ name: String, _ value: String, required: Bool = false, _ help: String) {
    self.name = name
    self.value = value
    isRequired = required
    self.help = help
  }

  init(flag name: String, _ help: String) {
    self.name = name
    value = nil
    isRequired = false
    self.help = help
  }
}

struct CommandSyntax: Sendable, Equatable {
  /// One or two words.
  let name: String
  let summary: String
  let positionals: [Positional]
  let options: [Option]

  init(_ name: String, _ summary: String, positionals: [Positional] = [], options: [Option] = []) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.options = options
  }

  /// Own options, then those of every command.
  var allOptions: [Option] {
    options + [
      Option(flag: "json", L("Print one JSON value on standard output")),
      Option(flag: "help", L("Show this help")),
    ]
  }
}

extension Option {
  static var extractor: Option {
    Option("extractor", "ID", L("The network that looks at the photos (see duet extractors)"))
  }
  static var force: Option { Option(flag: "force", L("Replace an existing file")) }
}

enum UsageText {
  /// `duet classify PROJECT PHOTO... [--json]`
  static func line(_ syntax: CommandSyntax) -> String {
    let positionals = syntax.positionals.map { positional in
      switch positional.count {
      case .one: positional.name
      case .optional: "[\(positional.name)]"
      case .oneOrMore: "\(positional.name)..."
      }
    }
    let options = syntax.allOptions.filter { $0.name != "help" }.map { option in
      let text = form(option)
      return option.isRequired ? text : "[\(text)]"
    }
    let usage = (["duet", syntax.name] + positionals + options).joined(separator: " ")
    return L("Usage: {command}", ["command": usage])
  }

  static func command(_ syntax: CommandSyntax) -> String {
    let width = syntax.allOptions.map { form($0).count }.max() ?? 0
    let options = syntax.allOptions.map { option in
      "  " + form(option).padding(toLength: width + 2, withPad: " ", startingAt: 0) + option.help
    }
    return ([syntax.summary, "", line(syntax), ""] + options).joined(separator: "\n")
  }

  static func overview(_ commands: [CommandSyntax]) -> String {
    let width = commands.map(\.name.count).max() ?? 0
    let lines = commands.map { syntax in
      "  " + syntax.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + syntax.summary
    }
    let head = L("duet: build and use photo classifiers from the command line.")
    let privacy = L("Nothing leaves this computer unless an assistant on the network is configured.")
    let tail = L("duet COMMAND --help explains a command. Exit codes: 0 done, 1 something failed, 2 not understood.")
    return ([head, privacy, ""] + lines + ["", tail]).joined(separator: "\n")
  }

  private static func form(_ option: Option) -> String {
    "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
  }
}
