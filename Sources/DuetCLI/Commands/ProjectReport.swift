// What `duet train` and `duet demo` say about a finished project. Any thread.

import DuetEngine
import Foundation

struct ProjectReport: Encodable, Sendable, Equatable {
  struct CategoryCount: Encodable, Sendable, Equatable {
    let name: String
    let images: Int
  }
  struct Seconds: Encodable, Sendable, Equatable {
    let extract: Double
    let train: Double
  }

  let categories: [CategoryCount]
  let seconds: Seconds
  /// Accuracy in cross-validation, 0 to 1; null where there are too few photos.
  let score: Double?

  private enum Key: CodingKey { case categories, seconds, score }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(categories, forKey: .categories)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(score, forKey: .score)
  }

  /// - Parameter project: a trained project, closed.
  static func make(_ project: URL, seconds: Seconds, console: Console) async throws -> ProjectReport {
    let store = try ProjectStore(url: project, create: false)
    let snapshot = try await store.read().snapshot
    let set = try await store.trainingSet()
    await store.close()
    let names = ProjectNames(snapshot.categories)
    var score: Double?
    do {
      score = try CrossValidation().run(set).accuracy
    } catch let error as EvaluationError {
      console.report(L("No score: {reason}", ["reason": error.message { names.category($0) }]))
    }
    return ProjectReport(
      categories: snapshot.categories.map { .init(name: names.category($0.id), images: $0.photos.count) },
      seconds: seconds, score: score)
  }

  func text(_ project: URL) -> String {
    let width = categories.map { TerminalText.width($0.name) }.max() ?? 0
    var lines = categories.map { category in
      "  " + TerminalText.padded(TerminalText.safe(category.name), to: width) + "  "
        + LN("{count} photo", "{count} photos", category.images)
    }
    lines.append(L("Training is finished: {extract} s to look at the photos, {train} s to learn.",
      ["extract": Self.rounded(seconds.extract), "train": Self.rounded(seconds.train)]))
    if let score {
      lines.append(L("On photos it was not trained on it is right {percent} of the time.",
        ["percent": TerminalText.percent(score)]))
    }
    lines.append(L("The project is in {path}", ["path": TerminalText.safe(project.path)]))
    return lines.joined(separator: "\n")
  }

  private static func rounded(_ seconds: Double) -> String { String(format: "%.2f", seconds) }
}
