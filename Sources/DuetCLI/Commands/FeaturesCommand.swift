// `duet features` and `duet forward`: what the networks make of photos, for other programs. Any thread.

import DuetEngine
import Foundation

struct FeaturesCommand: Command {
  static let syntax = CommandSyntax(
    "features", L("Write the features of photos to a safetensors file"),
    positionals: [Positional("PHOTO", .oneOrMore)],
    options: [Option("out", "FILE", required: true, L("The safetensors file to write")), .extractor])

  struct Refusal: Encodable, Equatable {
    let image: String
    let error: String
  }
  struct Result: Encodable, Equatable {
    let count: Int
    let dimension: Int
    let refused: [Refusal]
  }

  private let photos: [String]
  private let out: URL
  private let extractor: ExtractorID

  init(_ arguments: ParsedArguments) throws {
    photos = arguments.positionals
    out = URL(fileURLWithPath: arguments.text("out") ?? "")
    extractor = try arguments.extractor() ?? .standard
  }

  func run(_ console: Console) async throws -> CommandResult {
    let network = try ExtractorStore.load(extractor)
    let outcomes = await PhotoFeatures.extract(
      photos.map { URL(fileURLWithPath: $0) }, with: network, console: console)
    var rows: [Float] = []
    var refused: [Refusal] = []
    for (photo, outcome) in zip(photos, outcomes) {
      switch outcome {
      case .features(let features): rows += features
      case .refused(let reason):
        rows += [Float](repeating: 0, count: ExtractorID.dimension)
        refused.append(Refusal(image: photo, error: reason))
      }
    }
    let tensor = Tensor(rows, shape: [photos.count, ExtractorID.dimension])
    try SafeTensors.write(["features": tensor], metadata: ["extractor": extractor.rawValue], to: out)
    let text = LN("The features of {count} photo are in {path}", "The features of {count} photos are in {path}",
      photos.count - refused.count, ["path": TerminalText.safe(out.path)])
    return CommandResult(
      json: Result(count: photos.count, dimension: ExtractorID.dimension, refused: refused), text: text,
      isComplete: refused.isEmpty)
  }
}

struct ForwardCommand: Command {
  static let syntax = CommandSyntax(
    "forward", L("Run a network on exact 224 x 224 crops"), positionals: [Positional("TENSOR.safetensors")],
    options: [
      Option("key", "NAME", required: true, L("The tensor of crops: [n, 224, 224, 3], 8 bits, RGB")),
      Option("out", "FILE", required: true, L("The safetensors file to write: features, [n, 1280]")),
      .extractor,
      Option("weights", "FILE", L("Weights to use instead of the installed ones")),
    ])

  struct Result: Encodable, Equatable {
    let count: Int
  }

  private let input: URL
  private let key: String
  private let out: URL
  private let extractor: ExtractorID
  private let weights: URL?

  init(_ arguments: ParsedArguments) throws {
    input = URL(fileURLWithPath: arguments.positionals[0])
    key = arguments.text("key") ?? ""
    out = URL(fileURLWithPath: arguments.text("out") ?? "")
    extractor = try arguments.extractor() ?? .standard
    weights = arguments.file("weights")
  }

  func run(_ console: Console) async throws -> CommandResult {
    let network = try weights.map { try FeatureExtractor(extractor, weights: $0) } ?? ExtractorStore.load(extractor)
    let file = try SafeTensors(contentsOf: input)
    let count = file.entries[key]?.shape.first ?? 1
    let crops = try file.uint8s(key, shape: [count, 224, 224, 3])
    let size = 224 * 224 * 3
    var rows: [Float] = []
    for index in 0..<count {
      rows += try network.features(ofCrop: Array(crops[index * size..<(index + 1) * size]))
      console.progress(L("Looking at crops"), index + 1, of: count)
    }
    try SafeTensors.write(
      ["features": Tensor(rows, shape: [count, ExtractorID.dimension])],
      metadata: ["extractor": extractor.rawValue], to: out)
    return CommandResult(
      json: Result(count: count),
      text: LN("The features of {count} crop are in {path}", "The features of {count} crops are in {path}", count,
        ["path": TerminalText.safe(out.path)]))
  }
}
