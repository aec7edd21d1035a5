// From words to arguments, and every way of getting them wrong.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct ArgumentTests {
  private let syntax = CommandSyntax(
    "paint", "Paint a picture", positionals: [Positional("PICTURE"), Positional("COLOUR", .oneOrMore)],
    options: [
      Option("out", "FILE", required: true, "Where"), Option("coats", "N", "How often"), .force, .extractor,
    ])

  private func parse(_ words: String...) throws -> ParsedArguments { try ParsedArguments(words, syntax: syntax) }

  private func complaint(_ words: String...) -> String? {
    do {
      _ = try ParsedArguments(words, syntax: syntax)
      return nil
    } catch {
      return (error as? UsageError)?.message
    }
  }

  @Test func optionsMayStandAnywhere() throws {
    let parsed = try parse("--json", "a.png", "--out", "b.png", "red", "--coats=3", "blue", "--force")
    #expect(parsed.positionals == ["a.png", "red", "blue"])
    #expect(parsed.text("out") == "b.png")
    #expect(try parsed.integer("coats", in: 1...9) == 3)
    #expect(parsed.has("json") && parsed.has("force") && !parsed.has("help"))
    #expect(parsed.text("extractor") == nil)
  }

  @Test func afterTwoDashesEverythingIsPositional() throws {
    let parsed = try parse("--out", "b.png", "--", "--odd name.png", "-")
    #expect(parsed.positionals == ["--odd name.png", "-"])
  }

  @Test func valuesMayLookLikeOptions() throws {
    #expect(try parse("a", "red", "--out=--strange=name").text("out") == "--strange=name")
    #expect(try parse("a", "red", "--out", "-7").text("out") == "-7")
  }

  @Test func everyMistakeIsNamed() {
    #expect(complaint("a", "red")?.contains("--out") == true)
    #expect(complaint("--out", "b")?.contains("PICTURE") == true)
    #expect(complaint("a", "--out", "b")?.contains("COLOUR") == true)
    #expect(complaint("a", "red", "--out")?.contains("--out") == true)
    #expect(complaint("a", "red", "--out", "b", "--brush", "3")?.contains("--brush") == true)
    #expect(complaint("a", "red", "--out", "b", "-x")?.contains("-x") == true)
    #expect(complaint("a", "red", "--out", "b", "--out", "c")?.contains("twice") == true)
    #expect(complaint("a", "red", "--out", "b", "--force=yes")?.contains("--force") == true)
    #expect(complaint("a", "red", "--out", "b") == nil)
  }

  @Test func aWordTooManyIsNamed() {
    let narrow = CommandSyntax("narrow", "", positionals: [Positional("A"), Positional("B", .optional)])
    #expect(throws: Never.self) { try ParsedArguments(["x"], syntax: narrow) }
    #expect(throws: Never.self) { try ParsedArguments(["x", "y"], syntax: narrow) }
    let complaint = UsageError("“z” is one argument too many.")
    #expect(throws: complaint) { try ParsedArguments(["x", "y", "z"], syntax: narrow) }
  }

  @Test func helpDemandsNothingElse() throws {
    #expect(try parse("--help").has("help"))
    #expect(try parse("-h").has("help"))
  }

  @Test(arguments: ["0", "10", "three", "", "1.5"]) func numbersStayInTheirRange(text: String) throws {
    let parsed = try parse("a", "red", "--out", "b", "--coats", text)
    #expect(throws: UsageError.self) { try parsed.integer("coats", in: 1...9) }
  }

  @Test func extractorsAreKnownByName() throws {
    #expect(try parse("a", "red", "--out", "b", "--extractor", "mobilenet_v2").extractor() == .mobileNetV2)
    #expect(try parse("a", "red", "--out", "b").extractor() == nil)
    #expect(throws: UsageError.self) { try parse("a", "red", "--out", "b", "--extractor", "resnet").extractor() }
  }

  @Test func usageShowsWhatIsOptional() {
    #expect(
      UsageText.line(syntax)
        == "Usage: duet paint PICTURE COLOUR... --out FILE [--coats N] [--force] [--extractor ID] [--json]")
  }

  @Test func evaluationOptionsGoTogether() throws {
    func command(_ words: String...) throws -> EvaluateCommand {
      try EvaluateCommand(ParsedArguments(words, syntax: EvaluateCommand.syntax))
    }
    #expect(try command("photos").chosen == .folds(seed: 0))
    #expect(try command("photos").kind == .standard)
    #expect(
      try command("photos", "--per-category", "5", "--repeats", "30", "--seed", "4", "--classifier", "paper").chosen
        == .holdOut(perCategory: 5, repeats: 30, seed: 4, after: nil))
    #expect(try command("photos", "--classifier", "paper").kind == .paper)
    #expect(throws: UsageError.self) { try command("photos", "--repeats", "3") }
    #expect(throws: UsageError.self) { try command("photos", "--per-category", "5", "--holdout-after", "4") }
    #expect(throws: UsageError.self) { try command("photos", "--per-category", "0") }
    #expect(throws: UsageError.self) { try command("photos", "--classifier", "forest") }
  }

  @Test func aChatNeedsWordsOrAQuestion() throws {
    func command(_ words: String...) throws -> ChatCommand {
      try ChatCommand(ParsedArguments(words, syntax: ChatCommand.syntax))
    }
    #expect(throws: UsageError.self) { try command("a.duet") }
    #expect(throws: UsageError.self) { try command("a.duet", "  ") }
    #expect(throws: UsageError.self) { try command("a.duet", "--ask-category", "Cats", "--ask-result", "b.jpg") }
    #expect(throws: Never.self) { try command("a.duet", "--ask-category", "Cats") }
  }
}
