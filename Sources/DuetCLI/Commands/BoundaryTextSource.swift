// `duet boundary run --set text FILE`: what edits of reviews are worth beside labels. Any thread.

import DuetEngine
import Foundation

struct BoundaryTextSource: BoundarySource {
  static let setNames = ["text"]
  static let options = [
    Option("test", "FILE", L("Texts: reviews to measure on (dev_paired.tsv beside a train_paired.tsv)")),
    Option("dimension", "D", L("Texts: numbers that a text becomes (50)")),
    Option("text-column", "NAME", L("Texts: the column that holds the text")),
    Option("label-column", "NAME", L("Texts: the column that holds the label")),
    Option("pair-column", "NAME", L("Texts: the column that says which two lines are a review and its edit")),
  ]

  struct Result: Encodable, Equatable {
    let set: String
    let points: Int
    let mode: String
    let arrows: String
    let seeds: Int
    let seed: UInt64
    let n_test: Int
    let n_unlabelled: Int
    let terms: Int
    let dimension: Int
    let rows: [ComparisonRow]
  }

  let file: URL
  let test: URL?
  let columns: TextColumns
  let experiment: TextExperiment

  init(_ arguments: ParsedArguments, set: String) throws {
    guard let path = arguments.positionals.first else {
      throw UsageError(L("Give the file of reviews: duet boundary run --set text FILE"))
    }
    file = URL(fileURLWithPath: path)
    test = arguments.file("test") ?? Self.testFile(beside: file)
    columns = TextColumns(
      text: arguments.text("text-column"), label: arguments.text("label-column"), pair: arguments.text("pair-column"))
    let mode = try Self.choice(arguments, "mode", TextMode.allCases) ?? .standard
    let edits = try Self.choice(arguments, "arrows", TextExperiment.Edits.allCases) ?? .oracle
    experiment = TextExperiment(
      points: try arguments.integer("points", in: 2...5_000) ?? TextExperiment.standardPoints, mode: mode, edits: edits,
      seeds: try arguments.integer("seeds", in: 1...10_000) ?? TextExperiment.standardSeeds,
      firstSeed: UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 0),
      dimension: try arguments.integer("dimension", in: 1...1_000) ?? TextFeatures.standardDimension)
  }

  private static func choice<Value: RawRepresentable>(
    _ arguments: ParsedArguments, _ option: String, _ values: [Value]
  ) throws -> Value? where Value.RawValue == String {
    guard let text = arguments.text(option) else { return nil }
    guard let value = values.first(where: { $0.rawValue == text }) else {
      throw UsageError(L("The option {option} takes {known}, not “{value}”.",
        ["option": "--\(option)", "known": values.map(\.rawValue).joined(separator: ", "), "value": text]))
    }
    return value
  }

  /// `dev_paired.tsv` beside `train_paired.tsv`, as the film reviews of Kaushik et al. come.
  static func testFile(beside file: URL) -> URL? {
    let name = file.lastPathComponent
    guard name.contains("train") else { return nil }
    let other = file.deletingLastPathComponent().appendingPathComponent(
      name.replacingOccurrences(of: "train", with: "dev"))
    return FileManager.default.fileExists(atPath: other.path) ? other : nil
  }

  func run(_ console: Console) async throws -> CommandResult {
    let (training, asked) = try sets()
    let experiment = experiment
    let outcome = try await Task.detached(priority: .userInitiated) {
      try experiment.run(training: training, test: asked)
    }.value
    let result = Result(
      set: "text", points: experiment.points, mode: experiment.mode.rawValue, arrows: experiment.edits.rawValue,
      seeds: experiment.seeds, seed: experiment.firstSeed, n_test: outcome.testCount,
      n_unlabelled: outcome.unlabelledCount, terms: outcome.terms, dimension: outcome.dimension, rows: outcome.rows)
    return CommandResult(json: result, text: Self.text(result))
  }

  /// Without a file of its own to measure on, every fifth review is held out.
  private func sets() throws -> (training: TextSet, test: TextSet) {
    if let test {
      return (
        try TextSet.read(file, columns: columns, holdsOut: false),
        try TextSet.read(test, columns: columns, holdsOut: false)
      )
    }
    let all = try TextSet.read(file, columns: columns)
    return (
      TextSet(name: all.name, labels: all.labels, reviews: all.training),
      TextSet(name: all.name, labels: all.labels, reviews: all.heldOut)
    )
  }

  /// A line for each way of training: accuracy and how much above the first line, in percent, with standard errors.
  static func text(_ result: Result) -> String {
    let width = result.rows.map { TerminalText.width($0.title) }.max() ?? 0
    func percent(_ value: Double, _ error: Double, sign: Bool) -> String {
      String(format: sign ? "%+6.1f ± %.1f" : "%6.1f ± %.1f", value * 100, error * 100)
    }
    let lines = result.rows.enumerated().map { place, row in
      let above = place == 0 ? "" : "  " + percent(row.difference, row.differenceStandardError, sign: true)
      let own = percent(row.accuracy, row.standardError, sign: false)
      return "  " + TerminalText.padded(row.title, to: width) + own + above
    }
    let head = LN(
      "{count} repetition, tested on {test} reviews: right answers in %, with standard error; above the first line",
      "{count} repetitions, tested on {test} reviews: right answers in %, with standard error; above the first line",
      result.seeds, ["test": result.n_test])
    return ([head] + lines).joined(separator: "\n")
  }
}
