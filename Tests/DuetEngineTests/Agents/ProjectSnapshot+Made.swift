// Projects made by hand, for tests of what the assistants say about them.

import Foundation

@testable import DuetEngine

extension ProjectSnapshot {
  /// Categories with so many photos each; ids count from 1. Photo names: the given ones, else made up.
  static func made(
    _ categories: [(name: String, photos: Int)] = [], names: [String: [String]] = [:], trained: Bool = false,
    stale: Bool = false, test: TestState? = nil, messages: [ChatMessage] = [], goal: String? = nil,
    activity: Int = 1, isDemo: Bool = false, sheetSeed: UInt64 = 1
  ) -> ProjectSnapshot {
    var next: Int64 = 0
    let made = categories.enumerated().map { index, category in
      let photos = (0..<category.photos).map { number in
        next += 1
        let name = names[category.name].flatMap { $0.indices.contains(number) ? $0[number] : nil }
        return Photo(id: PhotoID(next), name: name ?? "p\(next).jpg", contentHash: "hash\(next)", hasFeatures: true)
      }
      return Category(id: CategoryID(Int64(index + 1)), name: category.name, photos: photos)
    }
    let model = ModelState(
      trainedAt: Date(timeIntervalSince1970: 0), seconds: 1, photoCount: Int(next), categories: made.map(\.id),
      matchesPhotos: !stale)
    return ProjectSnapshot(
      activity: activity, goal: goal, categories: made, model: trained || stale ? model : nil, test: test,
      messages: messages, activeAssistantIsOn: true, undoTitle: nil, redoTitle: nil, sheetSeed: sheetSeed,
      isDemo: isDemo, photosSent: 0, consents: [:])
  }
}

extension TestState {
  /// The shares of categories 1, 2, ...; the label is the largest.
  static func made(_ name: String, _ shares: [Double], known: Bool = true, current: Bool = true) -> TestState {
    TestState(
      photo: PhotoID(999), name: name, contentHash: "test-\(name)", prediction: .made(shares, known: known),
      isCurrent: current)
  }
}

extension Prediction {
  static func made(_ shares: [Double], known: Bool = true) -> Prediction {
    let bars = shares.enumerated().map { Bar(category: CategoryID(Int64($0 + 1)), probability: $1) }
    let best = bars.indices.max { bars[$0].probability < bars[$1].probability } ?? 0
    return Prediction(bars: bars, label: bars[best].category, known: known, nearest: [])
  }
}

extension AssistantTurn {
  static func made(
    _ kind: Kind, _ project: ProjectSnapshot, tests: [Tested] = [], language: String = "en"
  ) -> AssistantTurn {
    AssistantTurn(kind: kind, project: project, recentTests: tests, language: language)
  }
}
