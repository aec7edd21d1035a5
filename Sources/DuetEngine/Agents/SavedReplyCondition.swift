// When a saved reply stands: conditions on the state of the project, and that state in the story's terms.
// Values; any thread. The conditions are written in data/demo/replies.*.json.

import Foundation

/// All that are given must hold. A group is "edible", "not_edible" or "not_plant".
struct SavedReplyCondition: Sendable, Codable, Equatable {
  /// Also outside the demo project: the reply says nothing about anyone's photos.
  var anywhere: Bool?
  /// Exactly these groups, in any order.
  var categories: [String]?
  /// The category that was asked about, and whether it has no photos.
  var asked: String?
  var askedIsEmpty: Bool?
  /// "none", "fresh" or "stale".
  var model: String?
  /// A current test result is there (or not).
  var tested: Bool?
  /// File name of the test photo; the group it really belongs to; the group the model says.
  var photo: String?
  var truth: String?
  var label: String?
  /// The label is the truth.
  var right: Bool?
  /// Bounds of the first bar, in per cent.
  var percentAtLeast: Int?
  var percentBelow: Int?

  /// How many conditions there are, if all of them hold; nil otherwise.
  func weight(in state: DemoState) -> Int? {
    guard anywhere == true || state.isDemo else { return nil }
    var weight = anywhere == true ? 0 : 1
    func holds<Value: Equatable>(_ wanted: Value?, _ actual: Value?) -> Bool {
      guard let wanted else { return true }
      weight += 1
      return wanted == actual
    }
    let test = state.test
    guard holds(categories.map { Set($0) }, state.groups), holds(asked, state.asked),
      holds(askedIsEmpty, state.askedIsEmpty), holds(model, state.model), holds(tested, test != nil),
      holds(photo, test?.photo), holds(truth, test?.truth), holds(label, test?.label),
      holds(right, test.map { $0.truth != nil && $0.truth == $0.label }),
      holds(percentAtLeast.map { _ in true }, test.map { $0.percent >= percentAtLeast ?? 0 }),
      holds(percentBelow.map { _ in true }, test.map { $0.percent < percentBelow ?? 0 })
    else { return nil }
    return weight
  }
}

/// A project in the terms of the story.
struct DemoState: Sendable {
  struct Test: Sendable {
    var photo: String
    var truth: String?
    var label: String?
    var labelName: String
    var percent: Int
  }

  /// Three quarters of a category's photos must be the story's own before a reply speaks of them.
  private static let ownShare = 0.75

  let isDemo: Bool
  /// Nil if a category is not one of the story's, or two are the same one.
  let groups: Set<String>?
  let asked: String?
  let askedIsEmpty: Bool
  let model: String
  /// Only while the result belongs to the present model.
  let test: Test?
  private let names: [String: String]
  private let recipe: DemoRecipe

  init(_ turn: AssistantTurn, recipe: DemoRecipe) {
    let project = turn.project
    self.recipe = recipe
    isDemo = project.isDemo
    let found = project.categories.map { recipe.group(named: $0.name)?.id }
    let known = Set(found.compactMap { $0 })
    groups = known.count == found.count ? known : nil
    var names: [String: String] = [:]
    for (category, group) in zip(project.categories, found) {
      if let group { names[group] = category.name }
    }
    self.names = names

    if case .askCategory(let id) = turn.kind, let category = project.category(id),
      let group = recipe.group(named: category.name)
    {
      let own = category.photos.filter { recipe.truth(ofPhoto: $0.name) == group.id }.count
      asked = Double(own) >= Self.ownShare * Double(category.photos.count) ? group.id : nil
      askedIsEmpty = category.photos.isEmpty
    } else {
      asked = nil
      askedIsEmpty = false
    }
    model = project.model.map { $0.matchesPhotos ? "fresh" : "stale" } ?? "none"
    test = project.test.flatMap { test in
      guard test.isCurrent, let prediction = test.prediction, let label = project.category(prediction.label),
        let bar = prediction.bars.first(where: { $0.category == prediction.label })
      else { return nil }
      return Test(
        photo: test.name, truth: recipe.truth(ofPhoto: test.name), label: recipe.group(named: label.name)?.id,
        labelName: label.name, percent: Int((bar.probability * 100).rounded()))
    }
  }

  /// What stands for a placeholder in a saved reply; nil where the state has no such thing.
  func value(_ placeholder: String, language: String) -> String? {
    switch placeholder {
    case "label": test?.labelName
    case "percent": test.map { String($0.percent) }
    case "photo": test?.photo
    default:
      names[placeholder] ?? recipe.groups.first { $0.id == placeholder }?.name(language)
    }
  }
}
