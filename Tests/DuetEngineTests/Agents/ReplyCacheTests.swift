// Earlier replies: found for the same meaning, and for nothing else.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ReplyCacheTests {
  private let cats = ProjectSnapshot.made([("Cats", 2), ("Dogs", 1)], goal: "Pets")

  private func key(
    _ kind: AssistantTurn.Kind, _ project: ProjectSnapshot, model: String? = "m", language: String = "en"
  ) -> String {
    ReplyMeaning(.made(kind, project, language: language), model: model).key
  }

  @Test func wordingPunctuationAndTimeDoNotCount() {
    #expect(key(.chat("What now?"), cats) == key(.chat("  what NOW "), cats))
    var messages = cats.messages
    messages.append(ChatMessage(author: .user, purpose: .chat, text: "x"))
    let later = ProjectSnapshot.made([("Cats", 2), ("Dogs", 1)], messages: messages, goal: "pets!", activity: 99)
    #expect(key(.chat("What now?"), cats) == key(.chat("What now?"), later))
  }

  @Test func everyPartOfTheMeaningCounts() {
    func tested(_ photo: String, _ shares: [Double]) -> ProjectSnapshot {
      .made([("Cats", 2), ("Dogs", 1)], trained: true, test: .made(photo, shares), goal: "Pets")
    }
    let keys = [
      key(.chat("Hi"), cats), key(.chat("Ho"), cats), key(.look, cats), key(.askResult, cats),
      key(.askCategory(CategoryID(1)), cats), key(.askCategory(CategoryID(2)), cats),
      key(.chat("Hi"), cats, model: "other"), key(.chat("Hi"), cats, model: nil),
      key(.chat("Hi"), cats, language: "ja"),
      key(.chat("Hi"), .made([("Cats", 2), ("Dog", 1)], goal: "Pets")),
      key(.chat("Hi"), .made([("cats", 2), ("Dogs", 1)], goal: "Pets")),
      key(.chat("Hi"), .made([("Cats", 1), ("Dogs", 2)], goal: "Pets")),
      key(.chat("Hi"), .made([("Cats", 2), ("Dogs", 1)], goal: "Zoo")),
      key(.chat("Hi"), .made([], goal: "Pets")),
      key(.askResult, tested("a", [0.6, 0.4])), key(.askResult, tested("a", [0.7, 0.3])),
      key(.askResult, tested("b", [0.6, 0.4])),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.count == 64 })
  }

  @Test func theSHA256IsTheStandardOne() {
    #expect(
      ReplyMeaning.sha256(Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func repliesComeBackFromDisk() throws {
    let folder = try TemporaryProject()
    let cache = ReplyCache(folder: folder.folder.appendingPathComponent("replies"))
    let meaning = ReplyMeaning(.made(.chat("Hi"), cats), model: "m")
    let other = ReplyMeaning(.made(.chat("Ho"), cats), model: "m")
    #expect(cache.reply(for: meaning) == nil)
    cache.store("**Hello**", for: meaning)
    #expect(cache.reply(for: meaning) == "Hello")
    #expect(cache.reply(for: other) == nil)
  }

  @Test func aFileUnderAnotherNameIsNoReply() throws {
    let folder = try TemporaryProject()
    let cache = ReplyCache(folder: folder.folder)
    let meaning = ReplyMeaning(.made(.chat("Hi"), cats), model: "m")
    let other = ReplyMeaning(.made(.chat("Ho"), cats), model: "m")
    cache.store("Hello", for: meaning)
    let file = { (meaning: ReplyMeaning) in folder.folder.appendingPathComponent("\(meaning.key).json") }
    try FileManager.default.copyItem(at: file(meaning), to: file(other))
    #expect(cache.reply(for: other) == nil)
    try Data("half {".utf8).write(to: file(meaning))
    #expect(cache.reply(for: meaning) == nil)
  }
}
