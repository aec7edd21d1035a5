// What an assistant says about a project is compared with the project: true claims, false ones, and advice that is
// neither. One project in two languages: 3 + 5 + 2 photos, a lion that was taken for a cat with 72 %, 8 of 10 right.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ReceiptTests {
  static let cats = CategoryID(1), dogs = CategoryID(2), plants = CategoryID(3)

  static func facts(_ names: [String], photos: [String], tested: String) -> ProjectFacts {
    let project = ProjectSnapshot.made(
      [(names[0], 3), (names[1], 5), (names[2], 2)], names: [names[0]: photos], trained: true,
      test: .made(tested, [0.72, 0.2, 0.08]))
    let places = [cats, cats, cats, dogs, dogs, dogs, dogs, dogs, plants, plants]
    let answers = places.enumerated().map { index, place in
      // A cat was taken for a dog, and a plant for a cat.
      let answer = index == 0 ? dogs : index == 9 ? cats : place
      return HonestScore.Answer(
        photo: PhotoID(Int64(index + 1)), category: place, answer: answer, confidence: 0.9, weight: 1)
    }
    return ProjectFacts(
      made: project, score: .score(HonestScore(categories: [cats, dogs, plants], answers: answers)))
  }

  static let english = facts(["Cats", "Dogs", "Not a plant"], photos: ["cat1.png", "IMG 0002.jpg"], tested: "lion.png")
  static let japanese = facts(["猫", "犬", "植物ではない"], photos: ["猫1.png", "cat2.png"], tested: "ライオン.png")

  private enum Expected: Equatable {
    /// Confirmed, and this is shown.
    case yes(Highlight?)
    /// Contradicted, and the fact says this.
    case no(String)
    /// Neither: at most names are marked.
    case nothing
  }

  private static let catPhotos = Highlight.photos([1, 2, 3].map { PhotoID($0) })
  private static let dogPhotos = Highlight.photos((4...8).map { PhotoID($0) })
  private static let allPhotos = Highlight.photos((1...10).map { PhotoID($0) })
  private static let mistakes = Highlight.photos([PhotoID(1), PhotoID(10)])

  private static let sentences: [(String, Expected)] = [
    // What is so.
    ("“Cats” has 3 photos.", .yes(catPhotos)),
    ("Cats has three photos so far.", .yes(catPhotos)),
    ("Your category “Cats” contains only 3 pictures, and that is fine.", .yes(catPhotos)),
    ("There are 5 photos in “Dogs”.", .yes(dogPhotos)),
    ("The 5 images of Dogs suit it well.", .yes(dogPhotos)),
    ("Your project has 3 categories and 10 photos (“Cats”: 3 photos, “Dogs”: 5 photos).", .yes(catPhotos)),
    ("You have 10 photos in total.", .yes(allPhotos)),
    ("That makes 10 photos altogether!", .yes(allPhotos)),
    ("You have three categories, which is a good start.", .yes(nil)),
    ("The model says “Cats” for “lion.png”, with 72%.", .yes(.bar(cats))),
    ("“Cats” with 72% is wrong here.", .yes(.bar(cats))),
    ("It is 72 percent sure that it is Cats.", .yes(.bar(cats))),
    ("“Dogs” (20%) comes second.", .yes(.bar(dogs))),
    ("Right, with 72%: it looks like the others.", .yes(.bar(cats))),
    ("“Cats” has 3 photos, 30% of all.", .yes(catPhotos)),
    ("It is right about 8 of 10 photos.", .yes(mistakes)),
    ("The accuracy is 80%.", .yes(mistakes)),
    ("1 photo of “Cats” was taken for “Dogs”.", .yes(.photos([PhotoID(1)]))),
    ("「猫」の写真は3枚です。", .yes(catPhotos)),
    ("「猫」には写真が三枚あります。", .yes(catPhotos)),
    ("猫は３枚、犬は５枚です。", .yes(catPhotos)),
    ("「犬」（5枚）はよくそろっています。", .yes(dogPhotos)),
    ("「猫」の写真は3枚しかありません。", .yes(catPhotos)),
    ("写真は全部で10枚です。", .yes(allPhotos)),
    ("カテゴリーは3個です。", .yes(nil)),
    ("今はカテゴリーが三つあります。", .yes(nil)),
    ("72%で「猫」と判定されました。", .yes(.bar(cats))),
    ("「犬」の確率は20%です。", .yes(.bar(dogs))),
    ("「猫」の1枚を「犬」と間違えました。", .yes(.photos([PhotoID(1)]))),
    ("10枚中8枚が正解です。", .yes(mistakes)),
    // What is not.
    ("“Cats” has 30 photos.", .no("“Cats” has 3 photos.")),
    ("There are twelve pictures in “Dogs”.", .no("“Dogs” has 5 photos.")),
    ("“Dogs” has no photos yet.", .no("“Dogs” has 5 photos.")),
    ("“Not a plant” is empty.", .no("“Not a plant” has 2 photos.")),
    ("You have 250 photos in total.", .no("The project has 10 photos.")),
    ("You have five categories.", .no("The project has 3 categories.")),
    ("The model says “Cats” with 97%.", .no("The bar of “Cats” shows 72 %.")),
    ("97% Dogs is what the bars say.", .no("The bar of “Dogs” shows 20 %.")),
    ("The accuracy is 99%.", .no("It is right about 8 of 10 photos it has not seen.")),
    ("It is right about 3 of 10 photos.", .no("It is right about 8 of 10 photos it has not seen.")),
    ("“Dogs” was mistaken for “Not a plant”.", .no("No photo of “Dogs” was taken for “Not a plant”.")),
    ("Look at lion2.png again.", .no("There is no photo “lion2.png” in this project.")),
    ("Your category “Horses” looks good.", .no("There is no category “Horses” in this project.")),
    ("「猫」の写真は30枚です。", .no("“Cats”".replacing("Cats", with: "猫") + " has 3 photos.")),
    ("「犬」にはまだ写真がありません。", .no("“犬” has 5 photos.")),
    ("カテゴリーは7個です。", .no("The project has 3 categories.")),
    ("97%で「犬」でした。", .no("The bar of “犬” shows 20 %.")),
    ("写真は全部で２００枚あります。", .no("The project has 10 photos.")),
    // Advice, conditions, questions, estimates, others' numbers.
    ("Try 5 more photos in “Cats”.", .nothing),
    ("Add 3 categories for the animals.", .nothing),
    ("You could add 20 photos to “Cats”.", .nothing),
    ("Put 10 photos in “Cats”, then train.", .nothing),
    ("“Cats” should have at least 10 photos.", .nothing),
    ("If “Cats” has 10 photos, the model learns more.", .nothing),
    ("Once “Dogs” has 12 photos, press Train.", .nothing),
    ("Does “Cats” have 10 photos?", .nothing),
    ("“Cats” has about 10 photos.", .nothing),
    ("“Cats” and “Dogs” have 8 photos.", .nothing),
    ("There are 7 photos of cats and dogs.", .nothing),
    ("Do three categories still suffice?", .nothing),
    ("Two categories are enough to begin with.", .nothing),
    ("A project has up to 10 categories.", .nothing),
    ("The percentages share out 100 among your categories only.", .nothing),
    ("A model can be 100% sure and still be wrong.", .nothing),
    ("Show it 4 photos of lions.", .nothing),
    ("What about a fourth category, such as “Birds”?", .nothing),
    ("“Cats” could be mistaken for “Dogs”.", .nothing),
    ("Your “Cats” need one more photo that is not yellow.", .nothing),
    ("Look at 0002.jpg again.", .nothing),
    ("“Cats” has 2 photos that look odd.", .nothing),
    ("2 photos in “Cats” are dark.", .nothing),
    ("There are 2 photos in “Dogs” with a cat beside the dog.", .nothing),
    ("“Cats” has 2 photos of kittens.", .nothing),
    ("“Cats” is 100% fine.", .nothing),
    ("In “Dogs” 90% of the photos are dark.", .nothing),
    ("「猫」の2枚は暗いです。", .nothing),
    ("「猫」に2枚、暗い写真があります。", .nothing),
    ("「猫」は100%大丈夫です。", .nothing),
    ("「猫」にあと5枚足しましょう。", .nothing),
    ("「猫」は10枚くらいあるといいですね。", .nothing),
    ("「猫」が10枚になったら学習させましょう。", .nothing),
    ("写真を20枚集めてください。", .nothing),
    ("カテゴリーは2個から10個までです。", .nothing),
    ("三つのカテゴリーで足りるでしょうか？", .nothing),
    ("全部を足すと100%です。", .nothing),
    ("「猫」は10枚ありますか？", .nothing),
    ("「猫」と「犬」で8枚です。", .nothing),
    ("子犬は4枚です。", .nothing),
    ("植物ではないもののために一つ、カテゴリーを作りましょう。", .nothing),
  ]

  private func claims(_ text: String, _ facts: ProjectFacts) -> [Claim] { Receipts(facts: facts).claims(in: text) }

  private static func facts(for text: String) -> ProjectFacts {
    text.unicodeScalars.contains { $0.value > 0x2FFF } ? japanese : english
  }

  private func words(_ claim: Claim, _ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    return String(String.UnicodeScalarView(scalars[claim.lower..<claim.upper]))
  }

  @Test(arguments: sentences.indices) func sentencesMeanWhatTheyMean(index: Int) {
    let (text, expected) = Self.sentences[index]
    let found = claims(text, Self.facts(for: text))
    let contradicted = found.compactMap { claim -> String? in
      if case .contradicted(let fact) = claim.verdict { fact } else { nil }
    }
    switch expected {
    case .yes(let highlight):
      #expect(contradicted.isEmpty, "\(text): \(contradicted)")
      #expect(found.contains { $0.shows == highlight && hasNumberOrTwoNames(words($0, text)) }, "\(text): \(found)")
    case .no(let fact):
      #expect(contradicted == [fact], "\(text): \(found)")
    case .nothing:
      #expect(contradicted.isEmpty, "\(text): \(contradicted)")
      #expect(!found.contains { hasNumberOrTwoNames(words($0, text)) }, "\(text): \(found)")
    }
  }

  private func hasNumberOrTwoNames(_ words: String) -> Bool {
    let isNumber = words.contains { $0.isNumber } && !words.contains(".")
    return isNumber || words.contains("three") || (words.contains("was taken for"))
      || words.count { "”」".contains($0) } > 1
  }

  @Test func namesAreShownOnce() throws {
    let text = "“Cats” is clear. Is cat1.png one? “Cats” it is, and lion.png is #4, not “Birds”."
    let found = claims(text, Self.english)
    #expect(found.map(\.shows) == [.category(Self.cats), .photos([PhotoID(1)]), .test, .photos([PhotoID(4)])])
    #expect(found.map { words($0, text) } == ["“Cats”", "cat1.png", "lion.png", "#4"])
    #expect(found.allSatisfy { $0.verdict == .confirmed })
  }

  @Test func placesCountScalarsNotCharacters() {
    let text = "👩🏽‍🌾🇯🇵 é́ “Cats” has 3 photos."
    let found = claims(text, Self.english)
    #expect(found.map { words($0, text) } == ["“Cats” has 3 photos"])
  }

  @Test func commonWordsAreNoNames() {
    let facts = Self.facts(["edible", "not edible", "other"], photos: [], tested: "x.png")
    #expect(claims("Other people eat edible flowers; in other words, not edible plants.", facts).isEmpty)
    #expect(claims("“edible” is clear.", facts).count == 1)
  }

  @Test func whatWasSaidOfAnEarlierTestIsNoMistake() {
    let earlier = AssistantTurn.Tested(name: "cat.png", contentHash: "x", prediction: .made([0.97, 0.02, 0.01]))
    let text = "The cat was “Cats” with 97%."
    #expect(claims(text, Self.english).contains { $0.verdict != .confirmed })
    let found = Receipts(facts: Self.english, recentTests: [earlier]).claims(in: text)
    #expect(found.allSatisfy { $0.verdict == .confirmed })
  }

  @Test func withoutAScoreNothingIsSaidOfTheScore() {
    let facts = ProjectFacts(made: .made([("Cats", 3), ("Dogs", 5)]))
    for text in ["The accuracy is 99%.", "“Cats” was mistaken for “Dogs”.", "“Cats” with 97%."] {
      #expect(claims(text, facts).allSatisfy { $0.verdict == .confirmed }, "\(text)")
    }
  }

  /// Numbers in the same sentence: whatever it is, true is confirmed and false is contradicted, and advice is neither.
  @Test(arguments: 0...40) func anyNumber(_ number: Int) {
    let stated = claims("“Dogs” has \(number) photos. 「犬」", Self.english)
    let isTrue = number == 5
    #expect(stated.contains { $0.verdict == .confirmed && $0.shows == Self.dogPhotos } == isTrue)
    #expect(stated.contains { $0.verdict != .confirmed } == !isTrue)
    for advice in [
      "Add \(number) photos to “Dogs”.", "Try \(number) more photos of “Dogs”.", "“Dogs” needs \(number) photos.",
    ] {
      #expect(claims(advice, Self.english).map(\.shows) == [.category(Self.dogs)], "\(advice)")
    }
  }

  @Test(.timeLimit(.minutes(1))) func hostileTextEnds() {
    let pieces = [
      String(repeating: "“Cats” has ", count: 20_000), String(repeating: "「", count: 50_000),
      String(repeating: "3", count: 50_000), String(repeating: "a.png", count: 20_000),
      String(repeating: "Cats and ", count: 20_000), String(repeating: "\u{301}", count: 50_000),
      String(repeating: "三十", count: 20_000), String(repeating: "#", count: 50_000),
      "1" + String(repeating: ",000", count: 9_999),
    ]
    for piece in pieces {
      let read = ReplyReading.read(
        reply: NetworkReply(text: piece), turn: .made(.chat("x"), .made([("Cats", 3)])), facts: Self.english)
      #expect(read.claims.count <= Receipts.mostClaims)
      let count = read.text.unicodeScalars.count
      #expect(read.claims.allSatisfy { 0 <= $0.lower && $0.lower < $0.upper && $0.upper <= count })
    }
  }

  @Test func claimsNeverOverlap() {
    let text = Self.sentences.filter { Self.facts(for: $0.0) == Self.english }.map(\.0).joined(separator: " ")
    let found = claims(text, Self.english)
    #expect(found.count == Receipts.mostClaims)
    for (a, b) in zip(found, found.dropFirst()) { #expect(a.upper <= b.lower) }
  }
}
