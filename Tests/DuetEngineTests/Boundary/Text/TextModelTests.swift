// A model of texts: what edits teach it, which words decide, and what it says about what it does not know.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TextModelTests {
  /// Reviews in which a word that has nothing to do with the meaning ("ship") goes with label 1, and ("horse") with 0.
  private static func confounded(edited: Bool) -> [TextReview] {
    let fillers = ["the", "a", "this", "that", "our", "their", "one", "some"]
    return (0..<16).map { index in
      let label = index % 2
      let words = label == 1 ? ("ship", "good", "bad") : ("horse", "bad", "good")
      let before = "\(fillers[index / 2]) film with a \(words.0) was"
      return TextReview(
        id: index, text: "\(before) \(words.1)", label: label, edit: edited ? "\(before) \(words.2)" : nil)
    }
  }

  private static let unlabelled = confounded(edited: true).flatMap { [$0.text, $0.edit ?? ""] }

  private func trained(_ reviews: [TextReview], _ mode: TextMode) throws -> TextModel {
    try TextModel(
      learning: reviews, labels: ["no", "yes"], features: try TextFeatures(fittedOn: Self.unlabelled), mode: mode)
  }

  @Test func contributionsSumUpToTheScore() throws {
    let model = try trained(Self.confounded(edited: true), .bothAndDirection)
    for text in ["the film with a ship was bad bad bad", "good horse", "xyz", "", "映画"] {
      let answer = model.predict(text)
      #expect(abs(answer.words.reduce(answer.rest) { $0 + $1.amount } - answer.score) < 1e-9)
      #expect(abs(answer.probability - 1 / (1 + exp(-answer.score))) < 1e-12)
    }
  }

  @Test func japaneseIsLearntFromNeighbouringCharacters() throws {
    let reviews = (0..<8).map { index in
      let (own, other) = index % 2 == 0 ? ("面白い", "つまらない") : ("つまらない", "面白い")
      let rest = ["映画でした", "話でした", "本だった", "番組だった"][index / 2]
      return TextReview(id: index, text: own + rest, label: 1 - index % 2, edit: other + rest)
    }
    let features = try TextFeatures(fittedOn: reviews.flatMap { [$0.text, $0.edit ?? ""] })
    let model = try TextModel(learning: reviews, labels: ["no", "yes"], features: features, mode: .standard)
    let answer = model.predict("面白い話だった")
    #expect(answer.label == 1)
    #expect(answer.words.map(\.word) == ["面", "白", "い", "話", "だ", "っ", "た"])
    #expect(abs(answer.words.reduce(answer.rest) { $0 + $1.amount } - answer.score) < 1e-9)
    #expect(["面", "白"].contains(try #require(answer.deciding(1).first).word))
  }

  @Test(arguments: [TextMode.both, .direction, .bothAndDirection])
  func editsTeachWhatDecides(mode: TextMode) throws {
    let learnt = try trained(Self.confounded(edited: true), mode)
    let fooled = try trained(Self.confounded(edited: true), .originals)
    // Without edits both words go with the label; with them only one does.
    let turned = "the film with a horse was good"
    #expect(learnt.predict(turned).label == 1)
    #expect(learnt.predict(turned).probability > fooled.predict(turned).probability)
    let decider = try #require(learnt.predict(turned).deciding(1).first)
    #expect(decider.word == "good")
    #expect(decider.amount > 0)
    func share(_ model: TextModel) -> Double {
      let words = model.predict(turned).words
      let (horse, good) = (words.first { $0.word == "horse" }, words.first { $0.word == "good" })
      return abs(horse?.amount ?? 0) / abs(good?.amount ?? 1)
    }
    #expect(share(fooled) > 0.8)
    #expect(share(learnt) < 0.5 * share(fooled))
  }

  @Test func decidingWordsHaveTheirPlaceAndOrder() throws {
    let model = try trained(Self.confounded(edited: true), .both)
    let text = "A 🙂 “good” film, bad."
    let scalars = Array(text.unicodeScalars)
    let answer = model.predict(text)
    for word in answer.words {
      #expect(String(String.UnicodeScalarView(scalars[word.place])).lowercased() == word.word)
    }
    let deciding = answer.deciding(2).map(\.word)
    #expect(Set(deciding) == ["good", "bad"])
    let amounts = answer.deciding(9).map { abs($0.amount) }
    #expect(amounts == amounts.sorted(by: >))
  }

  @Test func unknownWordsAddNothingAndAreNamed() throws {
    let model = try trained(Self.confounded(edited: true), .both)
    let answer = model.predict("splendid good")
    #expect(answer.unknownWords.map(\.word) == ["splendid"])
    #expect(answer.words[0].amount == 0)
    let nothing = model.predict("splendid marvellous")
    #expect(nothing.score == nothing.rest)
  }

  @Test func theSameReviewsGiveTheSameModel() throws {
    let (one, two) = (try trained(Self.confounded(edited: true), .both), try trained(Self.confounded(edited: true), .both))
    #expect(one.head == two.head)
  }

  @Test func probabilitiesAreCertainOnlyWhereThereIsMuchToSee() throws {
    let model = try trained(Self.confounded(edited: true), .both)
    let sure = model.predict("the film with a ship was good").probability
    #expect(sure > 0.75 && sure < 0.99)
  }

  @Test func whatCannotBeLearntFromIsSaid() throws {
    let reviews = Self.confounded(edited: true)
    #expect(throws: TextError.nothingToLearn) { try trained([], .both) }
    let positive = Self.confounded(edited: false).filter { $0.label == 1 }
    #expect(throws: TextError.oneLabelOnly(label: "yes")) { try trained(positive, .both) }
    #expect(throws: TextError.oneLabelOnly(label: "yes")) {
      try trained(reviews.filter { $0.label == 1 }, .originals)
    }
    #expect(throws: TextError.noWords) { try TextFeatures(fittedOn: ["…", "!"]) }
    // Edits of reviews of one label bring the other label.
    let model = try trained(reviews.filter { $0.label == 1 }, .both)
    #expect(model.predict("film was bad").label == 0)
  }

  @Test func featuresAreCentredAndOfLengthOneOnAverage() throws {
    let features = try TextFeatures(fittedOn: Self.unlabelled, dimension: 6)
    let points = Self.unlabelled.map(features.point)
    #expect(features.dimension == 6)
    for axis in 0..<6 { #expect(abs(points.reduce(0) { $0 + $1[axis] }) < 1e-6) }
    let square = points.joined().reduce(0) { $0 + $1 * $1 } / Double(points.count)
    #expect(abs(square - 1) < 1e-6)
    #expect(features.point("???") == [Double](repeating: 0, count: 6))
  }

  @Test func wordsThatOnlyEditsHaveAreLearntAndChangeNothingElse() throws {
    let reviews = Self.confounded(edited: false)
    var edited = reviews
    for index in edited.indices where index % 4 < 2 {
      let word = edited[index].label == 1 ? "ghastly" : "splendid"
      edited[index].edit = edited[index].text.split(separator: " ").dropLast().joined(separator: " ") + " " + word
    }
    let plain = try TextFeatures(fittedOn: reviews.map(\.text), dimension: 6)
    let wider = try TextFeatures(fittedOn: reviews.map(\.text), edits: edited.compactMap(\.edit), dimension: 6)
    #expect(wider.dimension == 8 && wider.termCount == plain.termCount + 2)
    let text = "the film with a ship was good"
    #expect(wider.point(text) == plain.point(text) + [0, 0])
    let model = try TextModel(learning: edited, labels: ["no", "yes"], features: wider, mode: .standard)
    for (word, label) in [("splendid", 1), ("ghastly", 0)] {
      let answer = model.predict("film was \(word)")
      #expect(answer.label == label && answer.unknownWords.isEmpty)
      #expect(answer.deciding(1).first?.word == word)
      #expect(abs(answer.words.reduce(answer.rest) { $0 + $1.amount } - answer.score) < 1e-9)
    }
  }

  @Test func rareTermsOfLargeSetsAreLeftOut() throws {
    let texts = (0..<300).map { "common word\($0 / 2) thrice\($0 / 3)" }
    let features = try TextFeatures(fittedOn: texts, dimension: 5)
    #expect(features.knows("common") && features.knows("thrice7"))
    #expect(!features.knows("word7"))
  }

  @Test func theSampleTeachesSentiment() throws {
    let set = try TextSample.set()
    let features = try TextFeatures(fittedOn: set.training.map(\.text))
    let model = try TextModel(learning: set.training, labels: set.labels, features: features, mode: .standard)
    let accuracy = try #require(model.accuracy(on: set.heldOut))
    #expect(accuracy >= 0.75)
    #expect(model.predict("A wonderful film, I loved it").label == 1)
    #expect(model.predict("An awful film, I hated it").label == 0)
  }
}
