// The receipts on the replies of the demo, each in the situation it was written for: they say nothing false, so any
// contradiction is a false alarm; and with the numbers changed, no changed percentage of a named category passes.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct SavedReplyReceiptTests {
  private struct File: Decodable {
    struct Entry: Decodable {
      struct Situation: Decodable { var categories: [String]? }
      var when: Situation
      var reply: String
    }
    var replies: [Entry]
  }

  private static let names: [String: [String: String]] = [
    "en": ["edible": "Edible", "not_edible": "Not edible", "not_plant": "Not a plant"],
    "ja": ["edible": "食べられる", "not_edible": "食べられない", "not_plant": "植物ではない"],
  ]

  /// Every reply with the facts of its situation; `percent` is what the bar of the first category shows.
  private static func cases(_ language: String, percent: Int) throws -> [(text: String, facts: ProjectFacts)] {
    let url = try #require(DataFiles.url("data/demo/replies.\(language).json"))
    let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    let names = try #require(Self.names[language])
    return file.replies.map { entry in
      let categories = (entry.when.categories ?? ["edible", "not_edible"]).map { names[$0] ?? $0 }
      var shares = categories.map { _ in 0.0 }
      if !shares.isEmpty { shares[0] = 0.83 }
      if shares.count > 1 { shares[1] = 0.17 }
      let test = shares.isEmpty ? nil : TestState.made("lion.png", shares)
      let facts = ProjectFacts(
        made: .made(categories.enumerated().map { ($1, 12 + $0) }, trained: test != nil, test: test))
      let values = names.merging(["label": names["edible"] ?? "", "percent": "\(percent)"]) { $1 }
      let text = values.reduce(entry.reply) { $0.replacing("{\($1.key)}", with: $1.value) }
      return (text, facts)
    }
  }

  @Test(arguments: ["en", "ja"]) func noFalseAlarm(language: String) throws {
    let cases = try Self.cases(language, percent: 83)
    #expect(cases.count > 80)
    var confirmed = 0
    for (text, facts) in cases {
      let claims = Receipts(facts: facts).claims(in: text)
      #expect(claims.allSatisfy { $0.verdict == .confirmed }, "\(text): \(claims)")
      confirmed += claims.count
    }
    #expect(confirmed > 40, "names and percentages are found at all")
  }

  @Test(arguments: ["en", "ja"]) func aWrongPercentageIsNoticed(language: String) throws {
    let (right, wrong) = (try Self.cases(language, percent: 83), try Self.cases(language, percent: 41))
    var noticed = 0
    for ((text, facts), (changed, _)) in zip(right, wrong) where text != changed {
      let claims = Receipts(facts: facts).claims(in: changed)
      #expect(!claims.contains { $0.verdict == .confirmed && $0.shows == .bar(CategoryID(1)) }, "\(changed)")
      noticed += claims.count { $0.verdict != .confirmed }
    }
    #expect(noticed >= 5)
  }
}
