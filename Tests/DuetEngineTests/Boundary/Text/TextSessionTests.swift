// The session of the page "Texts": loading, editing, learning, undo, and that nothing is lost between two sessions.

import Foundation
import Testing

@testable import DuetEngine

@MainActor @Suite struct TextSessionTests {
  /// A folder of its own, gone with the test.
  private final class Place {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-texts-\(UUID().uuidString)")
    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String, _ text: String) throws -> URL {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let url = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: url)
      return url
    }
    var store: TextStore { TextStore(folder: folder.appendingPathComponent("store")) }
  }

  private let place = Place()

  /// The sample, loaded and trained.
  private func session() async -> TextSession {
    let session = TextSession(store: place.store)
    session.useSample()
    await session.settle()
    return session
  }

  private func training(_ session: TextSession, label: Int) throws -> TextReview {
    try #require(session.set?.training.first { $0.label == label })
  }

  @Test func loadingTrainsAndAnswersForEveryReview() async throws {
    let session = await session()
    let set = try #require(session.set)
    #expect(session.notice == nil)
    #expect(session.model?.reviewCount == set.training.count)
    #expect(Set(session.answers.keys) == Set(set.reviews.map(\.id)))
    #expect(session.shown.map(\.id) == set.training.map(\.id) + set.heldOut.map(\.id))
    let score = try #require(session.work.scores.last)
    #expect(score.asked == set.heldOut.count)
    #expect(score.right == set.heldOut.count { session.answers[$0.id]?.label == $0.label })
    #expect(score.edits == 0 && score.rightWithoutEdits == score.right)
    #expect(!session.isStale && !session.isTraining && !session.isReading)
  }

  @Test func typingIsComparedAndPredictedLive() async throws {
    let session = await session()
    let review = try training(session, label: 1)
    session.select(review.id)
    await session.settle()
    #expect(session.live?.difference.isEmpty == true)
    let before = try #require(session.live?.prediction?.probability)
    session.type("terrible, awful, boring, bad")
    await session.settle()
    let live = try #require(session.live)
    #expect(live.text == "terrible, awful, boring, bad")
    #expect(live.difference.addedCount == 4)
    #expect(live.original?.probability == before)
    #expect(try #require(live.prediction).probability < before)
    session.startOver()
    await session.settle()
    #expect(session.live?.difference.isEmpty == true)
    #expect(session.work.drafts.isEmpty)
  }

  @Test func aPairIsKeptLearntForgottenAndComesBackWithUndo() async throws {
    let session = await session()
    let review = try training(session, label: 0)
    session.select(review.id)
    let edit = review.text + " No, it was splendid!"
    session.type(edit)
    session.learnFromPair()
    #expect(session.work.edits == [review.id: edit])
    #expect(session.work.drafts.isEmpty)
    #expect(session.isStale)
    session.train()
    await session.settle()
    #expect(!session.isStale)
    #expect(session.model?.pairCount == 1)
    #expect(session.model?.features.knows("splendid") == true)
    #expect(session.work.scores.last?.edits == 1)

    session.undo()
    #expect(session.work.edits.isEmpty)
    #expect(session.editorText(of: review) == edit, "what was written is still in the editor")
    #expect(session.isStale && session.undoTitle == nil)
    session.redo()
    #expect(session.work.edits == [review.id: edit])
    session.forgetPair()
    #expect(session.work.edits.isEmpty)
    #expect(session.editorText(of: review) == edit)
    session.undo()
    #expect(session.work.edits == [review.id: edit])
    #expect(session.redoTitle == "Do not learn from this pair")
  }

  @Test func undoDoesNotLoseWhatWasTypedSince() async throws {
    let session = await session()
    let review = try training(session, label: 0)
    session.select(review.id)
    session.type("first good edit")
    session.learnFromPair()
    session.type("second better edit")
    session.undo()
    #expect(session.editorText(of: review) == "second better edit")
  }

  @Test func whatIsNoEditIsRefusedInASentence() async throws {
    let session = await session()
    let review = try training(session, label: 0)
    session.select(review.id)
    session.learnFromPair()
    #expect(session.notice?.text == TextError.sameText.message)
    session.type(review.text.uppercased() + "!!")
    session.learnFromPair()
    #expect(session.notice?.text == TextError.sameText.message, "capitals and punctuation change no meaning")
    session.type("…")
    session.learnFromPair()
    #expect(session.notice?.text == TextError.emptyEdit.message)
    #expect(session.work.edits.isEmpty)
  }

  @Test func heldOutReviewsCannotBeEdited() async throws {
    let session = await session()
    let review = try #require(session.set?.heldOut.first)
    session.select(review.id)
    #expect(session.selected == review)
    session.type("something else")
    session.learnFromPair()
    #expect(session.work.drafts.isEmpty && session.work.edits.isEmpty)
  }

  @Test func fewerReviewsCanBeLearntFromAndEditedOnesStay() async throws {
    let session = await session()
    let all = try #require(session.set).training
    let edited = try #require(all.last)
    session.select(edited.id)
    session.type("very different words")
    session.learnFromPair()
    session.learn(from: 6)
    let learnt = try #require(session.set).learnt(session.work)
    #expect(learnt.contains { $0.id == edited.id })
    #expect(learnt.count == 6 || learnt.count == 7)
    let others = learnt.filter { $0.id != edited.id || learnt.count == 6 }
    #expect(others.count { $0.label == 1 } == 3)
    #expect(learnt.map(\.id) == learnt.map(\.id).sorted())
    session.train()
    await session.settle()
    #expect(session.model?.reviewCount == learnt.count)
    session.learn(from: 100_000)
    #expect(session.work.learnCount == nil)
    #expect(session.shown.count == session.set?.reviews.count)
  }

  @Test func nothingIsLostBetweenSessions() async throws {
    let first = await session()
    first.learn(from: 20)
    let (kept, open) = (first.shown[0], first.shown[3])
    first.select(kept.id)
    first.type("a kept edit")
    first.learnFromPair()
    first.choose(.both)
    first.train()
    first.select(open.id)
    first.type("an unfinished ed")
    await first.settle()

    let second = TextSession(store: place.store)
    await second.open()
    await second.settle()
    #expect(second.set == first.set)
    #expect(second.work.edits == [kept.id: "a kept edit"])
    #expect(second.work.drafts == [open.id: "an unfinished ed"])
    #expect(second.work.mode == .both && second.work.learnCount == 20)
    #expect(second.work.selected == open.id)
    #expect(second.work.scores.prefix(2).map(\.right) == first.work.scores.prefix(2).map(\.right))
    #expect(second.model?.pairCount == 1)
    #expect(second.answers == first.answers, "the same work gives the same model")
  }

  @Test func anotherFileDoesNotCostTheWorkOnTheFirst() async throws {
    let session = await session()
    let review = try training(session, label: 0)
    session.select(review.id)
    session.type("my work")
    session.load(try place.file("other.csv", "text,label\ngood film,yes\nbad film,no\ngreat,yes\nawful,no\n"))
    await session.settle()
    #expect(session.set?.name == "other.csv")
    #expect(session.work.drafts.isEmpty)
    session.useSample()
    await session.settle()
    #expect(session.work.drafts == [review.id: "my work"])
  }

  @Test func editsOfAPairedFileAreThere() async throws {
    let lines = (0..<10).map { "p\($0)\tbad film \($0)\tno\np\($0)\tgood film \($0)\tyes" }
    let file = try place.file("pairs.tsv", "pair\ttext\tlabel\n" + lines.joined(separator: "\n"))
    let session = TextSession(store: place.store)
    session.load(file)
    await session.settle()
    #expect(session.set?.training.count == 8)
    #expect(session.work.edits.count == 8)
    #expect(session.model?.pairCount == 8)
    #expect(session.answers.values.allSatisfy { $0.label == 0 }, "the pairs teach both labels")
  }

  @Test func unusualColumnsAreAskedFor() async throws {
    let file = try place.file("odd.csv", "words,mood\nI am happy,:)\nI am sad,:(\n")
    let session = TextSession(store: place.store)
    session.load(file)
    await session.settle()
    #expect(session.columnQuestion == TextColumnQuestion(file: file, titles: ["words", "mood"]))
    #expect(session.set == nil && session.notice == nil)
    session.load(file, columns: TextColumns(text: "words", label: "mood"))
    await session.settle()
    #expect(session.columnQuestion == nil)
    #expect(session.set?.reviews.count == 2)
  }

  @Test func aBadFileIsASentenceAndChangesNothing() async throws {
    let session = await session()
    let before = session.set
    session.load(try place.file("bad.csv", "text,label\nonly one,yes\nof them,yes\n"))
    await session.settle()
    #expect(session.notice?.text == TextError.wrongLabelCount(name: "bad.csv", found: ["yes"]).message)
    #expect(session.set == before && session.model != nil)
  }

  @Test func aDamagedWorkFileIsPutAside() async throws {
    let first = await session()
    let digest = try #require(first.set.map(TextStore.digest))
    let folder = place.folder.appendingPathComponent("store")
    let file = folder.appendingPathComponent("\(digest).work.json")
    try Data("{\"edits\": 7}".utf8).write(to: file)
    let second = TextSession(store: place.store)
    await second.open()
    await second.settle()
    #expect(second.set == first.set)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.contains { $0.hasPrefix("damaged-") })
  }

  @Test func anUnwritableFolderIsSaidAndWorkGoesOn() async throws {
    let blocked = try place.file("blocked", "a file where a folder should be")
    let session = TextSession(store: TextStore(folder: blocked.appendingPathComponent("store")))
    session.useSample()
    await session.settle()
    #expect(session.notice?.text.contains("could not be saved") == true)
    #expect(session.set != nil && session.model != nil)
  }

  @Test func equalDigestsMeanEqualReviews() {
    func set(_ texts: [String]) -> TextSet {
      TextSet(name: "n", labels: ["a", "b"], reviews: texts.enumerated().map {
        TextReview(id: $0.offset, text: $0.element, label: 0)
      })
    }
    #expect(TextStore.digest(of: set(["a", "bc"])) != TextStore.digest(of: set(["ab", "c"])))
    let whole = TextReview(id: 0, text: "ab", label: 0)
    let split = TextReview(id: 0, text: "a", label: 0, edit: "b")
    let digests = [whole, split].map { TextStore.digest(of: TextSet(name: "n", labels: ["a", "b"], reviews: [$0])) }
    #expect(digests[0] != digests[1])
    var other = set(["a", "bc"])
    other.name = "moved"
    #expect(TextStore.digest(of: other) == TextStore.digest(of: set(["a", "bc"])))
  }
}
