// The recipe of the edible-plants story, data/demo/recipe.json: which stamps are taught, which are kept out,
// and what the categories are called. A value; any thread.

import Foundation

/// Which pictures of Debian's tuxpaint-stamps make the story.
struct DemoRecipe: Sendable, Codable, Equatable {
  struct Group: Sendable, Codable, Equatable {
    /// "edible", "not_edible" or "not_plant": the same in every language.
    var id: String
    /// From a language to the category's name.
    var names: [String: String]
    /// Other names that mean the same.
    var aliases: [String]
    /// Paths below `folder`.
    var photos: [String]

    func name(_ language: String) -> String { names[language] ?? names["en"] ?? id }
  }

  struct HeldOut: Sendable, Codable, Equatable {
    var photo: String
    /// The group it belongs to, which may be one that the model does not know yet.
    var truth: String
  }

  var package: String
  var folder: String
  var goal: [String: String]
  var categories: [Group]
  var surprise: Group
  var heldOut: [HeldOut]

  var groups: [Group] { categories + [surprise] }

  static func load(find: (String) -> URL? = { DataFiles.url($0) }) throws(DemoError) -> DemoRecipe {
    let path = "data/demo/recipe.json"
    guard let url = find(path), let data = try? Data(contentsOf: url),
      let recipe = try? JSONDecoder().decode(Self.self, from: data)
    else { throw .missingRecipe(path) }
    return recipe
  }

  func url(_ photo: String) -> URL { URL(fileURLWithPath: folder).appendingPathComponent(photo) }

  /// The group whose name in any language, or one of its aliases, is `name`.
  func group(named name: String) -> Group? {
    let name = NormalisedText(name)
    return groups.first { group in
      (group.names.values + group.aliases).contains { NormalisedText($0) == name }
    }
  }

  /// The group that a photo with this file name belongs to; nil if it is not one of the story's.
  func truth(ofPhoto name: String) -> String? {
    func isIt(_ path: String) -> Bool { path.split(separator: "/").last.map(String.init) == name }
    return heldOut.first { isIt($0.photo) }?.truth ?? groups.first { $0.photos.contains(where: isIt) }?.id
  }
}

/// Why the demo cannot be built.
public enum DemoError: Error, Sendable, Equatable {
  case missingRecipe(String)
  /// The stamps are not installed, or not all of them.
  case missingStamps(package: String)
  /// Another part's own sentence: the extractor, the training or the project file.
  case failed(String)

  /// One sentence for the person, with the next step.
  public var message: String {
    switch self {
    case .missingRecipe(let path):
      L("The file {path} is missing or damaged. Please install DuetML again.", ["path": path])
    case .missingStamps(let package):
      L("The demo needs the pictures of Tux Paint. Please install them: sudo apt install {package}",
        ["package": package])
    case .failed(let sentence): sentence
    }
  }
}
