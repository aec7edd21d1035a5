// A whole lesson with the built-in coach alone, from the goal to the third training: real photos, real models, every
// word of the conversation compared with Fixtures/lesson.LANGUAGE.txt. Read that file: it is what a pupil reads.
// After a change of the coach's words, write it anew with DUETML_WRITE_LESSON=1 and read it again.

import Foundation
import Testing

@testable import DuetEngine

/// What a lesson with the edible plants needs on this computer.
enum EdiblePlants {
  static let hasStamps = Demo.heldOut().count == (try? DemoRecipe.load())?.heldOut.count
  static let hasWeights = ExtractorStore.weights(.efficientNetLite0) != nil
}

@MainActor @Suite(.enabled(if: EdiblePlants.hasStamps, "tuxpaint-stamps-default is not installed"),
  .enabled(if: EdiblePlants.hasWeights, "the EfficientNet-Lite0 weights are not installed"))
struct LessonTests {
  @Test(arguments: ["en", "ja"]) func theCoachAloneLeadsThrough(language: String) async throws {
    let lesson = try await Lesson(language: language)
    try await lesson.play()
    let told = lesson.text
    let file = PictureFixtures.directory.appendingPathComponent("lesson.\(language).txt")
    if ProcessInfo.processInfo.environment["DUETML_WRITE_LESSON"] != nil { try Data(told.utf8).write(to: file) }
    let golden = try String(contentsOf: file, encoding: .utf8)
    // Whole per cents may fall on either side on another processor; which photo is which may not.
    #expect(Self.withoutPercent(told) == Self.withoutPercent(golden))
    #expect(lesson.messages.allSatisfy { $0.author == .user || $0.source == .coach || $0.source == .app })
    #expect(lesson.trainings == 3)
    let coach = lesson.messages.filter { $0.author != .user }.map(\.text)
    #expect(zip(coach, coach.dropFirst()).allSatisfy { $0 != $1 }, "never the same twice in a row")
    let advice = lesson.messages.filter { $0.author == .active }.map(\.text)
    #expect(advice.count >= 5 && Set(advice).count == advice.count, "no advice twice")
    #expect(await lesson.workspace.ledger().isEmpty, "nothing was sent")
    await lesson.end()
  }

  private static func withoutPercent(_ text: String) -> String { text.replacing(/\d+%/, with: "#%") }
}

/// The edible-plants lesson as one pupil lives it. Lines in brackets are what the pupil does.
@MainActor private final class Lesson {
  let workspace: Workspace
  private let duet: Duet
  private let folder: TemporaryProject
  private let recipe: DemoRecipe
  private let ja: Bool
  private(set) var trainings = 0
  private var lines: [String] = []
  private var told = 0

  var messages: [ChatMessage] { workspace.snapshot.messages }
  var text: String { lines.joined(separator: "\n") + "\n" }

  init(language: String) async throws {
    ja = language == "ja"
    folder = try TemporaryProject()
    recipe = try DemoRecipe.load()
    workspace = try await Workspace.open(folder.url)
    duet = Duet(
      project: workspace, settings: AssistantSettings(language: language, activeInterval: 9_999),
      offline: OfflineAnswers(
        cache: ReplyCache(folder: folder.folder.appendingPathComponent("replies")), saved: { _ in nil }))
    try await workspace.perform(.setKeepUpToDate(on: false))
  }

  func end() async {
    duet.stop()
    await workspace.close()
  }

  func play() async throws {
    duet.start()
    await listen()
    await say("I would like an AI that tells me which plants can be eaten.", "食べられる植物を見分けるAIを作りたいです。")
    let edible = try await category("Edible", "食べられる")
    await look()
    try await photos(recipe.categories[0].photos, edible)
    await look()
    let inedible = try await category("Not edible", "食べられない")
    // A pear that slipped in, as it does.
    try await photos(recipe.categories[1].photos + ["food/fruit/pear.png"], inedible)
    await look()
    try await remove("pear.png", inedible)
    await ask(edible)
    await say("What should I do next?", "次は何をすればいいですか？")
    try await train()
    await look()
    try await test("food/fruit/apple_red.png")
    await askResult()
    await look()
    try await test("animals/mammals/cats/lion.png")
    await askResult()
    await say("Why does it say that?", "どうしてそう答えるのですか？")
    await look()
    await say("Should I add a category?", "カテゴリーを増やしたほうがいいですか？")
    let other = try await category("Not a plant", "植物ではない")
    await say("What now?", "次は？")
    try await photos(recipe.surprise.photos, other)
    await look()
    try await train()
    try await test("animals/mammals/equines/horse.png")
    await askResult()
    await look()
    try await test("plants/flowers/rose.png")
    await askResult()
    await say("What do the bars mean?", "棒は何を表しているのですか？")
    await say("How can I improve it?", "どうすればもっと良くなりますか？")
    await look()
    try await photos(["plants/flowers/rose.png", "plants/flowers/yellow-flower.png"], inedible)
    await look()
    await say("And now?", "次は？")
    try await train()
    try await test("food/vegetables/tomato.png")
    await askResult()
    await look()
    try await test("animals/mammals/cats/lion.png")
    await askResult()
    await look()
    await say("Do my photos leave the computer?", "写真はインターネットに送られますか？")
    await say("Thank you!", "ありがとう！")
  }

  // MARK: What a pupil does

  private func say(_ english: String, _ japanese: String) async {
    duet.send(ja ? japanese : english)
    await listen()
  }

  private func ask(_ id: CategoryID) async {
    duet.askAboutCategory(id)
    await listen()
  }

  private func askResult() async {
    duet.askAboutResult()
    await listen()
  }

  /// The active assistant's turn to look.
  private func look() async {
    duet.tick()
    await listen()
  }

  private func category(_ english: String, _ japanese: String) async throws -> CategoryID {
    let name = ja ? japanese : english
    let project = try await workspace.perform(.addCategory(name: name))
    did("adds the category “\(name)”")
    return try #require(project.categories.last).id
  }

  private func photos(_ paths: [String], _ id: CategoryID) async throws {
    workspace.importPhotos(paths.map { .file(recipe.url($0)) }, into: id)
    await workspace.settleChecks()
    did("adds \(paths.count) photos to “\(workspace.snapshot.category(id)?.name ?? "")”")
  }

  private func remove(_ name: String, _ id: CategoryID) async throws {
    let photo = try #require(workspace.snapshot.category(id)?.photos.first { $0.name == name })
    try await workspace.perform(.removePhotos([photo.id]))
    await workspace.settleChecks()
    did("removes \(name) from “\(workspace.snapshot.category(id)?.name ?? "")”")
  }

  private func train() async throws {
    workspace.train()
    await workspace.settleChecks()
    guard case .finished = workspace.training else { throw CocoaError(.featureUnsupported) }
    trainings += 1
    did("trains")
  }

  private func test(_ path: String) async throws {
    workspace.test(.file(recipe.url(path)))
    await workspace.settleChecks()
    did("tests \(try #require(workspace.snapshot.test).name)")
  }

  private func did(_ what: String) { lines.append("[\(what)]") }

  private func listen() async {
    await duet.settle()
    for message in messages.dropFirst(told) {
      let who = switch message.author {
      case .user: "Pupil"
      case .passive: message.source == .app ? "App" : "Coach"
      case .active: "Coach, unasked"
      }
      lines.append("\(who): \(message.text)")
    }
    if told == messages.count { lines.append("(nobody says anything)") }
    told = messages.count
  }
}
