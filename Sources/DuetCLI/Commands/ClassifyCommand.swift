// `duet classify`: what a trained project says about photos. Any thread.

import DuetEngine
import Foundation

struct ClassifyCommand: Command {
  static let syntax = CommandSyntax(
    "classify", L("Say what photos show, with a bar for every category"),
    positionals: [Positional("PROJECT"), Positional("PHOTO", .oneOrMore)])

  struct Neighbour: Encodable, Sendable, Equatable {
    let category: String
    let image: String
    let similarity: Double
  }

  /// A photo's answer, or why there is none.
  enum Answer: Encodable, Sendable, Equatable {
    case answered(image: String, label: String, known: Bool, bars: [NamedBar], nearest: [Neighbour])
    case refused(image: String, error: String)

    private enum Key: CodingKey { case image, label, known, probabilities, nearest, error }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      switch self {
      case .answered(let image, let label, let known, let bars, let nearest):
        try container.encode(image, forKey: .image)
        try container.encode(label, forKey: .label)
        try container.encode(known, forKey: .known)
        let probabilities = Dictionary(bars.map { ($0.name, $0.probability) }, uniquingKeysWith: { first, _ in first })
        try container.encode(probabilities, forKey: .probabilities)
        try container.encode(nearest, forKey: .nearest)
      case .refused(let image, let error):
        try container.encode(image, forKey: .image)
        try container.encode(error, forKey: .error)
      }
    }
  }

  struct NamedBar: Sendable, Equatable {
    let name: String
    let probability: Double
  }

  private let project: URL
  private let photos: [String]

  init(_ arguments: ParsedArguments) throws {
    project = URL(fileURLWithPath: arguments.positionals[0])
    photos = Array(arguments.positionals.dropFirst())
  }

  func run(_ console: Console) async throws -> CommandResult {
    let store = try ProjectStore(url: project, create: false)
    let snapshot = try await store.read().snapshot
    let model = try await store.model()
    let extractorID = try await store.usedExtractor()
    await store.close()
    guard let model else {
      let name = project.lastPathComponent
      throw snapshot.model == nil
        ? CommandFailure(
          L("“{name}” has no model yet. Train it first: duet train {name} --out NEW.duet", ["name": name]))
        : TrainingError.unreadableModel
    }
    let extractor = try ExtractorStore.load(extractorID)
    let outcomes = await PhotoFeatures.extract(
      photos.map { URL(fileURLWithPath: $0) }, with: extractor, console: console)
    let names = ProjectNames(snapshot.categories)
    let answers = zip(photos, outcomes).map { photo, outcome -> Answer in
      switch outcome {
      case .features(let features):
        let prediction = model.predict(features)
        return Self.answer(photo, snapshot.detectsUnknown ? prediction : prediction.takenAsKnown, names)
      case .refused(let reason): return Answer.refused(image: photo, error: reason)
      }
    }
    let isComplete = !answers.contains { if case .refused = $0 { true } else { false } }
    return CommandResult(
      json: answers, text: answers.map { Self.text($0, console.hasColours) }.joined(separator: "\n\n"),
      isComplete: isComplete)
  }

  static func answer(_ photo: String, _ prediction: Prediction, _ names: ProjectNames) -> Answer {
    .answered(
      image: photo, label: names.category(prediction.label), known: prediction.known,
      bars: prediction.bars.map { NamedBar(name: names.category($0.category), probability: $0.probability) },
      nearest: prediction.nearest.map {
        Neighbour(category: names.category($0.category), image: names.photo($0.photo), similarity: $0.similarity)
      })
  }

  static func text(_ answer: Answer, _ hasColours: Bool) -> String {
    switch answer {
    case .refused(let image, let error):
      return TerminalText.safe(image) + "\n  " + TerminalText.safe(error)
    case .answered(let image, _, let known, let bars, let nearest):
      var lines = [TerminalText.safe(image)]
      let chart = BarChart(bars: bars.map { ($0.name, $0.probability) }, hasColours: hasColours)
      lines += chart.lines()
      if !known { lines.append("  " + L("This photo is unlike everything that was taught.")) }
      let similar = nearest.map { "\($0.image) (\($0.category))" }.joined(separator: ", ")
      if !similar.isEmpty {
        lines.append("  " + TerminalText.safe(L("It looks most like {photos}", ["photos": similar])))
      }
      return lines.joined(separator: "\n")
    }
  }
}
