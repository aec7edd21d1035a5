// What was checked about a project, as one value: what the window shows, `duet check` prints, and the assistants may
// refer to. Every fact carries the photos that prove it. A value; any thread.

import Foundation

public struct ProjectFacts: Sendable, Equatable {
  /// What the test area shows.
  public struct TestFact: Sendable, Equatable {
    public let photo: PhotoID
    /// Nil: there is no model yet.
    public let prediction: Prediction?
    /// False when the answer was given by an earlier model than the present one.
    public let isCurrent: Bool
    /// The training photo that it is a copy of, if it is one.
    public let leak: NearCopy?
  }

  /// One category, with what people call it.
  public struct NamedCategory: Sendable, Equatable {
    public let id: CategoryID
    public let name: String
  }

  /// In the user's order.
  public let categories: [NamedCategory]
  /// In the user's order, categories without photos too.
  public let counts: [CategoryCount]
  public let countFindings: [CountFinding]
  /// Copies that the person did not say to keep.
  public let duplicates: [NearCopy]
  /// Nil where no score was made.
  public let score: ScoreResult?
  /// Photos that are probably in the wrong category, most suspicious first, without those that the person confirmed.
  public let suspects: [Suspect]
  public let test: TestFact?
  public let photoNames: [PhotoID: String]

  /// Photos that were taken for something else and that the person did not confirm, the surest answers first.
  public let mistakes: [HonestScore.Answer]

  /// Which categories are taken for which others, most often first.
  public var confusions: [HonestScore.Cell] { score?.score?.confusions ?? [] }

  public func name(of category: CategoryID) -> String {
    categories.first { $0.id == category }?.name ?? L("removed category {number}", ["number": category.rawValue])
  }

  public func name(of photo: PhotoID) -> String {
    photoNames[photo] ?? L("removed photo {number}", ["number": photo.rawValue])
  }

  /// A sentence that was checked, with the photos that prove it.
  public struct Statement: Sendable, Equatable {
    public enum Subject: String, Sendable {
      case counts, imbalance, duplicates, score, confusions, suspects, test
    }

    public let subject: Subject
    public let text: String
    public let photos: [PhotoID]
  }

  /// Everything as sentences, in the order in which a teacher would want to hear it.
  public var statements: [Statement] {
    var all: [Statement] = counts.map { count in
      Statement(
        subject: .counts,
        text: LN(
          "“{name}” has {count} photo.", "“{name}” has {count} photos.", count.photos.count,
          ["name": name(of: count.category)]),
        photos: count.photos)
    }
    if let score {
      all.append(
        Statement(
          subject: .score, text: score.sentence(name: name(of:)), photos: score.score?.answers.map(\.photo) ?? []))
    }
    all += confusions.map { cell in
      Statement(
        subject: .confusions,
        text: LN(
          "{count} photo of “{category}” was taken for “{answer}”.",
          "{count} photos of “{category}” were taken for “{answer}”.", cell.photos.count,
          ["category": name(of: cell.category), "answer": name(of: cell.answer)]),
        photos: cell.photos)
    }
    all += countFindings.map {
      Statement(subject: .imbalance, text: $0.sentence(name: name(of:)), photos: $0.photos)
    }
    all += duplicates.map { copy in
      Statement(
        subject: .duplicates, text: copy.sentence(original: name(of: copy.original), copy: name(of: copy.copy)),
        photos: [copy.original, copy.copy])
    }
    all += suspects.map { suspect in
      Statement(
        subject: .suspects,
        text: L(
          "“{photo}” is in “{category}” and looks like “{suggested}”.",
          [
            "photo": name(of: suspect.photo), "category": name(of: suspect.category),
            "suggested": name(of: suspect.suggested),
          ]),
        photos: [suspect.photo])
    }
    if let test, let statement = statement(of: test) { all.append(statement) }
    return all
  }

  private func statement(of test: TestFact) -> Statement? {
    guard let prediction = test.prediction, let best = prediction.bars.first(where: { $0.category == prediction.label })
    else { return nil }
    let values = [
      "photo": name(of: test.photo), "category": name(of: prediction.label),
      "percent": String(Int((best.probability * 100).rounded())),
    ]
    return Statement(
      subject: .test,
      text: prediction.known
        ? L("The test photo “{photo}” was answered with “{category}” ({percent} %).", values)
        : L("The test photo “{photo}” is unlike everything that was taught.", values),
      photos: [test.photo] + prediction.nearest.map(\.photo))
  }
}
