// Proposals in the project: nothing happens before Apply, applying is one step of undo, a restart changes nothing.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ProposalOperationTests {
  let project: TemporaryProject
  let store: ProjectStore

  init() throws {
    project = try TemporaryProject()
    store = try project.store()
  }

  @discardableResult
  private func perform(_ operation: DuetEngine.Operation) async throws -> ProjectSnapshot {
    try await store.perform(operation).snapshot
  }

  /// "Cats" with photos 1 to 4, "Dogs" with 5 to 7, "Birds" with 8 and 9; ids of photos in this order.
  private func fill() async throws -> ProjectSnapshot {
    for (name, numbers) in [("Cats", 1...4), ("Dogs", 5...7), ("Birds", 8...9)] {
      let id = try #require(try await perform(.addCategory(name: name)).categories.last?.id)
      try await perform(.addPhotos(numbers.map { .numbered($0) }, to: id))
    }
    return try await store.read().snapshot
  }

  /// Says a message with one change; returns its card.
  private func propose(_ change: Proposal.Change) async throws -> Proposal {
    let message = ChatMessage(author: .passive, purpose: .chat, text: "How about this?", source: .network)
    return try #require(try await perform(.propose([change], with: message)).proposals.last)
  }

  /// Names of the categories with the numbers of their photos.
  private func contents(_ snapshot: ProjectSnapshot) -> [String: [Int64]] {
    Dictionary(uniqueKeysWithValues: snapshot.categories.map { ($0.name, $0.photos.map(\.id.rawValue)) })
  }

  private static let before: [String: [Int64]] = ["Cats": [1, 2, 3, 4], "Dogs": [5, 6, 7], "Birds": [8, 9]]
  private static let cats = CategoryID(1), dogs = CategoryID(2), birds = CategoryID(3)

  private static let changes: [(Proposal.Change, after: [String: [Int64]], sentence: String)] = [
    (
      .createCategory(name: "Fish"),
      ["Cats": [1, 2, 3, 4], "Dogs": [5, 6, 7], "Birds": [8, 9], "Fish": []], "It starts without photos."
    ),
    (
      .renameCategory(cats, to: "House cats"),
      ["House cats": [1, 2, 3, 4], "Dogs": [5, 6, 7], "Birds": [8, 9]], "Its photos stay."
    ),
    (
      .mergeCategories([cats, birds], into: dogs, name: "Animals"),
      ["Animals": [1, 2, 3, 4, 5, 6, 7, 8, 9]], "6 photos will move"
    ),
    (
      .mergeCategories([birds], into: cats, name: nil),
      ["Cats": [1, 2, 3, 4, 8, 9], "Dogs": [5, 6, 7]], "2 photos will move"
    ),
    (
      .splitCategory(cats, photos: [PhotoID(2), PhotoID(3)], newName: "Kittens"),
      ["Cats": [1, 4], "Kittens": [2, 3], "Dogs": [5, 6, 7], "Birds": [8, 9]], "2 photos will move"
    ),
    (.removeCategory(dogs), ["Cats": [1, 2, 3, 4], "Birds": [8, 9]], "It goes with its 3 photos."),
    (
      .movePhotos([PhotoID(1), PhotoID(5), PhotoID(8)], to: birds),
      ["Cats": [2, 3, 4], "Dogs": [6, 7], "Birds": [1, 5, 8, 9]], "2 photos will move"
    ),
    (
      .removePhotos([PhotoID(9), PhotoID(1)]),
      ["Cats": [2, 3, 4], "Dogs": [5, 6, 7], "Birds": [8]], "2 photos will be removed"
    ),
  ]

  @Test(arguments: changes.indices) func applyingIsOneStepOfUndo(index: Int) async throws {
    let (change, after, sentence) = Self.changes[index]
    let start = try await fill()
    let proposal = try await propose(change)
    #expect(proposal.state == .waiting)
    #expect(contents(try await store.read().snapshot) == Self.before)
    let preview = proposal.preview(in: start)
    #expect(preview.canApply && preview.reason == nil && preview.sentence == sentence && !preview.title.isEmpty)

    var now = try await perform(.applyProposal(proposal.id))
    #expect(contents(now) == after && now.proposals.last?.state == .applied)
    now = try await store.undo().snapshot
    #expect(contents(now) == Self.before && now.proposals.last?.state == .waiting)
    now = try await store.redo().snapshot
    #expect(contents(now) == after && now.proposals.last?.state == .applied && now.redoTitle == nil)
    // One step: the next undo takes back what came before the proposal.
    _ = try await store.undo()
    now = try await store.undo().snapshot
    #expect(now.categories.last?.photos.isEmpty == true, "the last photos that were added")
  }

  @Test func undoSaysWhatItTakesBack() async throws {
    _ = try await fill()
    let merge = try await propose(.mergeCategories([Self.birds], into: Self.cats, name: "Pets"))
    var now = try await perform(.applyProposal(merge.id))
    #expect(now.undoTitle == "the proposed merging" && now.redoTitle == nil)
    now = try await store.undo().snapshot
    #expect(now.redoTitle == "the proposed merging")
  }

  @Test func appliedTwiceItHappensOnce() async throws {
    _ = try await fill()
    let proposal = try await propose(.createCategory(name: "Fish"))
    try await perform(.applyProposal(proposal.id))
    let now = try await perform(.applyProposal(proposal.id))
    #expect(now.categories.count == 4)
    #expect(try await perform(.applyProposal(UUID())).categories.count == 4, "an unknown id is nothing")
  }

  @Test func dismissedItCannotBeAppliedUntilThatIsTakenBack() async throws {
    _ = try await fill()
    let proposal = try await propose(.removeCategory(Self.cats))
    var now = try await perform(.dismissProposal(proposal.id))
    #expect(now.proposals.last?.state == .dismissed && now.undoTitle == "dismiss the proposal")
    now = try await perform(.applyProposal(proposal.id))
    #expect(contents(now) == Self.before)
    now = try await store.undo().snapshot
    #expect(now.proposals.last?.state == .waiting)
    now = try await perform(.applyProposal(proposal.id))
    #expect(!contents(now).keys.contains("Cats"))
  }

  @Test func waitingProposalsSurviveARestart() async throws {
    _ = try await fill()
    let waiting = try await propose(.createCategory(name: "Fish"))
    let applied = try await propose(.createCategory(name: "Horses"))
    let dismissed = try await propose(.removeCategory(Self.cats))
    try await perform(.applyProposal(applied.id))
    let before = try await perform(.dismissProposal(dismissed.id)).proposals
    #expect(before.map(\.state) == [.waiting, .applied, .dismissed])
    await store.close()
    let again = try project.store(create: false)
    #expect(try await again.read().snapshot.proposals == before)
    #expect(try await again.perform(.applyProposal(waiting.id)).snapshot.categories.last?.name == "Fish")
  }

  @Test func whatItSpeaksOfMayGoAndComeBack() async throws {
    _ = try await fill()
    let merge = try await propose(.mergeCategories([Self.birds], into: Self.cats, name: nil))
    var now = try await perform(.removeCategory(Self.birds))
    let outdated = try #require(now.proposals.last)
    #expect(outdated.state == .outdated)
    let preview = outdated.preview(in: now)
    #expect(!preview.canApply && preview.reason?.isEmpty == false)
    #expect(preview.title.contains("Birds"), "the card still says what it was about")
    await #expect(throws: ProjectError.self) { try await perform(.applyProposal(merge.id)) }
    #expect(try await store.read().snapshot == now, "a refusal changes nothing")
    now = try await store.undo().snapshot
    #expect(now.proposals.last?.state == .waiting && now.proposals.last?.preview(in: now).canApply == true)
  }

  private static let impossible: [(String, Proposal.Change)] = [
    ("a name that is taken", .createCategory(name: "cats ")),
    ("no name", .createCategory(name: " \n ")),
    ("renamed to another's name", .renameCategory(cats, to: "DOGS")),
    ("its own name", .renameCategory(cats, to: "Cats")),
    ("an absent category", .removeCategory(CategoryID(77))),
    ("merged with itself", .mergeCategories([cats], into: cats, name: nil)),
    ("merged with an absent one", .mergeCategories([CategoryID(77)], into: cats, name: nil)),
    ("merged under a third one's name", .mergeCategories([birds], into: cats, name: "Dogs")),
    ("absent photos", .removePhotos([PhotoID(400)])),
    ("photos that are there already", .movePhotos([PhotoID(1), PhotoID(2)], to: cats)),
    ("split without a rest", .splitCategory(birds, photos: [PhotoID(8), PhotoID(9)], newName: "All of them")),
    ("split with another's photos", .splitCategory(birds, photos: [PhotoID(1)], newName: "New")),
  ]

  @Test(arguments: impossible.indices) func whatCannotBeDoneIsRefusedWithAReason(index: Int) async throws {
    let (what, change) = Self.impossible[index]
    _ = try await fill()
    let proposal = try await propose(change)
    let now = try await store.read().snapshot
    #expect(proposal.state == .outdated, "\(what)")
    #expect(proposal.preview(in: now).reason?.isEmpty == false, "\(what)")
    await #expect(throws: ProjectError.self, "\(what)") { try await perform(.applyProposal(proposal.id)) }
    #expect(contents(try await store.read().snapshot) == Self.before, "\(what)")
  }

  @Test func theEleventhCategoryWaitsForRoom() async throws {
    for number in 1...Category.limit { try await perform(.addCategory(name: "C\(number)")) }
    let proposal = try await propose(.createCategory(name: "Fish"))
    #expect(proposal.state == .outdated)
    let now = try await perform(.removeCategory(CategoryID(1)))
    #expect(now.proposals.last?.state == .waiting)
  }

  @Test @MainActor func aTestIsAppliedWhenThePhotoIsThere() async throws {
    let workspace = try await Workspace.open(project.url, create: true, extractors: .none)
    let message = ChatMessage(author: .active, purpose: .advice, text: "Try a lion.", source: .network)
    let said = try await workspace.perform(.propose([.addTest(description: "a lion")], with: message))
    let proposal = try #require(said.proposals.last)
    #expect(proposal.preview(in: said).asksForTestPhoto && proposal.preview(in: said).canApply)
    let duet = Duet(project: workspace, settings: AssistantSettings())
    duet.applyProposal(proposal.id)
    await duet.settle()
    #expect(workspace.snapshot.proposals.last?.state == .waiting, "there is no photo yet")
    duet.applyProposal(proposal.id, testPhoto: .data(Data("no picture".utf8), name: "x.png"))
    await workspace.settle()
    #expect(workspace.snapshot.proposals.last?.state == .waiting && workspace.notice != nil)
    let picture = try PictureFixtures.data("quarters.png")
    duet.applyProposal(proposal.id, testPhoto: .data(picture, name: "lion.png"))
    await workspace.settle()
    #expect(workspace.snapshot.test?.name == "lion.png" && workspace.snapshot.proposals.last?.state == .applied)
    #expect(workspace.snapshot.undoTitle == nil, "a test is not taken back")
    await workspace.close()
  }

  @Test func aStrangersRowsAreChecked() async throws {
    _ = try await fill()
    let proposal = try await propose(.createCategory(name: "Fish"))
    await store.close()
    let connection = try SQLiteConnection(path: project.url.path, create: false)
    let insert = """
      INSERT INTO proposal (id, sequence, message_id, change, names, state) VALUES (?, ?, ?, ?, '{}', 'waiting')
      """
    let message = SQLiteValue.text(proposal.message.uuidString)
    let long = String(repeating: "x", count: 5_000)
    for (sequence, change) in [
      "no json", "{\"deleteEverything\":{}}", "{\"createCategory\":{\"name\":\"\(long)\"}}",
    ].enumerated() {
      try connection.run(insert, [.text(UUID().uuidString), .integer(Int64(sequence + 10)), message, .text(change)])
    }
    connection.close()
    let again = try project.store(create: false)
    let now = try await again.read().snapshot
    #expect(now.proposals.count == 2, "what is no change is no card")
    let odd = try #require(now.proposals.last)
    #expect(odd.preview(in: now).title.count < 200)
    #expect(try await again.perform(.applyProposal(odd.id)).snapshot.categories.last?.name.count == Category.nameLimit)
  }
}
