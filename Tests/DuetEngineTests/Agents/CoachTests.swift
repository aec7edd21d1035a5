// The coach's facts on projects made by hand: true, in both languages, and never an error.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CoachTests {
  /// As in a conversation in which the coach has spoken before, so that it does not introduce itself.
  private func say(
    _ kind: AssistantTurn.Kind, _ project: ProjectSnapshot, language: String = "en",
    tests: [AssistantTurn.Tested] = [], facts: ProjectFacts? = nil
  ) -> String? {
    let known = ChatMessage(author: .passive, purpose: .chat, text: "-", source: .coach)
    return Coach.answer(
      to: AssistantTurn(
        kind: kind, project: project.with(messages: [known] + project.messages), recentTests: tests,
        language: language, facts: facts))
  }

  // MARK: First steps

  @Test func itSaysWhoIsTalkingOnce() throws {
    let first = try #require(Coach.answer(to: .made(.chat("What now?"), .made([("Cats", 1)]))))
    #expect(first.hasPrefix("This is the built-in coach: I cannot see photos"))
    let second = try #require(say(.chat("What now?"), .made([("Cats", 1)])))
    #expect(first.hasSuffix(second) && !second.contains("built-in"))
    #expect(say(.chat("Who are you?"), .made([("Cats", 1)]))?.contains("built into DuetML") == true)
    let japanese = Coach.answer(to: .made(.look, .made([("猫", 1)]), language: "ja"))
    #expect(japanese?.hasPrefix("内蔵コーチです。") == true)
  }

  @Test func aGoalIsTakenUp() {
    let goal = ChatMessage(author: .user, purpose: .chat, text: "x")
    func reply(_ text: String, _ language: String = "en") -> String? {
      say(.chat(text), .made(messages: [goal]), language: language)
    }
    #expect(reply("I want an AI for my garden")?.hasPrefix("Good, that is your goal. Which answers") == true)
    #expect(reply("Tell cats and dogs apart") == "Good, that is your goal. “Cats” and “Dogs” could be your first two categories.")
    #expect(reply("Something fun and easy")?.contains("Which answers") == true)
    #expect(reply("犬と猫を見分けたい", "ja") == "いいですね、それが目標です。最初のカテゴリーは「犬」と「猫」でどうでしょう。")
    #expect(reply("友達と写真をとりたい", "ja")?.contains("どんな答え") == true)
  }

  @Test func everyStepHasANextOne() {
    func next(_ project: ProjectSnapshot) -> String { say(.chat("What should I do next?"), project) ?? "" }
    #expect(next(.made()).hasPrefix("Add one category for each answer"))
    #expect(next(.made([("Cats", 1)])).contains("only category"))
    #expect(next(.made([("Cats", 2), ("Dogs", 0)])) == "“Dogs” has no photos yet: drag some in.")
    #expect(next(.made([("Cats", 2), ("Dogs", 2)])) == "Next, press Train to make a model.")
    #expect(next(.made([("Cats", 2), ("Dogs", 2)], stale: true)).contains("press Train again"))
    #expect(next(.made([("Cats", 2), ("Dogs", 2)], trained: true)).contains("never seen"))
    let tested = ProjectSnapshot.made([("Cats", 2), ("Dogs", 2)], trained: true, test: .made("x.png", [0.9, 0.1]))
    #expect(next(tested) == "Now try something unexpected: test a photo of a car. Which bar will be the longest?")
    let twice = [0.9, 0.8].map {
      AssistantTurn.Tested(name: "\($0)", contentHash: "\($0)", prediction: .made([$0, 1 - $0]))
    }
    #expect(
      say(.chat("What should I do next?"), tested, tests: twice)
        == "The present model has not answered with “Dogs” yet: test a photo for which it should.")
  }

  @Test func theUnexpectedIsConcreteAndNeverAboutACategory() {
    let both = [1.0, 0.0].map { AssistantTurn.Tested(name: "t\($0)", contentHash: "t\($0)", prediction: .made([$0, 1 - $0])) }
    func surprise(_ names: [String], _ messages: [ChatMessage] = []) -> String? {
      say(
        .chat("What now?"),
        .made(names.map { ($0, 2) }, trained: true, test: .made("x.png", [1, 0]), messages: messages), tests: both)
    }
    #expect(surprise(["Apples", "Pears"])?.contains("photo of a lion") == true)
    #expect(surprise(["Cats", "Dogs"])?.contains("photo of a car") == true, "an animal would be no surprise")
    let lion = ChatMessage(author: .active, purpose: .advice, text: surprise(["Apples", "Pears"]) ?? "", source: .coach)
    #expect(surprise(["Apples", "Pears"], [lion])?.contains("photo of a car") == true)
  }

  // MARK: Names

  @Test func namesThatAreUnclearOrOverlap() {
    func first(_ names: String...) -> String? {
      CoachFindings(.made(.look, .made(names.map { ($0, 1) }))).names.first
    }
    #expect(first("Cats", "cats")?.contains("Two categories are called") == true)
    #expect(first("Dog", "Dogs")?.contains("almost the same name") == true)
    #expect(first("Red apple", "Apple") == "Every photo of “Red apple” would also fit “Apple”: how do you decide?")
    #expect(first("白い犬", "犬") == "Every photo of “白い犬” would also fit “犬”: how do you decide?")
    #expect(first("Cats", "")?.contains("no name yet") == true)
    #expect(first("Cats", "Stuff")?.contains("many things") == true)
    #expect(first("Cats", "7")?.contains("many things") == true)
    #expect(first("Edible", "Not edible")?.contains("only what its photos are not") == true)
    #expect(first("Cats", "Dogs") == nil && first("Pineapple", "Apple") == nil && first("Catfish", "Cat") == nil)
    #expect(first("Not edible") == nil, "alone it has nothing to be told from")
  }

  // MARK: Numbers

  @Test func countsAndShares() {
    let project = ProjectSnapshot.made([("Cats", 9), ("Dogs", 2), ("", 0)])
    #expect(
      say(.chat("How many photos of what?"), .made([("Cats", 2), ("Dogs", 2)]))
        == "Your project has 2 categories and 4 photos (“Cats”: 2 photos, “Dogs”: 2 photos).")
    #expect(say(.askCategory(CategoryID(1)), project) == "“Cats” has 9 photos, 82% of all.")
    #expect(
      say(.askCategory(CategoryID(2)), project) == "“Dogs” has 2 photos, 18% of all. “Cats” has 9 photos and “Dogs” "
        + "only 2: the model may lean towards the larger one.")
    #expect(say(.askCategory(CategoryID(3)), project)?.hasPrefix("A category without a name has no photos yet") == true)
    #expect(say(.chat("Tell me about dogs!"), project)?.hasPrefix("“Dogs” has 2") == true)
    #expect(say(.chat("Explain categories"), project)?.hasPrefix("A category is one answer") == true)
  }

  // MARK: Tests

  @Test func results() {
    func project(_ test: TestState) -> ProjectSnapshot { .made([("Cats", 2), ("Dogs", 2)], trained: true, test: test) }
    #expect(
      say(.askResult, project(.made("x.png", [0.906, 0.094])))
        == "The model says “Cats” for “x.png”, with 91%. Is that right? If not, what is missing?")
    #expect(
      say(.askResult, project(.made("x.png", [0.45, 0.55])))
        == "The model says “Dogs” for “x.png”, with 55%. “Cats” is close behind with 45%: what would you look at to tell "
        + "the two apart?")
    #expect(say(.askResult, project(.made("x.png", [0.9, 0.1], known: false)))?.contains("unlike everything") == true)
    #expect(say(.askResult, project(.made("x.png", [0.9, 0.1], current: false)))?.contains("earlier model") == true)
    let untrained = TestState(photo: PhotoID(9), name: "x.png", contentHash: "h", prediction: nil, isCurrent: true)
    let made = ProjectSnapshot.made([("Cats", 1), ("Dogs", 1)], test: untrained)
    #expect(say(.askResult, made)?.contains("train the model first") == true)
    #expect(say(.askResult, .made())?.contains("no test photo") == true)
  }

  @Test func whyIsAnsweredWithTheNearestPhotos() {
    let prediction = Prediction(
      bars: [.init(category: CategoryID(1), probability: 1), .init(category: CategoryID(2), probability: 0)],
      label: CategoryID(1), known: true,
      nearest: [1, 3, 2].map { .init(photo: PhotoID($0), category: CategoryID($0 < 3 ? 1 : 2), similarity: 1) })
    let test = TestState(photo: PhotoID(9), name: "x.png", contentHash: "h", prediction: prediction, isCurrent: true)
    let project = ProjectSnapshot.made([("Cats", 2), ("Dogs", 2)], trained: true, test: test)
    #expect(
      say(.chat("Why is it wrong?"), project)?.hasPrefix(
        "To the model, “x.png” looks most like “p1.jpg” and “p2.jpg” in “Cats”, and “p3.jpg” in “Dogs”.") == true)
    #expect(
      say(.chat("なぜ間違えるの？"), project, language: "ja")?.hasPrefix(
        "モデルにとって「x.png」にいちばん似ている学習写真は、「Cats」の「p1.jpg」「p2.jpg」と、「Dogs」の「p3.jpg」です。") == true)
  }

  @Test func theLeastCertainTestPhoto() {
    let project = ProjectSnapshot.made([("Cats", 2), ("Dogs", 2)], trained: true)
    let tests = [("a.png", 0.9), ("b.png", 0.55), ("c.png", 0.7)].map {
      AssistantTurn.Tested(name: $0.0, contentHash: $0.0, prediction: .made([$0.1, 1 - $0.1]))
    }
    let fact = "Of the last 3 test photos, the model was least certain about “b.png”: “Cats” with 55%."
    #expect(say(.chat("Which test photo is least certain?"), project, tests: tests) == fact)
  }

  // MARK: Never the same

  @Test func theActiveAssistantNeverRepeatsItself() throws {
    var messages: [ChatMessage] = []
    var said: [String] = []
    while let text = say(.look, .made([("Cats", 9), ("Dogs", 1)], messages: messages)) {
      said.append(text)
      messages.append(ChatMessage(author: .active, purpose: .advice, text: text, source: .coach))
      try #require(said.count < 20)
    }
    #expect(said.count == 2 && Set(said).count == 2)
    // One photo more is no new advice.
    #expect(say(.look, .made([("Cats", 9), ("Dogs", 2)], messages: messages)) == nil)
  }

  @Test func aQuestionNeverGetsTheSameAnswerTwiceInARow() throws {
    let states: [ProjectSnapshot] = [
      .made(), .made([("Cats", 3)]), .made([("Cats", 3), ("Dogs", 3)]),
      .made([("Cats", 3), ("Dogs", 3)], trained: true, test: .made("t", [0.9, 0.1])),
    ]
    for state in states {
      for language in ["en", "ja"] {
        for kind: AssistantTurn.Kind in [.chat("What now?"), .chat("次は？"), .chat("blah"), .askResult] {
          var messages: [ChatMessage] = []
          for _ in 0..<5 {
            let text = try #require(say(kind, state.with(messages: messages), language: language))
            #expect(text != messages.last?.text, "\(kind)")
            messages.append(ChatMessage(author: .passive, purpose: .chat, text: text, source: .coach))
          }
        }
      }
    }
  }

  @Test func japanese() {
    let project = ProjectSnapshot.made([("猫", 2), ("犬", 1)], trained: true, test: .made("x.png", [0.8, 0.2]))
    #expect(say(.chat("うちの猫は？"), project, language: "ja") == "「猫」の写真は2枚で、全体の67%です。")
    #expect(say(.askResult, project, language: "ja")?.hasPrefix("「x.png」は80%で「猫」と判定されました。") == true)
    #expect(say(.chat("写真は何枚？"), project, language: "ja")?.hasPrefix("今はカテゴリーが2個、写真が全部で3枚です") == true)
    #expect(say(.chat("天気は？"), project, language: "ja")?.hasPrefix("すみません、それはわかりませんでした。") == true)
  }

  @Test func aQuestionAlwaysGetsAnAnswer() {
    let states: [ProjectSnapshot] = [
      .made(), .made([("", 0)]), .made([("A", 3)], stale: true), .made([("A", 3), ("A", 3)], trained: true),
      .made([("A", 1)], trained: true, test: .made("t", [1])), .made([], test: .made("t", [0.5, 0.5])),
    ]
    let texts = [
      "?", "test", "why", "hello", "thanks", "names", "copies", "wrong category", "improve", "which photos",
      "another category", "private", "how does it work", "percent",
    ]
    for state in states {
      for language in ["en", "ja", "xx"] {
        for kind in texts.map(AssistantTurn.Kind.chat) + [.askResult, .askCategory(CategoryID(1))] {
          #expect(say(kind, state, language: language)?.isEmpty == false)
        }
      }
    }
  }
}

extension ProjectSnapshot {
  /// The same project with another conversation.
  func with(messages: [ChatMessage]) -> ProjectSnapshot {
    ProjectSnapshot(
      activity: activity, goal: goal, categories: categories, model: model, test: test, messages: messages,
      activeAssistantIsOn: activeAssistantIsOn, undoTitle: nil, redoTitle: nil, sheetSeed: sheetSeed, isDemo: isDemo,
      photosSent: photosSent, consents: consents)
  }
}
