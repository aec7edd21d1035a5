// `duet boundary photos`: what "this does not matter" brings back of the accuracy that a planted sticker takes.
// Any thread.

import DuetEngine
import Foundation

struct BoundaryPhotosCommand: Command {
  static let syntax = CommandSyntax(
    "boundary photos", L("Plant a sticker in every category, mark some as “does not matter”, and measure"),
    positionals: [Positional("DIR")],
    options: [
      Option("per-category", "N", L("Photos of a category to train on; the others are tested on (40)")),
      Option("marked", "M", L("Photos of a category whose sticker is marked (10)")),
      Option("sticker", "PERCENT", L("The sticker's diameter as a share of the photo's shorter side (50)")),
      Option("seeds", "K", L("How many times (10)")),
      Option("seed", "S", L("Seed of all choices by lot (0)")),
      .extractor,
    ])

  struct Measured: Encodable, Equatable {
    let accuracy: Double
    let se: Double

    init(_ values: [Double]) {
      accuracy = PlantedConfound.Outcome.mean(values)
      se = PlantedConfound.Outcome.standardError(values)
    }
  }

  struct Result: Encodable, Equatable {
    let per_category: Int
    let marked: Int
    let sticker: Double
    let seeds: Int
    let seed: UInt64
    let clean: Measured
    let clean_marked: Measured
    let clean_cost: Double
    let mismarked: Measured
    let mismarked_cost: Double
    let neutral: Measured
    let confounded: Measured
    let recovered: Measured
    let recovered_share: Double?

    init(_ experiment: PlantedConfound, _ outcome: PlantedConfound.Outcome) {
      per_category = experiment.perCategory
      marked = experiment.marked
      sticker = experiment.size
      seeds = experiment.repeats
      seed = experiment.seed
      clean = Measured(outcome.clean)
      clean_marked = Measured(outcome.cleanMarked)
      clean_cost = outcome.cleanCost
      mismarked = Measured(outcome.mismarked)
      mismarked_cost = outcome.mismarkedCost
      neutral = Measured(outcome.neutral)
      confounded = Measured(outcome.confounded)
      recovered = Measured(outcome.recovered)
      recovered_share = outcome.recoveredShare
    }
  }

  private let folder: URL
  private let extractor: ExtractorID
  let experiment: PlantedConfound

  init(_ arguments: ParsedArguments) throws {
    folder = URL(fileURLWithPath: arguments.positionals[0])
    extractor = try arguments.extractor() ?? .standard
    let perCategory = try arguments.integer("per-category", in: 1...100_000) ?? 40
    let marked = try arguments.integer("marked", in: 1...100_000) ?? min(10, perCategory)
    guard marked <= perCategory else {
      throw UsageError(L("--marked cannot be more than --per-category: only photos that are trained on can be marked."))
    }
    experiment = PlantedConfound(
      perCategory: perCategory, marked: marked,
      size: Double(try arguments.integer("sticker", in: 1...80) ?? 50) / 100,
      repeats: try arguments.integer("seeds", in: 1...10_000) ?? 10,
      seed: UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 0))
  }

  func run(_ console: Console) async throws -> CommandResult {
    guard LabelledPhotos.isFolder(folder) else {
      throw CommandFailure(L("There is no folder “{name}”. Give a folder of folders.", ["name": folder.path]))
    }
    let network = try ExtractorStore.load(extractor)
    let folders = LabelledPhotos.subfolders(of: folder)
    guard folders.count >= 2, folders.count <= Category.limit else {
      throw CommandFailure(
        L("“{name}” needs 2 to {count} folders with photos inside.",
          ["name": folder.lastPathComponent, "count": Category.limit]))
    }
    var subjects: [PlantedConfound.Subject] = []
    var isComplete = true
    for (label, category) in folders.enumerated() {
      for photo in category.photos {
        do {
          let copy = try PhotoImporter.load(.file(photo)).copy
          subjects.append(.init(name: photo.lastPathComponent, label: label, copy: copy))
        } catch {
          console.report(FailureText.sentence(for: error))
          isComplete = false
        }
      }
    }
    let outcome: PlantedConfound.Outcome
    do {
      outcome = try experiment.run(subjects, categories: folders.count, extractor: network) { done in
        console.progress(L("Repetitions"), done, of: experiment.repeats)
      }
    } catch let error as EvaluationError {
      throw CommandFailure(error.message { folders[Int($0.rawValue) - 1].name })
    }
    let result = Result(experiment, outcome)
    return CommandResult(json: result, text: Self.text(result), isComplete: isComplete)
  }

  static func text(_ result: Result) -> String {
    func line(_ name: String, _ value: Measured) -> String {
      TerminalText.padded(name, to: 44)
        + String(format: " %5.1f %%  ± %.1f", value.accuracy * 100, value.se * 100)
    }
    var lines = [
      line(L("no stickers"), result.clean),
      line(L("no stickers, background marked"), result.clean_marked),
      line(L("no stickers, regions marked anywhere"), result.mismarked),
      line(L("stickers of any colour"), result.neutral),
      line(L("a colour for each category in training"), result.confounded),
      line(L("the same, with marks"), result.recovered),
    ]
    if let share = result.recovered_share {
      lines.append(L("Marks brought back {percent} % of what the stickers took.",
        ["percent": String(format: "%.0f", share * 100)]))
    } else {
      lines.append(L("The stickers took nothing."))
    }
    return lines.joined(separator: "\n")
  }
}
