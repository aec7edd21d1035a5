// `duet boundary run --set moons|circles|xor|gaussian`: the comparison on 2-D sets. Any thread.

import DuetEngine
import Foundation

struct BoundaryPointSource: BoundarySource {
  static let setNames = ["moons", "circles", "xor", "gaussian"]
  static let options = [
    Option("epochs", "E", L("Epochs of a training (300)")),
    Option("alpha", "A", L("Share of the arrows in the loss, 0 to 1 (0.5)")),
    Option("output", "KIND", L("What an arrow's derivative is taken of: logit or probability (logit)")),
    Option("mark", "KIND", L("What the arrows say: tip or direction (tip)")),
    Option("hidden", "SIZES", L("Neurons of the hidden layers, such as 80 or 40,40 (80)")),
    Option("members", "M", L("Networks in the ensemble, 1 or 3 (1)")),
  ]

  struct Result: Encodable, Equatable {
    let set: String
    let points: Int
    let mode: String
    let output: String
    let arrows: String
    let mark: String
    let alpha: Double
    let hidden: [Int]
    let members: Int
    let epochs: Int
    let seeds: Int
    let seed: UInt64
    let n_test: Int
    let rows: [ComparisonRow]
  }

  let setName: String
  let comparison: BoundaryComparison

  init(_ arguments: ParsedArguments, set: String) throws {
    guard arguments.positionals.isEmpty else {
      throw UsageError(L("“{argument}” is one argument too many.", ["argument": arguments.positionals[0]]))
    }
    setName = set
    let kinds: [String: PointSetKind] = ["moons": .moons, "circles": .circles, "xor": .xor, "gaussian": .gaussians]
    guard let kind = kinds[set] else { throw UsageError(L("There is no set “{name}”.", ["name": set])) }
    var settings = BoundarySettings()
    settings.loss = try Self.choice(arguments, "mode", BoundaryLoss.all.map { ($0.identifier, $0) }) ?? .tips
    settings.output = try Self.choice(arguments, "output", BoundaryOutput.allCases.map { ($0.rawValue, $0) }) ?? .logit
    settings.alpha = try Self.share(arguments, "alpha") ?? settings.alpha
    settings.hidden = try Self.sizes(arguments, "hidden") ?? settings.hidden
    settings.members = try Self.choice(arguments, "members", [("1", 1), ("3", 3)]) ?? 1
    let arrows = try Self.choice(
      arguments, "arrows", [ArrowTurn.oracle, .random, .none].map { ($0.rawValue, $0) }) ?? .oracle
    let mark = try Self.choice(
      arguments, "mark", [("tip", Mark.Kind.becomesOther), ("direction", .direction)]) ?? .becomesOther
    comparison = BoundaryComparison(
      kind, points: try arguments.integer("points", in: 2...1_000) ?? 10, settings: settings, arrows: arrows,
      markKind: mark, seeds: try arguments.integer("seeds", in: 1...10_000) ?? 60,
      firstSeed: UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 0),
      epochs: try arguments.integer("epochs", in: 1...100_000) ?? BoundaryComparison.standardEpochs)
  }

  private static func choice<Value>(
    _ arguments: ParsedArguments, _ option: String, _ values: [(String, Value)]
  ) throws -> Value? {
    guard let text = arguments.text(option) else { return nil }
    guard let value = values.first(where: { $0.0 == text }) else {
      throw UsageError(L("The option {option} takes {known}, not “{value}”.",
        ["option": "--\(option)", "known": values.map(\.0).joined(separator: ", "), "value": text]))
    }
    return value.1
  }

  private static func share(_ arguments: ParsedArguments, _ option: String) throws -> Double? {
    guard let text = arguments.text(option) else { return nil }
    guard let value = Double(text), (0...1).contains(value) else {
      throw UsageError(L("The option {option} needs a number from 0 to 1, not “{value}”.",
        ["option": "--\(option)", "value": text]))
    }
    return value
  }

  private static func sizes(_ arguments: ParsedArguments, _ option: String) throws -> [Int]? {
    guard let text = arguments.text(option) else { return nil }
    let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...BoundarySettings.mostHiddenLayers).contains(sizes.count),
      sizes.allSatisfy({ $0.map(BoundarySettings.hiddenSizes.contains) ?? false })
    else {
      throw UsageError(
        L("The option {option} needs 1 to {layers} whole numbers from 1 to {most} with commas between, not “{value}”.",
          ["option": "--\(option)", "layers": BoundarySettings.mostHiddenLayers,
            "most": BoundarySettings.hiddenSizes.upperBound, "value": text]))
    }
    return sizes.compactMap { $0 }
  }

  func run(_ console: Console) async throws -> CommandResult {
    let comparison = comparison
    let rows = try await Task.detached(priority: .userInitiated) { try comparison.run() }.value
    let settings = comparison.settings
    let result = Result(
      set: setName, points: comparison.points, mode: settings.loss.identifier, output: settings.output.rawValue,
      arrows: comparison.arrows.rawValue, mark: comparison.markKind == .direction ? "direction" : "tip",
      alpha: settings.alpha, hidden: settings.hidden, members: settings.members, epochs: comparison.epochs,
      seeds: comparison.seeds, seed: comparison.firstSeed, n_test: BoundaryComparison.testCount, rows: rows)
    return CommandResult(json: result, text: Self.text(result))
  }

  /// A line for each way of training: accuracy and how much above the first line, in percent, with standard errors.
  static func text(_ result: Result) -> String {
    let width = result.rows.map { TerminalText.width($0.title) }.max() ?? 0
    func percent(_ value: Double, _ error: Double, sign: Bool) -> String {
      String(format: sign ? "%+6.1f ± %.1f" : "%6.1f ± %.1f", value * 100, error * 100)
    }
    let lines = result.rows.enumerated().map { place, row in
      let own = percent(row.accuracy, row.standardError, sign: false)
      let above = place == 0 ? "" : percent(row.difference, row.differenceStandardError, sign: true)
      return "  " + TerminalText.padded(row.title, to: width) + own + "  " + above
    }
    let head = LN(
      "{set}, {points} labelled points, {count} repetition: right answers in %, with standard error; above the first line",
      "{set}, {points} labelled points, {count} repetitions: right answers in %, with standard error; above the first line",
      result.seeds, ["set": result.set, "points": result.points])
    return ([head] + lines).map { $0.replacingOccurrences(of: "\\s+$", with: "", options: .regularExpression) }
      .joined(separator: "\n")
  }
}
