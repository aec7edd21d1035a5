// How good the project's model is on photos that it has not seen, with the photos that prove it: the value that the
// window, the command line and the assistants show. Kept in the project as JSON. Any thread.

import Foundation

/// Every photo's answer by a model that was trained without it and without its copies.
public struct HonestScore: Sendable, Equatable, Codable {
  /// One photo, asked about.
  public struct Answer: Sendable, Equatable, Codable, Identifiable {
    public let photo: PhotoID
    /// Where it is.
    public let category: CategoryID
    /// What the model said.
    public let answer: CategoryID
    /// The height of the answer's bar, 0 to 1.
    public let confidence: Double
    /// 1 for a photo without copies, else 1 / copies: a photo that is there five times counts once.
    public let weight: Double

    public var id: PhotoID { photo }
    public var isRight: Bool { category == answer }
  }

  /// A category's part of the score.
  public struct CategoryScore: Sendable, Equatable, Identifiable {
    public let category: CategoryID
    public let photoCount: Int
    /// Share of right answers, 0 to 1.
    public let share: Double
    /// Its photos that were taken for something else.
    public let mistaken: [PhotoID]

    public var id: CategoryID { category }
    /// What a person reads.
    public var sentence: String { ScoreWords.sentence(share) }
  }

  /// One cell of the confusion table.
  public struct Cell: Sendable, Equatable {
    public let category: CategoryID
    public let answer: CategoryID
    public let photos: [PhotoID]
  }

  /// In the user's order.
  public let categories: [CategoryID]
  /// In the order of the photos' ids.
  public let answers: [Answer]

  public init(categories: [CategoryID], answers: [Answer]) {
    self.categories = categories
    self.answers = answers.sorted { $0.photo < $1.photo }
  }

  public var photoCount: Int { answers.count }
  /// Share of right answers, 0 to 1.
  public var share: Double { Self.share(answers) }
  /// What a person reads: about how many of ten photos.
  public var sentence: String { ScoreWords.sentence(share) }

  public var perCategory: [CategoryScore] {
    let own = Dictionary(grouping: answers, by: \.category)
    return categories.map { category in
      let answers = own[category] ?? []
      return CategoryScore(
        category: category, photoCount: answers.count, share: Self.share(answers),
        mistaken: answers.filter { !$0.isRight }.map(\.photo))
    }
  }

  /// Wrong answers, those that the model was surest of first.
  public var mistakes: [Answer] {
    answers.filter { !$0.isRight }.sorted { ($0.confidence, $1.photo) > ($1.confidence, $0.photo) }
  }

  /// The whole table, row by row: for each category every answer.
  public var confusion: [[Cell]] {
    var photos: [CategoryID: [CategoryID: [PhotoID]]] = [:]
    for answer in answers { photos[answer.category, default: [:]][answer.answer, default: []].append(answer.photo) }
    return categories.map { row in
      categories.map { column in Cell(category: row, answer: column, photos: photos[row]?[column] ?? []) }
    }
  }

  /// Cells off the diagonal that hold photos, the fullest first.
  public var confusions: [Cell] {
    confusion.joined().filter { $0.category != $0.answer && !$0.photos.isEmpty }
      .enumerated().sorted { ($0.element.photos.count, $1.offset) > ($1.element.photos.count, $0.offset) }
      .map(\.element)
  }

  private static func share(_ answers: [Answer]) -> Double {
    let all = answers.reduce(0) { $0 + $1.weight }
    return all > 0 ? answers.reduce(0) { $0 + ($1.isRight ? $1.weight : 0) } / all : 0
  }
}

/// A score, or why there is none.
public enum ScoreResult: Sendable, Equatable, Codable {
  case score(HonestScore)
  /// Fewer than two categories have photos.
  case tooFewCategories
  /// A category has `has` different photos, and a fair score needs `needed`.
  case tooFewPhotos(category: CategoryID, has: Int, needed: Int)

  public var score: HonestScore? { if case .score(let score) = self { score } else { nil } }

  /// What a person reads.
  /// - Parameter name: what a category is called.
  public func sentence(name: (CategoryID) -> String) -> String {
    switch self {
    case .score(let score): score.sentence
    case .tooFewCategories: L("There is no fair score yet: 2 categories with photos are needed.")
    case .tooFewPhotos(let category, let has, let needed):
      LN(
        "There is no fair score yet: “{name}” has {count} photo that is no copy, and {needed} are needed.",
        "There is no fair score yet: “{name}” has {count} photos that are no copies, and {needed} are needed.", has,
        ["name": name(category), "needed": needed])
    }
  }
}

/// A share in the words of a teacher: a percentage of thirty photos would claim too much.
public enum ScoreWords {
  public static func sentence(_ share: Double) -> String {
    switch share {
    case 0.995...: L("It is right about all photos it has not seen.")
    case 0.95...: L("It is right about nearly all photos it has not seen.")
    case ..<0.05: L("It is right about hardly any photo it has not seen.")
    default:
      L("It is right about {count} of 10 photos it has not seen.", ["count": Int((share * 10).rounded())])
    }
  }
}
