// Earlier replies: found for the same situation, in a little other words too, and for nothing else.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ReplyCacheTests {
  private let cats = ProjectSnapshot.made([("Cats", 2), ("Dogs", 1)], goal: "Pets")

  private func meaning(
    _ kind: AssistantTurn.Kind, _ project: ProjectSnapshot, language: String = "en", hintsOnly: Bool = false
  ) -> ReplyMeaning {
    ReplyMeaning(AssistantTurn(kind: kind, project: project.hashed, language: language, hintsOnly: hintsOnly))
  }

  private func tested(_ photo: String, _ shares: [Double], known: Bool = true) -> ProjectSnapshot {
    .made([("Cats", 2), ("Dogs", 1)], trained: true, test: .made(photo, shares, known: known), goal: "Pets")
  }

  @Test func wordingOrderAndTimeDoNotCount() {
    #expect(meaning(.chat("What now?"), cats).key == meaning(.chat("  what NOW "), cats).key)
    var messages = cats.messages
    messages.append(ChatMessage(author: .user, purpose: .chat, text: "x"))
    let later = ProjectSnapshot.made([("Cats", 2), ("Dogs", 1)], messages: messages, goal: "pets!", activity: 99)
    #expect(meaning(.chat("What now?"), cats).key == meaning(.chat("What now?"), later).key)
  }

  @Test func everyPartOfTheSituationCounts() {
    let meanings = [
      meaning(.chat("Hi"), cats), meaning(.chat("Ho"), cats), meaning(.look, cats), meaning(.askResult, cats),
      meaning(.askCategory(CategoryID(1)), cats), meaning(.askCategory(CategoryID(2)), cats),
      meaning(.chat("Hi"), cats, language: "ja"), meaning(.chat("Hi"), cats, hintsOnly: true),
      meaning(.chat("Hi"), .made([("Cats", 2), ("Dog", 1)], goal: "Pets")),
      meaning(.chat("Hi"), .made([("cats", 2), ("Dogs", 1)], goal: "Pets")),
      meaning(.chat("Hi"), .made([("Cats", 2), ("Dogs", 1), ("", 0)], goal: "Pets")),
      meaning(.chat("Hi"), .made([("Cats", 1), ("Dogs", 2)], goal: "Pets")),
      meaning(.chat("Hi"), .made([("Cats", 2), ("Dogs", 1)], goal: "Zoo")),
      meaning(.chat("Hi"), .made([], goal: "Pets")),
      meaning(.askResult, tested("a", [0.6, 0.4])), meaning(.askResult, tested("a", [0.7, 0.3])),
      meaning(.askResult, tested("a", [0.6, 0.4], known: false)), meaning(.askResult, tested("b", [0.6, 0.4])),
    ]
    #expect(Set(meanings.map(\.key)).count == meanings.count)
    #expect(meanings.allSatisfy { $0.key.count == 64 })
    for (i, a) in meanings.enumerated() {
      for (j, b) in meanings.enumerated() { #expect((a.difference(from: b) != nil) == (i == j), "\(i) \(j)") }
    }
  }

  @Test func aLittleOtherIsTheSame() {
    #expect(meaning(.askResult, tested("a", [0.60, 0.40])).difference(from: meaning(.askResult, tested("a", [0.62, 0.38]))) == 4)
    #expect(meaning(.askResult, tested("a", [0.60, 0.40])).difference(from: meaning(.askResult, tested("a", [0.63, 0.37]))) == nil)
    func many(_ count: Int) -> ReplyMeaning { meaning(.chat("Hi"), .made([("Cats", count)])) }
    #expect(many(20).difference(from: many(19)) == 1)
    #expect(many(20).difference(from: many(17)) == nil)
    #expect(many(200).difference(from: many(200)) == 0)
    #expect(many(200).difference(from: many(150)) == nil, "counts are compared where the lists of photos are samples")
    let asked = meaning(.chat("Why is the model so certain about it?"), cats)
    #expect(asked.difference(from: meaning(.chat("Why's the model certain about it"), cats)) == 0)
  }

  @Test func aQuestionAboutAnotherPictureIsAnotherQuestion() {
    func asked(_ pictures: [UInt8]) -> ReplyMeaning {
      var turn = AssistantTurn(kind: .chat("What is this?"), project: cats.hashed, language: "en")
      turn.attached = pictures.map { AttachedPicture(name: "p", jpeg: Data([$0]), thumbnail: Data()) }
      return ReplyMeaning(turn)
    }
    #expect(asked([1]).difference(from: asked([1])) == 0)
    for other in [[], [2], [1, 2]] as [[UInt8]] { #expect(asked([1]).difference(from: asked(other)) == nil, "\(other)") }
  }

  @Test func theOrderOfCategoriesDoesNotCount() {
    func snapshot(_ order: [Int]) -> ProjectSnapshot {
      let base = ProjectSnapshot.made([("Cats", 2), ("Dogs", 1)])
      return ProjectSnapshot(
        activity: 1, goal: nil, categories: order.map { base.categories[$0] }, model: nil, test: nil, messages: [],
        activeAssistantIsOn: true, undoTitle: nil, redoTitle: nil, sheetSeed: 1, isDemo: false, photosSent: 0,
        consents: [:])
    }
    #expect(meaning(.chat("Hi"), snapshot([0, 1])).key == meaning(.chat("Hi"), snapshot([1, 0])).key)
  }

  @Test func theSHA256IsTheStandardOne() {
    #expect(
      ReplyMeaning.sha256(Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  // MARK: The folder

  private func cache(_ folder: TemporaryProject, at seconds: Double = 1_000) -> ReplyCache {
    ReplyCache(folder: folder.folder.appendingPathComponent("replies"), now: { Date(timeIntervalSince1970: seconds) })
  }

  @Test func repliesComeBackFromDisk() throws {
    let folder = try TemporaryProject()
    let cache = cache(folder)
    #expect(cache.reply(for: meaning(.chat("Hi"), cats)) == nil)
    cache.store("**Hello**", for: meaning(.chat("Hi"), cats))
    #expect(cache.reply(for: meaning(.chat("Hi"), cats)) == "Hello")
    #expect(cache.reply(for: meaning(.chat("Ho"), cats)) == nil)
    let mode = try FileManager.default.attributesOfItem(atPath: cache.folder.path)[.posixPermissions] as? Int
    #expect(mode == 0o700, "nobody else's business")
  }

  @Test(arguments: ["en", "pt_BR", "zh-Hans", ""]) func repliesInEveryLanguageAreKept(language: String) throws {
    let cache = cache(try TemporaryProject())
    cache.store("Hello", for: meaning(.chat("Hi"), cats, language: language))
    #expect(cache.reply(for: meaning(.chat("Hi"), cats, language: language)) == "Hello")
  }

  @Test func theNearestThenTheLatestReplyIsTaken() throws {
    let folder = try TemporaryProject()
    func store(_ reply: String, _ text: String, at seconds: Double) {
      cache(folder, at: seconds).store(reply, for: meaning(.chat(text), cats))
    }
    func found(_ text: String, except: Set<String> = []) -> String? {
      cache(folder).reply(for: meaning(.chat(text), cats), except: except)
    }
    store("slip", "What is a catagory", at: 30)
    store("early", "Please, what is a category?", at: 10)
    store("late", "So what's a category?", at: 20)
    #expect(found("What is a category") == "late")
    #expect(found("What is a category", except: ["late"]) == "early")
    #expect(found("What is a category", except: ["late", "early"]) == "slip")
    #expect(found("What is a model") == nil)
  }

  @Test func theOldestGoFirst() throws {
    let folder = try TemporaryProject()
    for number in 1...5 {
      cache(folder, at: Double(number)).store("reply \(number)", for: meaning(.chat("question \(number)"), cats))
    }
    let cache = cache(folder)
    cache.prune(count: 3)
    #expect(cache.all().map(\.reply) == ["reply 3", "reply 4", "reply 5"])
    let bytes = try FileManager.default.contentsOfDirectory(
      at: cache.folder, includingPropertiesForKeys: [.fileSizeKey]
    ).reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
    cache.prune(count: 3, bytes: bytes - 1)
    #expect(cache.all().map(\.reply) == ["reply 4", "reply 5"])
  }

  @Test func aFileUnderAnotherNameIsNoReply() throws {
    let folder = try TemporaryProject()
    let cache = cache(folder)
    let (one, other) = (meaning(.chat("Hi"), cats), meaning(.chat("Ho"), cats))
    cache.store("Hello", for: one)
    let file = { (meaning: ReplyMeaning) in cache.folder.appendingPathComponent("\(meaning.key).json") }
    try FileManager.default.copyItem(at: file(one), to: file(other))
    #expect(cache.reply(for: other) == nil)
    try Data("half {".utf8).write(to: file(one))
    #expect(cache.reply(for: one) == nil)
  }
}
