// The coach's facts on projects made by hand: true, in both languages, and never an error.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CoachTests {
  private func say(
    _ kind: AssistantTurn.Kind, _ project: ProjectSnapshot, language: String = "en",
    tests: [AssistantTurn.Tested] = []
  ) -> String? {
    Coach.answer(to: .made(kind, project, tests: tests, language: language))
  }

  @Test func anEmptyProject() {
    #expect(
      say(.chat("Where is my cat?"), .made()) == "There are no categories yet. "
        + "Add one category for each answer that your AI should be able to give.")
    #expect(say(.askResult, .made())?.contains("no test photo") == true)
    #expect(say(.askCategory(CategoryID(5)), .made()) == "There are no categories yet.")
  }

  @Test func countsAndTheNextStep() {
    let one = ProjectSnapshot.made([("Cats", 1)])
    #expect(
      say(.chat("Well?"), one) == "Your project has 1 category and 1 photo (“Cats”: 1 photo). "
        + "“Cats” is the only category, so there is nothing to choose between: add a second one.")
    let two = ProjectSnapshot.made([("Cats", 2), ("Dogs", 0)])
    #expect(say(.chat("Well?"), two)?.hasSuffix("“Dogs” has no photos yet.") == true)
    let full = ProjectSnapshot.made([("Cats", 2), ("Dogs", 2)])
    #expect(say(.chat("Well?"), full)?.hasSuffix("press Train to make a model.") == true)
    #expect(say(.chat("Well?"), .made([("Cats", 2), ("Dogs", 2)], stale: true))?.contains("press Train again") == true)
    #expect(say(.chat("Well?"), .made([("Cats", 2), ("Dogs", 2)], trained: true))?.contains("never seen") == true)
    #expect(
      say(.chat("How many photos of what?"), full)
        == "Your project has 2 categories and 4 photos (“Cats”: 2 photos, “Dogs”: 2 photos).")
  }

  @Test func aCategoryAndItsShare() {
    let project = ProjectSnapshot.made([("Cats", 9), ("Dogs", 2), ("", 0)])
    #expect(say(.askCategory(CategoryID(1)), project) == "“Cats” has 9 photos, 82% of all.")
    #expect(
      say(.askCategory(CategoryID(2)), project) == "“Dogs” has 2 photos, 18% of all. "
        + "The smallest category is “Dogs” with 2 photos; the largest is “Cats” with 9 photos.")
    #expect(say(.askCategory(CategoryID(3)), project) == "A category without a name has no photos yet.")
    #expect(say(.chat("Tell me about dogs!"), project)?.hasPrefix("“Dogs” has 2") == true)
    #expect(say(.chat("Explain categories"), .made([("Cat", 1), ("Dog", 1)]))?.hasPrefix("Your project") == true)
  }

  @Test func theSamePhotoInTwoCategories() {
    let photo = Photo(id: PhotoID(1), name: "a", contentHash: "same", hasFeatures: true)
    let copy = Photo(id: PhotoID(2), name: "b", contentHash: "same", hasFeatures: true)
    let base = ProjectSnapshot.made()
    let project = ProjectSnapshot(
      activity: 1, goal: nil,
      categories: [
        Category(id: CategoryID(1), name: "Cats", photos: [photo]),
        Category(id: CategoryID(2), name: "Dogs", photos: [copy]),
      ], model: nil, test: nil, messages: [], activeAssistantIsOn: true, undoTitle: nil, redoTitle: nil,
      sheetSeed: base.sheetSeed, isDemo: false, photosSent: 0, consents: [:])
    #expect(say(.askCategory(CategoryID(1)), project)?.contains("“Cats” and “Dogs” share 1 photo") == true)
  }

  @Test func results() {
    func project(_ test: TestState) -> ProjectSnapshot { .made([("Cats", 2), ("Dogs", 2)], trained: true, test: test) }
    #expect(say(.askResult, project(.made("x.png", [0.906, 0.094]))) == "The model says “Cats” for “x.png”, with 91%.")
    #expect(
      say(.askResult, project(.made("x.png", [0.45, 0.55])))
        == "The model says “Dogs” for “x.png”, with 55%. “Cats” is close behind with 45%.")
    #expect(say(.askResult, project(.made("x.png", [0.9, 0.1], known: false)))?.contains("unlike everything") == true)
    #expect(say(.askResult, project(.made("x.png", [0.9, 0.1], current: false)))?.contains("earlier model") == true)
    let untrained = TestState(photo: PhotoID(9), name: "x.png", contentHash: "h", prediction: nil, isCurrent: true)
    let project = ProjectSnapshot.made([("Cats", 1), ("Dogs", 1)], test: untrained)
    #expect(say(.askResult, project)?.contains("train the model first") == true)
  }

  @Test func theLeastCertainTestPhoto() {
    let project = ProjectSnapshot.made([("Cats", 2), ("Dogs", 2)], trained: true)
    let tests = [("a.png", 0.9), ("b.png", 0.55), ("c.png", 0.7)].map {
      AssistantTurn.Tested(name: $0.0, contentHash: $0.0, prediction: .made([$0.1, 1 - $0.1]))
    }
    let fact = "Of the last 3 test photos, the model was least certain about “b.png”: “Cats” with 55%."
    #expect(say(.chat("Which test photo is least certain?"), project, tests: tests) == fact)
  }

  @Test func theActiveAssistantNeverRepeatsItself() throws {
    var messages: [ChatMessage] = []
    var said: [String] = []
    while let text = say(.look, .made([("Cats", 9), ("Dogs", 1)], messages: messages)) {
      said.append(text)
      messages.append(ChatMessage(author: .active, purpose: .advice, text: text, source: .coach))
      try #require(said.count < 20)
    }
    #expect(said.count == 2 && Set(said).count == 2)
  }

  @Test func japanese() {
    let project = ProjectSnapshot.made([("猫", 2), ("犬", 1)], trained: true, test: .made("x.png", [0.8, 0.2]))
    #expect(say(.chat("うちの猫は？"), project, language: "ja") == "「猫」の写真は2枚で、全体の67%です。")
    #expect(say(.askResult, project, language: "ja") == "「x.png」は80%で「猫」と判定されました。")
    #expect(say(.chat("天気は？"), project, language: "ja")?.hasPrefix("今はカテゴリーが2個、写真が全部で3枚です") == true)
  }

  @Test func aQuestionAlwaysGetsAnAnswer() {
    let states: [ProjectSnapshot] = [
      .made(), .made([("", 0)]), .made([("A", 3)], stale: true), .made([("A", 3), ("A", 3)], trained: true),
      .made([("A", 1)], trained: true, test: .made("t", [1])), .made([], test: .made("t", [0.5, 0.5])),
    ]
    for state in states {
      for language in ["en", "ja", "xx"] {
        for kind: AssistantTurn.Kind in [.chat("?"), .chat("test"), .askResult, .askCategory(CategoryID(1))] {
          #expect(say(kind, state, language: language)?.isEmpty == false)
        }
      }
    }
  }
}
