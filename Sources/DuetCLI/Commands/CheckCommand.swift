// `duet check`: what is worth a look in a project: copies, leaks, suspects, unequal counts, and an honest score. Any thread.
// Reads the project and leaves it as it is.

import DuetEngine
import Foundation

struct CheckCommand: Command {
  static let syntax = CommandSyntax(
    "check", L("Look for copies, wrong categories and unequal counts, and give an honest score"),
    positionals: [Positional("PROJECT")])

  private let project: URL

  init(_ arguments: ParsedArguments) throws {
    project = URL(fileURLWithPath: arguments.positionals[0])
  }

  func run(_ console: Console) async throws -> CommandResult {
    let store = try ProjectStore(url: project, create: false)
    let facts = try await ProjectCheck(store: store).run()
    await store.close()
    return CommandResult(json: CheckReport(facts), text: Self.text(facts))
  }

  static func text(_ facts: ProjectFacts) -> String {
    facts.statements.map { TerminalText.safe($0.text) }.joined(separator: "\n")
  }
}

/// A value that is there as `null` where there is none: scripts find every key.
@propertyWrapper struct OrNull<Value: Encodable & Sendable>: Encodable, Sendable {
  let wrappedValue: Value?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

/// The facts in the names that scripts rely on. Photos are named by file and by id, because names need not be unique.
struct CheckReport: Encodable, Sendable {
  struct Image: Encodable, Sendable, Equatable {
    let id: Int64
    let image: String
  }

  struct Duplicate: Encodable, Sendable {
    let original: Image
    let copy: Image
    @OrNull var original_category: String?
    /// Null: the test photo.
    @OrNull var copy_category: String?
    let kind: String
    let place: String
    let similarity: Double
  }

  struct SuspectRow: Encodable, Sendable {
    let id: Int64
    let image: String
    let category: String
    let suggested: String
    let score: Double
  }

  struct CategoryRow: Encodable, Sendable {
    let name: String
    let images: Int
    let different: Int
    /// Null where there is no fair score.
    @OrNull var accuracy: Double?
    let mistaken: [Image]
  }

  struct Score: Encodable, Sendable {
    /// Null where there is no fair score; `sentence` says why.
    @OrNull var accuracy: Double?
    let n_test: Int
    let sentence: String
  }

  struct Confusion: Encodable, Sendable {
    let category: String
    let answer: String
    let images: [Image]
  }

  struct Finding: Encodable, Sendable {
    let text: String
    let images: [Image]
  }

  struct Test: Encodable, Sendable {
    let id: Int64
    let image: String
    @OrNull var label: String?
    @OrNull var known: Bool?
    let is_current: Bool
    /// The training photo that it is a copy of.
    @OrNull var leak: Image?
  }

  let counts: [String: Int]
  let duplicates: [Duplicate]
  let suspects: [SuspectRow]
  let score: Score
  let categories: [CategoryRow]
  let confusions: [Confusion]
  let imbalance: [Finding]
  /// Null: the test area is empty.
  let test: Test?

  init(_ facts: ProjectFacts) {
    let names = ProjectNames(named: facts.categories.map { ($0.id, $0.name) })
    var categoryOf: [PhotoID: CategoryID] = [:]
    for count in facts.counts { for photo in count.photos { categoryOf[photo] = count.category } }
    func image(_ photo: PhotoID) -> Image { Image(id: photo.rawValue, image: facts.name(of: photo)) }
    func category(of photo: PhotoID) -> String? { categoryOf[photo].map { names.category($0) } }

    counts = Dictionary(
      facts.counts.map { (names.category($0.category), $0.photos.count) }, uniquingKeysWith: { first, _ in first })
    duplicates = facts.duplicates.map {
      Duplicate(
        original: image($0.original), copy: image($0.copy), original_category: category(of: $0.original),
        copy_category: category(of: $0.copy), kind: $0.kind.rawValue, place: $0.place.rawValue,
        similarity: $0.similarity)
    }
    suspects = facts.suspects.map {
      SuspectRow(
        id: $0.photo.rawValue, image: facts.name(of: $0.photo), category: names.category($0.category),
        suggested: names.category($0.suggested), score: $0.score)
    }
    let honest = facts.score?.score
    score = Score(
      accuracy: honest?.share, n_test: honest?.photoCount ?? 0,
      sentence: facts.score?.sentence(name: { names.category($0) }) ?? "")
    let shares = Dictionary(
      (honest?.perCategory ?? []).map { ($0.category, $0) }, uniquingKeysWith: { first, _ in first })
    categories = facts.counts.map { count in
      CategoryRow(
        name: names.category(count.category), images: count.photos.count, different: count.different,
        accuracy: shares[count.category]?.share, mistaken: (shares[count.category]?.mistaken ?? []).map(image))
    }
    confusions = facts.confusions.map {
      Confusion(
        category: names.category($0.category), answer: names.category($0.answer), images: $0.photos.map(image))
    }
    imbalance = facts.countFindings.map {
      Finding(text: $0.sentence(name: { names.category($0) }), images: $0.photos.map(image))
    }
    test = facts.test.map { test in
      Test(
        id: test.photo.rawValue, image: facts.name(of: test.photo),
        label: (test.prediction?.label).map { names.category($0) }, known: test.prediction?.known,
        is_current: test.isCurrent, leak: (test.leak?.original).map(image))
    }
  }

  private enum Key: String, CodingKey {
    case counts, duplicates, suspects, score, categories, confusions, imbalance, test
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(counts, forKey: .counts)
    try container.encode(duplicates, forKey: .duplicates)
    try container.encode(suspects, forKey: .suspects)
    try container.encode(score, forKey: .score)
    try container.encode(categories, forKey: .categories)
    try container.encode(confusions, forKey: .confusions)
    try container.encode(imbalance, forKey: .imbalance)
    try container.encode(test, forKey: .test)
  }
}
