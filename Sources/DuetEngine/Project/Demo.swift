import Foundation

/// The edible-plants story, built from Debian's tuxpaint-stamps by the recipe in data/demo/recipe.json.
public enum Demo {
  /// Photos kept out of training, to try in the test area, in the order of the story (the lion among them).
  public static func heldOut() -> [URL] { fatalError() }
  /// The photos for the third category of the story.
  public static func animals() -> [URL] { fatalError() }
  /// Creates the project at `url` (which must not exist): categories, photos, features, a first model, the opening talk.
  @MainActor public static func build(at url: URL) async throws -> Workspace { fatalError() }
}
