// The edible-plants story, ready to play without a network: photos of tuxpaint-stamps, a first model,
// and the opening talk. Built through the same door as everything a person does.

import Foundation

/// The edible-plants story, built from Debian's tuxpaint-stamps by the recipe in data/demo/recipe.json.
public enum Demo {
  /// Photos kept out of training, to try in the test area, in the order of the story (the lion among them).
  /// Empty where the stamps are not installed.
  public static func heldOut() -> [URL] {
    guard let recipe = try? DemoRecipe.load() else { return [] }
    return existing(recipe.heldOut.map(\.photo), recipe)
  }

  /// The photos for the third category of the story; empty where the stamps are not installed.
  public static func animals() -> [URL] {
    guard let recipe = try? DemoRecipe.load() else { return [] }
    return existing(recipe.surprise.photos, recipe)
  }

  /// Creates the project at `url` (which must not exist): categories, photos, features, a first model, the
  /// opening talk.
  ///
  /// - Parameter language: of the categories' names and the talk; nil: the assistants' language.
  /// - Throws: ``DemoError`` or ``ProjectError``; then no file is left behind.
  @MainActor public static func build(at url: URL, language: String? = nil) async throws -> Workspace {
    let recipe = try DemoRecipe.load()
    let all = recipe.groups.flatMap(\.photos) + recipe.heldOut.map(\.photo)
    guard existing(all, recipe).count == all.count else { throw DemoError.missingStamps(package: recipe.package) }
    guard !FileManager.default.fileExists(atPath: url.path) else {
      throw ProjectError.alreadyExists(name: url.lastPathComponent)
    }
    let environment = ProcessInfo.processInfo.environment
    let language =
      language
      ?? AssistantSettings.resolved(
        environment: environment, preferences: AssistantPreferences.load(environment: environment)
      ).language
    // Built beside its place and then renamed: whoever ends the app in between never finds half a demo.
    let draft = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).part")
    remove(draft)
    let workspace = try await Workspace.open(draft)
    workspace.checksByItself = false
    do {
      try await talk(in: workspace, recipe, language)
      try await teach(workspace, recipe, language)
      await workspace.close()
      try FileManager.default.moveItem(at: draft, to: url)
    } catch {
      await workspace.close()
      remove(draft)
      throw error
    }
    return try await Workspace.openExisting(url)
  }

  /// The project at `url` with what SQLite keeps beside it while it is open.
  private static func remove(_ url: URL) {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: url.path + suffix) }
  }

  /// The opening question, the goal, and the saved answer to it.
  @MainActor private static func talk(in workspace: Workspace, _ recipe: DemoRecipe, _ language: String) async throws {
    try await workspace.perform(.markAsDemo)
    let goal = recipe.goal[language] ?? recipe.goal["en"] ?? ""
    let opening = AssistantPhrases(language: language).opening
    try await workspace.perform(.say(ChatMessage(author: .passive, purpose: .opening, text: opening, source: .app)))
    try await workspace.perform(.say(ChatMessage(author: .user, purpose: .chat, text: goal)))
    let project = try await workspace.perform(.setGoal(goal))
    let turn = AssistantTurn(kind: .chat(goal), project: project, language: language)
    // The cache of this computer is left out: the demo begins in the same words everywhere.
    let reply = await OfflineAnswers.offMain { (try? SavedReplies.load(language: language))?.reply(to: turn) }
    if let reply {
      try await workspace.perform(.say(ChatMessage(author: .passive, purpose: .chat, text: reply, source: .cache)))
    }
  }

  @MainActor private static func teach(_ workspace: Workspace, _ recipe: DemoRecipe, _ language: String) async throws {
    for group in recipe.categories {
      let project = try await workspace.perform(.addCategory(name: group.name(language)))
      guard let category = project.categories.last else { throw ProjectError.categoryGone }
      workspace.importPhotos(group.photos.map { .file(recipe.url($0)) }, into: category.id)
      await workspace.settle()
    }
    if let problem = workspace.extractorProblem { throw DemoError.failed(problem) }
    workspace.train()
    await workspace.settle()
    if case .failed(let sentence) = workspace.training { throw DemoError.failed(sentence) }
  }

  private static func existing(_ photos: [String], _ recipe: DemoRecipe) -> [URL] {
    photos.map(recipe.url).filter { FileManager.default.fileExists(atPath: $0.path) }
  }
}
