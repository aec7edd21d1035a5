// The edible-plants story with the real model on the real stamps. Skipped by name where either is not installed.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct DemoTests {
  private static let hasStamps = Demo.heldOut().count == (try? DemoRecipe.load())?.heldOut.count
  private static let hasWeights = ExtractorStore.weights(.efficientNetLite0) != nil

  @Test func theRecipeIsSound() throws {
    let recipe = try DemoRecipe.load()
    let all = recipe.groups.flatMap(\.photos) + recipe.heldOut.map(\.photo)
    #expect(Set(all).count == all.count, "a held-out photo is never taught")
    let names = all.compactMap { $0.split(separator: "/").last }
    #expect(Set(names).count == names.count, "photos are told apart by their file names")
    #expect(all.allSatisfy { $0.hasSuffix(".png") && !$0.contains("mirror") })
    #expect(recipe.categories.map { $0.name("en") } == ["Edible", "Not edible"])
    #expect(recipe.surprise.name("en") == "Not a plant")
    for group in recipe.groups {
      #expect(recipe.group(named: group.name("ja"))?.id == group.id)
      #expect(group.photos.count >= 20)
    }
    #expect(recipe.heldOut.contains { $0.photo.hasSuffix("/lion.png") && $0.truth == "not_plant" })
  }

  @Test func withoutTheStampsTheCommandIsNamed() {
    #expect(DemoError.missingStamps(package: "tuxpaint-stamps-default").message.contains(
      "sudo apt install tuxpaint-stamps-default"))
  }

  @Test(.enabled(if: hasStamps, "tuxpaint-stamps-default is not installed"),
    .enabled(if: hasWeights, "the EfficientNet-Lite0 weights are not installed"))
  @MainActor func theStoryHappens() async throws {
    let folder = try TemporaryProject()
    let draft = folder.folder.appendingPathComponent(".Test.duet.part")
    try Data("half a demo of an app that was ended".utf8).write(to: draft)
    let workspace = try await Demo.build(at: folder.url, language: "en")
    #expect(!FileManager.default.fileExists(atPath: draft.path))
    let begin = workspace.snapshot
    #expect(begin.isDemo && begin.goal?.contains("plants") == true)
    #expect(begin.categories.map(\.name) == ["Edible", "Not edible"])
    #expect(begin.categories.map(\.photos.count) == [30, 25])
    #expect(begin.model?.matchesPhotos == true)
    #expect(begin.messages.map(\.source) == [.app, nil, .cache])

    let recipe = try DemoRecipe.load()
    func answer(_ held: DemoRecipe.HeldOut) async throws -> (label: String, share: Double) {
      workspace.test(.file(recipe.url(held.photo)))
      await workspace.settle()
      let prediction = try #require(workspace.snapshot.test?.prediction)
      let name = try #require(workspace.snapshot.category(prediction.label)?.name)
      return (try #require(recipe.group(named: name)?.id), prediction.bars.map(\.probability).max() ?? 0)
    }
    let lion = try #require(recipe.heldOut.first { $0.photo.hasSuffix("/lion.png") })
    for held in recipe.heldOut where held.truth != "not_plant" {
      #expect(try await answer(held).label == held.truth, "\(held.photo)")
    }
    let surprise = try await answer(lion)
    #expect(surprise.label == "edible" && surprise.share > 0.7, "a confident wrong answer: \(surprise)")

    let duet = Duet(
      project: workspace, settings: AssistantSettings(),
      offline: OfflineAnswers(cache: ReplyCache(folder: folder.folder.appendingPathComponent("replies"))))
    duet.askAboutResult()
    await duet.settle()
    #expect(workspace.snapshot.messages.last?.source == .cache)
    #expect(workspace.snapshot.messages.last?.text.hasPrefix("A lion is “Edible” with") == true)

    let project = try await workspace.perform(.addCategory(name: "Not a plant"))
    let third = try #require(project.categories.last)
    workspace.importPhotos(Demo.animals().map { .file($0) }, into: third.id)
    await workspace.settle()
    workspace.train()
    await workspace.settle()
    for held in recipe.heldOut { #expect(try await answer(held).label == held.truth, "\(held.photo)") }
    #expect(try await answer(lion).share > 0.8)
    await workspace.close()
  }

  @Test(.enabled(if: hasStamps, "tuxpaint-stamps-default is not installed"))
  @MainActor func anExistingFileIsNeverTouched() async throws {
    let folder = try TemporaryProject()
    try Data("mine".utf8).write(to: folder.url)
    await #expect(throws: ProjectError.alreadyExists(name: "Test.duet")) { try await Demo.build(at: folder.url) }
    #expect(try Data(contentsOf: folder.url) == Data("mine".utf8))
  }
}
