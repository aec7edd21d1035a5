// The saved replies of the story: all valid, all reachable, and never for other categories.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct SavedRepliesTests {
  private static let languages = ["en", "ja"]

  private func replies(_ language: String) throws -> SavedReplies { try SavedReplies.load(language: language) }

  /// The demo at one stage, with photos of the recipe.
  private func demo(
    _ count: Int, language: String = "en", trained: Bool = true, stale: Bool = false, test: TestState? = nil,
    photos: Int? = nil, isDemo: Bool = true, messages: [ChatMessage] = []
  ) throws -> ProjectSnapshot {
    let groups = try DemoRecipe.load().groups.prefix(count)
    let names = Dictionary(
      uniqueKeysWithValues: groups.map { group in
        (group.name(language), group.photos.map { String($0.split(separator: "/").last ?? "") })
      })
    return .made(
      groups.map { ($0.name(language), photos ?? $0.photos.count) }, names: names, trained: trained, stale: stale,
      test: test, messages: messages, isDemo: isDemo)
  }

  private func reply(
    _ kind: AssistantTurn.Kind, _ project: ProjectSnapshot, language: String = "en"
  ) throws -> String? {
    try replies(language).reply(to: .made(kind, project, language: language))
  }

  // MARK: The files

  @Test(arguments: languages) func everyEntryIsValid(language: String) throws {
    let saved = try replies(language)
    #expect(saved.file.language == language)
    #expect(saved.file.replies.count >= 40)
    #expect(Set(saved.file.replies.map(\.reply)).count >= 40)
    let groups = Set(saved.recipe.groups.map(\.id))
    let testValues: Set<String> = ["label", "percent", "photo"]
    for entry in saved.file.replies {
      let condition = entry.when ?? .init()
      let text = entry.reply
      #expect(!text.isEmpty && text.count <= (language == "ja" ? 90 : 180), "\(text)")
      #expect(ReplyText.cleaned(text) == text)
      #expect((entry.kind == .chat) == (entry.question != nil), "\(text)")
      if let question = entry.question { #expect(saved.file.questions[question]?.isEmpty == false, "\(question)") }
      // What is not marked "anywhere" names its categories, so it can never be said about others.
      #expect((condition.anywhere == true) != (condition.categories != nil), "\(text)")
      #expect(condition.anywhere != true || entry.kind == .chat)
      let single = [condition.asked, condition.truth, condition.label].compactMap { $0 }
      for group in (condition.categories ?? []) + single {
        #expect(groups.contains(group), "\(group)")
      }
      #expect(condition.model.map { ["none", "fresh", "stale"].contains($0) } ?? true)
      #expect(entry.kind != .askCategory || condition.asked != nil)
      for placeholder in PromptTemplate(name: "reply", text: text).placeholders {
        #expect(groups.contains(placeholder) || testValues.contains(placeholder), "\(placeholder)")
        #expect(!testValues.contains(placeholder) || entry.kind == .askResult, "\(text)")
        #expect(condition.anywhere != true, "\(text)")
      }
    }
  }

  @Test func bothLanguagesTellTheSameStory() throws {
    let (english, japanese) = (try replies("en").file, try replies("ja").file)
    #expect(Set(english.questions.keys) == Set(japanese.questions.keys))
    func keys(_ file: SavedReplies.File) -> [String] {
      file.replies.map { "\($0.kind) \($0.question ?? "") \(String(describing: $0.when))" }.sorted()
    }
    #expect(keys(english) == keys(japanese))
  }

  @Test(arguments: languages) func noPhrasingMeansTwoThings(language: String) throws {
    var owner: [String: String] = [:]
    for (question, texts) in try replies(language).file.questions {
      for text in Set(texts.map { NormalisedText($0).essence }) {
        #expect(!text.isEmpty)
        #expect(owner[text] == nil, "“\(text)” is in \(question) and \(owner[text] ?? "")")
        owner[text] = question
      }
    }
  }

  @Test(arguments: languages) func everyQuestionIsAnsweredSomewhere(language: String) throws {
    let stages = [try demo(0, trained: false), try demo(2, language: language), try demo(3, language: language)]
    for (question, texts) in try replies(language).file.questions {
      for text in texts {
        let answers = try stages.map { try reply(.chat(text), $0, language: language) }
        #expect(answers.contains { $0 != nil }, "\(question): \(text)")
      }
    }
  }

  // MARK: The story

  @Test(arguments: languages) func everyStepOfTheStoryIsAnswered(language: String) throws {
    let recipe = try DemoRecipe.load()
    let goal = try #require(recipe.goal[language])
    let file = try replies(language).file
    let next = try #require(file.questions["next"]?.first)
    func test(_ photo: String, _ shares: [Double]) -> TestState { .made(photo, shares) }
    let begin = try demo(0, trained: false)
    let two = try demo(2, language: language)
    let stale = try demo(3, language: language, stale: true)
    let steps: [(AssistantTurn.Kind, ProjectSnapshot)] = [
      (.chat(goal), begin), (.chat(next), begin), (.look, begin),
      (.chat(next), try demo(2, language: language, trained: false)),
      (.look, try demo(2, language: language, trained: false)),
      (.askCategory(CategoryID(1)), two), (.askCategory(CategoryID(2)), two), (.chat(next), two), (.look, two),
      (.askResult, try demo(2, language: language, test: test("apple_red.png", [0.99, 0.01]))),
      (.look, try demo(2, language: language, test: test("apple_red.png", [0.99, 0.01]))),
      (.askResult, try demo(2, language: language, test: test("yellow-flower.png", [0.02, 0.98]))),
      (.askResult, try demo(2, language: language, test: test("rose.png", [0.48, 0.52]))),
      (.askResult, try demo(2, language: language, test: test("broccoli.png", [0.85, 0.15]))),
      (.askResult, try demo(2, language: language, test: test("holm_oak.png", [0.18, 0.82]))),
      (.askResult, try demo(2, language: language, test: test("lion.png", [0.76, 0.24]))),
      (.askResult, try demo(2, language: language, test: test("horse.png", [0.3, 0.7]))),
      (.chat(next), try demo(2, language: language, test: test("lion.png", [0.76, 0.24]))),
      (.look, try demo(2, language: language, test: test("lion.png", [0.76, 0.24]))),
      (.askCategory(CategoryID(3)), try demo(3, language: language, stale: true, photos: 0)),
      (.askCategory(CategoryID(3)), stale), (.chat(next), stale), (.look, stale),
      (.askCategory(CategoryID(1)), try demo(3, language: language)), (.look, try demo(3, language: language)),
      (.askResult, try demo(3, language: language, test: test("lion.png", [0.08, 0.01, 0.91]))),
      (.askResult, try demo(3, language: language, test: test("apple_red.png", [0.93, 0.01, 0.06]))),
      (.chat(next), try demo(3, language: language, test: test("lion.png", [0.08, 0.01, 0.91]))),
    ]
    for (number, (kind, project)) in steps.enumerated() {
      let text = try reply(kind, project, language: language)
      #expect(text != nil, "step \(number) \(kind)")
      #expect(text?.contains("{") != true)
    }
  }

  @Test func theLionsAnswerSaysWhatTheModelSaid() throws {
    let surprised = try reply(.askResult, demo(2, test: .made("lion.png", [0.755, 0.245])))
    #expect(surprised?.hasPrefix("A lion is “Edible” with 76%?") == true)
    let hesitant = try reply(.askResult, demo(2, test: .made("lion.png", [0.4, 0.6])))
    #expect(hesitant?.hasPrefix("“Not edible” with 60%: it hesitates") == true)
    let solved = try reply(.askResult, demo(3, test: .made("lion.png", [0.08, 0.01, 0.91])))
    #expect(solved?.hasPrefix("Now the lion is “Not a plant” with 91%") == true)
    let after = try reply(.chat("What now?"), demo(2, test: .made("lion.png", [0.755, 0.245])))
    #expect(after?.contains("Add a third category, “Not a plant”") == true)
  }

  // MARK: Never a false match

  @Test func otherCategoriesGetNoReplyOfTheStory() throws {
    let cats = ProjectSnapshot.made(
      [("Cats", 3), ("Dogs", 3)], trained: true, test: .made("lion.png", [0.9, 0.1]), isDemo: true)
    #expect(try reply(.askResult, cats) == nil)
    #expect(try reply(.askCategory(CategoryID(1)), cats) == nil)
    #expect(try reply(.chat("What should I do next?"), cats) == nil)
    #expect(try reply(.look, cats) == nil)
    #expect(try reply(.chat("What is a category?"), cats) != nil, "a question about the app itself")
  }

  @Test func oneMoreCategoryIsAnotherState() throws {
    var categories = try DemoRecipe.load().categories.map { ($0.name("en"), 3) }
    categories.append(("Cars", 3))
    let project = ProjectSnapshot.made(
      categories, trained: true, test: .made("apple_red.png", [0.9, 0.1, 0]), isDemo: true)
    #expect(try reply(.askResult, project) == nil)
    #expect(try reply(.chat("Should I add a category?"), project) == nil)
  }

  @Test func outsideTheDemoNothingIsSaidAboutPhotos() throws {
    let project = try demo(2, test: .made("lion.png", [0.76, 0.24]), isDemo: false)
    #expect(try reply(.askResult, project) == nil)
    #expect(try reply(.askCategory(CategoryID(1)), project) == nil)
    #expect(try reply(.chat("Can I eat this mushroom?"), project) != nil)
  }

  @Test func aCategoryOfOtherPhotosIsNotSpokenOf() throws {
    let project = ProjectSnapshot.made([("Edible", 5), ("Not edible", 5)], trained: true, isDemo: true)
    #expect(try reply(.askCategory(CategoryID(1)), project) == nil)
  }

  @Test func anOldResultOrAnUnknownPhotoIsNotSpokenOf() throws {
    #expect(try reply(.askResult, demo(2, test: .made("lion.png", [0.76, 0.24], current: false))) == nil)
    #expect(try reply(.askResult, demo(2, test: .made("holiday.jpg", [0.76, 0.24]))) == nil)
    #expect(try reply(.askResult, demo(2)) == nil)
  }

  @Test func theActiveAssistantDoesNotRepeatASavedReply() throws {
    let first = try #require(try reply(.look, demo(2)))
    let said = [ChatMessage(author: .active, purpose: .advice, text: first, source: .cache)]
    #expect(try reply(.look, demo(2, messages: said)) == nil)
  }

  @Test func namesInTheOtherLanguageMeanTheSame() throws {
    let text = try reply(.askCategory(CategoryID(1)), demo(2, language: "en"), language: "ja")
    #expect(text?.hasPrefix("「Edible」はわかりやすい名前") == true)
  }

  @Test func smallWordsAndPunctuationDoNotMatter() throws {
    let plain = try reply(.chat("What is a category?"), .made())
    #expect(plain != nil)
    for variant in ["what is category", "Hey, what is a CATEGORY, please?", "What’s a category?"] {
      let text = try reply(.chat(variant), .made())
      #expect(text == plain || variant.contains("’"), "\(variant)")
    }
    #expect(try reply(.chat("What is a category of cats?"), .made()) == nil)
  }
}
