// `duet`, the command line of DuetML: for classrooms' scripts, studies, servers and tests.
// Starts on the main thread; finds the command, runs it, prints its result, and ends with its exit code.

import DuetEngine
import Foundation

@main struct DuetCommandLine {
  static let version = "0.1.0"

  static let commands: [any Command.Type] = [
    ExtractorsCommand.self, ExtractorInstallCommand.self, FeaturesCommand.self, ForwardCommand.self,
    TrainCommand.self, ClassifyCommand.self, EvaluateCommand.self, CheckCommand.self, ChatCommand.self, DemoCommand.self,
    BenchCommand.self, CacheListCommand.self, CacheExportCommand.self, CacheImportCommand.self, LedgerCommand.self,
    ExportCommand.self, BoundaryRunCommand.self, BoundaryPhotosCommand.self,
  ]

  static func main() async {
    TextDomain.bind(directory: DataFiles.url("locale")?.path ?? "/usr/share/locale")
    let code = await run(Array(CommandLine.arguments.dropFirst()), on: Console())
    exit(code.rawValue)
  }

  /// Everything but the process: arguments in, exit code out.
  static func run(_ arguments: [String], on console: Console) async -> ExitCode {
    switch arguments.first {
    case nil, "help", "--help", "-h":
      console.print(UsageText.overview(commands.map { $0.syntax }))
      return arguments.isEmpty ? .usage : .done
    case "--version":
      console.print("duet \(version)")
      return .done
    default:
      break
    }
    guard let (command, rest) = find(arguments) else {
      console.report(L("There is no command “{name}”. Run duet --help for the list.", ["name": arguments[0]]))
      return .usage
    }
    return await run(command, rest, on: console)
  }

  /// The command with the most words in front of the arguments: `extractor install` before `extractor`.
  static func find(_ arguments: [String]) -> (command: any Command.Type, rest: [String])? {
    commands
      .map { ($0, $0.syntax.name.split(separator: " ").map(String.init)) }
      .filter { arguments.starts(with: $0.1) }
      .max { $0.1.count < $1.1.count }
      .map { ($0.0, Array(arguments.dropFirst($0.1.count))) }
  }

  private static func run(_ type: any Command.Type, _ arguments: [String], on console: Console) async -> ExitCode {
    let parsed: ParsedArguments
    let command: any Command
    do {
      parsed = try ParsedArguments(arguments, syntax: type.syntax)
      if parsed.has("help") {
        console.print(UsageText.command(type.syntax))
        return .done
      }
      command = try type.init(parsed)
    } catch {
      console.report((error as? UsageError)?.message ?? FailureText.sentence(for: error))
      console.report(UsageText.line(type.syntax))
      return .usage
    }
    do {
      let result = try await command.run(console)
      console.endProgress()
      console.print(parsed.has("json") ? try JSONText.encode(result.json) : result.text)
      return result.isComplete ? .done : .failed
    } catch {
      console.endProgress()
      let sentence = FailureText.sentence(for: error)
      console.report(sentence)
      // Whoever reads JSON always gets one value.
      if parsed.has("json"), let json = try? JSONText.encode(["error": sentence]) { console.print(json) }
      return .failed
    }
  }
}
