// Saved replies on their way to another machine: all of them arrive, and a stranger's file does no harm.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ReplyCacheFileTests {
  private let folder: TemporaryProject
  private let file: URL
  private let meaning = ReplyMeaning(.made(.chat("Hi"), .made([("Cats", 2)], goal: "Pets").hashed))

  init() throws {
    folder = try TemporaryProject()
    file = folder.folder.appendingPathComponent("lesson.json")
  }

  private func cache(_ name: String, at seconds: Double = 1_000) -> ReplyCache {
    ReplyCache(folder: folder.folder.appendingPathComponent(name), now: { Date(timeIntervalSince1970: seconds) })
  }

  @Test func everythingArrivesOnce() throws {
    cache("here", at: 5.25).store("Hello", for: meaning, model: "tiny")
    let tested = ProjectSnapshot.made([("Cats", 2)], trained: true, test: .made("x", [1])).hashed
    cache("here", at: 6).store("Result", for: ReplyMeaning(.made(.askResult, tested)))
    #expect(try ReplyCacheFile.write(cache("here"), to: file) == 2)
    #expect(try ReplyCacheFile.read(file, into: cache("there")) == .init(added: 2))
    #expect(cache("there").all() == cache("here").all())
    #expect(cache("there").all().map(\.model) == ["tiny", nil])
    #expect(try ReplyCacheFile.read(file, into: cache("there")) == .init(kept: 2))
    #expect(cache("there").all().count == 2)
  }

  @Test func theNewerReplyStays() throws {
    cache("here", at: 20).store("newer", for: meaning)
    cache("there", at: 10).store("older", for: meaning)
    _ = try ReplyCacheFile.write(cache("here"), to: file)
    #expect(try ReplyCacheFile.read(file, into: cache("there")) == .init(replaced: 1))
    #expect(cache("there").reply(for: meaning) == "newer")
    cache("there", at: 30).store("newest", for: meaning)
    #expect(try ReplyCacheFile.read(file, into: cache("there")) == .init(kept: 1))
    #expect(cache("there").reply(for: meaning) == "newest")
  }

  @Test func aDateInTheFutureIsNow() throws {
    cache("here", at: 9_000_000_000).store("Hello", for: meaning)
    _ = try ReplyCacheFile.write(cache("here"), to: file)
    _ = try ReplyCacheFile.read(file, into: cache("there", at: 50))
    #expect(cache("there").all().map(\.date.timeIntervalSince1970) == [50])
  }

  @Test func filesOfOtherKindsAreNamed() throws {
    func refusal(_ text: String) throws -> ReplyTransferError? {
      try Data(text.utf8).write(to: file)
      do throws(ReplyTransferError) {
        _ = try ReplyCacheFile.read(file, into: cache("there"))
        return nil
      } catch { return error }
    }
    #expect(try refusal("<html>") == .notReplies(file.path))
    #expect(try refusal(#"{"format": "other", "version": 1, "replies": []}"#) == .notReplies(file.path))
    #expect(try refusal(#"{"format": "duetml saved replies", "version": 2, "replies": []}"#) == .newerVersion(file.path))
    #expect(try refusal(#"{"format": "duetml saved replies", "version": 1}"#) == .notReplies(file.path))
    #expect(try refusal(String(repeating: "[", count: 100_000)) == .notReplies(file.path))
    #expect(throws: ReplyTransferError.notRead("/nowhere/x")) {
      try ReplyCacheFile.read(URL(fileURLWithPath: "/nowhere/x"), into: cache("there"))
    }
    #expect(throws: ReplyTransferError.notRead("/dev/zero")) {
      try ReplyCacheFile.read(URL(fileURLWithPath: "/dev/zero"), into: cache("there"))
    }
  }

  /// One good reply among those that were tampered with, each in one place.
  @Test func everyReplyIsCheckedByItself() throws {
    cache("here").store("Good", for: meaning)
    _ = try ReplyCacheFile.write(cache("here"), to: file)
    let whole = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let good = try #require((whole["replies"] as? [[String: Any]])?.first)
    func bad(_ change: (inout [String: Any], inout [String: Any]) -> Void) -> [String: Any] {
      var (reply, meaning) = (good, good["meaning"] as? [String: Any] ?? [:])
      change(&reply, &meaning)
      reply["meaning"] = meaning
      return reply
    }
    let group = ((good["meaning"] as? [String: Any])?["categories"] as? [[String: Any]])?.first ?? [:]
    let strangers: [[String: Any]] = [
      bad { reply, _ in reply["reply"] = " \u{202E} " },
      bad { reply, _ in reply["date"] = -1 },
      bad { _, meaning in meaning["role"] = "system" },
      bad { _, meaning in meaning["prompt"] = "../../system" },
      bad { _, meaning in meaning["language"] = "en; rm" },
      bad { _, meaning in meaning["said"] = "Not Normal!" },
      bad { _, meaning in meaning["categories"] = Array(repeating: group, count: 11) },
      bad { _, meaning in
        meaning["categories"] = [group.merging(["name": String(repeating: "x", count: 61)]) { $1 }]
      },
      bad { _, meaning in meaning["categories"] = [group.merging(["photos": ["../x", "y"]]) { $1 }] },
      bad { _, meaning in meaning["asked"] = group.merging(["name": "Other"]) { $1 } },
      ["reply": 7],
    ]
    let tampered = whole.merging(["replies": strangers + [good]]) { $1 }
    try JSONSerialization.data(withJSONObject: tampered).write(to: file)
    let outcome = try ReplyCacheFile.read(file, into: cache("there"))
    #expect(outcome.added == 1 && outcome.refused.map(\.number) == Array(1...strangers.count))
    #expect(cache("there").all().map(\.reply) == ["Good"])
  }
}

extension ProjectSnapshot {
  /// The same with content hashes as real photos have them.
  var hashed: ProjectSnapshot {
    func hash(_ text: String) -> String { ReplyMeaning.sha256(Data(text.utf8)) }
    return ProjectSnapshot(
      activity: activity, goal: goal,
      categories: categories.map { category in
        Category(
          id: category.id, name: category.name,
          photos: category.photos.map {
            Photo(id: $0.id, name: $0.name, contentHash: hash($0.contentHash), hasFeatures: true)
          })
      },
      model: model,
      test: test.map {
        TestState(
          photo: $0.photo, name: $0.name, contentHash: hash($0.contentHash), prediction: $0.prediction,
          isCurrent: $0.isCurrent)
      },
      messages: messages, activeAssistantIsOn: activeAssistantIsOn, undoTitle: nil, redoTitle: nil,
      sheetSeed: sheetSeed, isDemo: isDemo, photosSent: photosSent, consents: consents)
  }
}
