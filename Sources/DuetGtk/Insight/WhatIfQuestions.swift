// Which "what if?" questions make sense for a project. Pure functions; any thread.

import DuetEngine

enum WhatIfCardKind: CaseIterable {
  case equalCounts, without, merged, halfThePhotos

  /// What the card is called; the choice of categories is below it.
  var title: String {
    switch self {
    case .equalCounts: L("Equal numbers of photos")
    case .without: L("Without one category")
    case .merged: L("Two categories as one")
    case .halfThePhotos: L("Half the photos")
    }
  }

  var explanation: String {
    switch self {
    case .equalCounts: L("As many photos of every category as the smallest one has.")
    case .without: L("Would the others be told apart better?")
    case .merged: L("For categories that are often taken for each other.")
    case .halfThePhotos: L("If half are nearly as good, more of the same will not help much.")
    }
  }

  /// How many categories the person chooses.
  var choices: Int {
    switch self {
    case .equalCounts, .halfThePhotos: 0
    case .without: 1
    case .merged: 2
    }
  }

  /// Nil where the choice makes no sense, such as a category merged with itself.
  func question(_ chosen: [CategoryID]) -> WhatIf? {
    switch self {
    case .equalCounts: .equalCounts
    case .halfThePhotos: .halfThePhotos
    case .without: chosen.first.map(WhatIf.without)
    case .merged: chosen.count == 2 && chosen[0] != chosen[1] ? .merged(chosen[0], chosen[1]) : nil
    }
  }

  /// What is chosen at first: the two categories that are confused most often.
  func suggestion(_ categories: [CategoryID], _ facts: ProjectFacts?) -> [CategoryID] {
    let confused = facts?.confusions.first.map { [$0.category, $0.answer] } ?? []
    let wanted = confused.filter(categories.contains) + categories.filter { !confused.contains($0) }
    return Array(wanted.prefix(choices))
  }

  /// "4 points better", in words that need no percentages.
  static func change(_ outcome: WhatIfOutcome) -> String {
    guard let change = outcome.change else { return L("There is no fair score to compare with.") }
    let points = Int(abs(change).rounded())
    guard points > 0 else { return L("It would make no difference.") }
    return change > 0
      ? LN("{count} more photo in 100 would be right.", "{count} more photos in 100 would be right.", points)
      : LN("{count} photo fewer in 100 would be right.", "{count} photos fewer in 100 would be right.", points)
  }
}
