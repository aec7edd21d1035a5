// `duet evaluate`: how good a classifier is on photos that it was not trained on. Any thread.

import DuetEngine
import Foundation

struct EvaluateCommand: Command {
  static let syntax = CommandSyntax(
    "evaluate",
    L("Measure a classifier on photos kept apart (confusion: a row for each right category, in order)"),
    positionals: [Positional("DIR_OR_PROJECT")],
    options: [
      Option("per-category", "N", L("Train on N random photos a category; without it, cross-validation")),
      Option("repeats", "R", L("How many times (1)")),
      Option("seed", "S", L("Seed of all choices by lot (0)")),
      Option("holdout-after", "M", L("Test on the photos after the first M of each shuffled category (50)")),
      Option("classifier", "KIND", L("standard, svm, or paper for the DuetML paper's")),
      .extractor,
    ])

  struct Result: Encodable, Equatable {
    let accuracy: Double
    let std: Double
    let ece: Double
    let log_loss: Double
    let n_test: Int
    let confusion: [[Int]]

    init(_ report: EvaluationReport) {
      accuracy = report.accuracy
      std = report.standardDeviation
      ece = report.expectedCalibrationError
      log_loss = report.logLoss
      n_test = report.testCount
      confusion = report.confusionMatrix
    }
  }

  enum Scheme: Equatable {
    case folds(seed: UInt64)
    case holdOut(perCategory: Int, repeats: Int, seed: UInt64, after: Int?)
  }

  private let source: URL
  private let extractor: ExtractorID?
  let kind: ClassifierKind
  let chosen: Scheme

  init(_ arguments: ParsedArguments) throws {
    source = URL(fileURLWithPath: arguments.positionals[0])
    extractor = try arguments.extractor()
    let name = arguments.text("classifier") ?? ClassifierKind.standard.rawValue
    guard let kind = ClassifierKind(rawValue: name) else {
      throw UsageError(L("There is no classifier “{name}”. Known: standard, svm, paper.", ["name": name]))
    }
    self.kind = kind
    let perCategory = try arguments.integer("per-category", in: 1...100_000)
    let repeats = try arguments.integer("repeats", in: 1...10_000)
    let seed = UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 0)
    let after = try arguments.integer("holdout-after", in: 1...100_000)
    guard let perCategory else {
      if repeats != nil || after != nil {
        throw UsageError(L("--repeats and --holdout-after go with --per-category."))
      }
      chosen = .folds(seed: seed)
      return
    }
    if let after, after < perCategory {
      throw UsageError(L("--holdout-after cannot be less than --per-category: photos would be trained and tested on."))
    }
    chosen = .holdOut(perCategory: perCategory, repeats: repeats ?? 1, seed: seed, after: after)
  }

  func run(_ console: Console) async throws -> CommandResult {
    let photos = try await LabelledPhotos.read(source, extractor: extractor, console: console)
    let report: EvaluationReport
    do {
      report = try evaluate(photos.set)
    } catch let error as EvaluationError {
      throw CommandFailure(error.message(name: photos.name(of:)))
    }
    return CommandResult(
      json: Result(report), text: Self.text(report, photos.names), isComplete: photos.isComplete)
  }

  private func evaluate(_ set: TrainingSet) throws -> EvaluationReport {
    switch chosen {
    case .folds(let seed):
      return try CrossValidation(seed: seed).run(set, kind: kind)
    case .holdOut(let perCategory, let repeats, let seed, let after):
      return try HoldOutEvaluation(perCategory: perCategory, repeats: repeats, seed: seed, holdOutAfter: after)
        .run(set, kind: kind)
    }
  }

  static func text(_ report: EvaluationReport, _ names: [String]) -> String {
    func number(_ value: Double) -> String { String(format: "%.3f", value) }
    let names = names.map(TerminalText.safe)
    let width = names.map(TerminalText.width).max() ?? 0
    var lines = [
      L("right answers     {value} (standard deviation {deviation})",
        ["value": number(report.accuracy), "deviation": number(report.standardDeviation)]),
      L("calibration error {value}", ["value": number(report.expectedCalibrationError)]),
      L("log loss          {value}", ["value": number(report.logLoss)]),
      LN("{count} photo was tested. Rows: what it shows; columns, in the same order: what was answered.",
        "{count} photos were tested. Rows: what they show; columns, in the same order: what was answered.",
        report.testCount),
    ]
    let cell = (report.confusionMatrix.joined().max() ?? 0).description.count + 1
    for (name, row) in zip(names, report.confusionMatrix) {
      let cells = row.map { String(repeating: " ", count: cell - "\($0)".count) + "\($0)" }.joined()
      lines.append("  " + TerminalText.padded(name, to: width) + " " + cells)
    }
    return lines.joined(separator: "\n")
  }
}
