// Which questions are one question: other words for the same, and never the same words for another.

import Testing

@testable import DuetEngine

@Suite struct WordingTests {
  private static func difference(_ a: String, _ b: String, _ names: [String] = ["Cat", "Dog"]) -> Int? {
    let forward = Wording(a, names: names).difference(from: Wording(b, names: names))
    let back = Wording(b, names: names).difference(from: Wording(a, names: names))
    #expect(forward == back, "\(a) | \(b)")
    return forward
  }

  @Test(arguments: [
    ("What is a category?", "what's a category", 0),
    ("Please tell me: how does it learn", "How does it learn?", 0),
    ("Why is the model wrong here", "Why was this model wrong here?", 0),
    ("What is a categroy", "What is a category", 1),
    ("Can I mix drawings with photos", "can i mix drawing with photo", 0),
    ("How do I improve the results of my Cat model", "How do I quickly improve the results of my Cat model", 1),
    ("どんな写真を使えばいいですか？", "どんな写真を使えばいい", 0),
    ("この写真は何枚いりますか", "この写真が何枚いりますか", 1),
  ])
  func oneQuestion(a: String, b: String, difference: Int) {
    #expect(Self.difference(a, b) == difference)
  }

  @Test(arguments: [
    ("Should I add a photo?", "Should I remove a photo?"),
    ("Is it good?", "Is it not good?"),
    ("Does the model know a lion that is far away?", "Does the model not know a lion that is far away?"),
    ("Why is it right", "How is it right"),
    ("Is a horse a plant?", "Is a house a plant?"),
    ("Is this a Cat?", "Is this a Dog?"),
    ("Is this a Cat?", "Are these Cats?"),
    ("Which photos of Cat are good?", "Which photos are good?"),
    ("Do I need 10 photos", "Do I need 20 photos"),
    ("Is a lion a plant", "Is a plant a lion"),
    ("What now?", "Why?"),
    ("please", "hello"),
    ("何を足せばいいですか", "何を消せばいいですか"),
    ("これは食べられますか", "これは食べられませんか"),
    ("どうして結果が違うのですか", "なぜ結果が違うのですか"),
    ("りんごは食べられますか", "みかんは食べられますか"),
    ("What is a category?", "カテゴリーって何？"),
  ])
  func twoQuestions(a: String, b: String) {
    #expect(Self.difference(a, b) == nil)
  }

  @Test func namesAreNeverTakenForEachOther() {
    let names = ["Edible", "Not edible", "りんご", "みかん"]
    #expect(Self.difference("Is Edible a good name", "Is Not edible a good name", names) == nil)
    #expect(Self.difference("Is Not edible a good name?", "is “not edible” a good name", names) == 0)
    #expect(Self.difference("この写真はりんごのほうですか", "この写真はみかんのほうですか", names) == nil)
  }

  @Test func aSlipIsOneKey() {
    #expect(Wording.isOneSlip("category", "categroy") && Wording.isOneSlip("category", "catgory"))
    #expect(Wording.isOneSlip("category", "categorry") && Wording.isOneSlip("category", "catagory"))
    #expect(!Wording.isOneSlip("category", "category") && !Wording.isOneSlip("category", "catagroy"))
    #expect(!Wording.isOneSlip("", "ab") && Wording.isOneSlip("", "a"))
  }
}
