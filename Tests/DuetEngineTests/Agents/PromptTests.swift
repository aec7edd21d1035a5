// The prompts: every instruction is there, every placeholder is filled, and nobody's words become placeholders.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PromptTests {
  private func template(_ text: String) -> PromptTemplate { PromptTemplate(name: "test", text: text) }

  @Test func valuesGoInOnce() throws {
    let filled = try template("{message} | {categories} | {message}").filled(
      with: ["message": "{categories}", "categories": "{message} {"])
    #expect(filled == "{categories} | {message} { | {categories}")
  }

  @Test func otherBracesAreText() throws {
    let text = "{\"cat\": 97} {A} {} {a b} {a"
    #expect(template(text).placeholders.isEmpty)
    #expect(try template(text).filled(with: [:]) == text)
  }

  @Test func unknownAndMissingPlaceholdersAreNamed() {
    #expect(throws: PromptError.unknownPlaceholder("{mesage}", template: "test")) {
      try template("{mesage}").filled(with: ["message": ""])
    }
    #expect(throws: PromptError.missingPlaceholder("{message}", template: "test")) {
      try template("Hello").filled(with: ["message": ""])
    }
  }

  @Test func aMissingFileIsASentence() {
    #expect(throws: PromptError.missingTemplate("system")) { try PromptTemplate.load(.system) { _ in nil } }
    #expect(PromptError.missingTemplate("system").message.contains("prompts/system.txt"))
  }

  @Test(arguments: PromptName.allCases) func everyFileHasItsPlaceholders(name: PromptName) throws {
    let template = try PromptTemplate.load(name)
    #expect(Set(template.placeholders) == name.placeholders)
    let values = Dictionary(uniqueKeysWithValues: name.placeholders.map { ($0, "value of \($0)") })
    let filled = try template.filled(with: values)
    #expect(!filled.contains("{") && !filled.contains("}"))
    for value in values.values { #expect(filled.contains(value)) }
  }

  private static let instructions: [(PromptName, [String])] = [
    (
      .system,
      [
        "building their own image classifier", "define categories, add their own photos", "train a model",
        "check it on new photos", "visual features", "number of categories is flexible", "up to 10",
        "however vague the goal", "Lead the conversation", "concrete examples and suggestions",
        "names that do not fit", "too few categories", "photos that do not suit", "one short question",
        "Suggest good names", "adversarial or ambiguous photos", "categories that were overlooked",
        "few photos", "no advice about the quantity", "briefly and naturally", "about one line",
        "in the user's language",
      ]
    ),
    (.chatBeforeData, ["The user says:", "{message}"]),
    (.chatWithData, ["{message}", "contact sheets", "up to 50 photos", "even if the category has more"]),
    (
      .askCategory,
      [
        "{category}", "contact sheet of this category", "On their own", "is the name clear", "do all the photos suit",
        "Against the discussion so far",
      ]
    ),
    (
      .askResult,
      [
        "attached photo", "as JSON of category to percentage", "{result}", "unexpected categories",
        "a lion for a classifier of cats and dogs", "a fruit for a classifier of vegetables", "limits",
        "refine the problem",
      ]
    ),
    (.activeBeforeData, ["whole conversation", "{chat_log}", "no training photos yet"] + active),
    (.activeWithData, ["whole conversation", "{chat_log}", "contact sheets", "up to 50 photos"] + active),
  ]
  private static let active = [
    "Guide the vague idea towards a well-defined problem", "Keep it concise", "Challenge", "clarify",
    "names", "adversarial or ambiguous", "no advice about the quantity", "clear and direct", "in the user's language",
  ]

  @Test(arguments: instructions.map(\.0)) func everyInstructionIsThere(name: PromptName) throws {
    let url = try #require(DataFiles.url("prompts/\(name.rawValue).txt"))
    let text = try String(contentsOf: url, encoding: .utf8)
    let phrases = Self.instructions.first { $0.0 == name }?.1 ?? []
    #expect(!phrases.isEmpty)
    for phrase in phrases { #expect(text.contains(phrase), "\(name.rawValue): \(phrase)") }
  }
}
