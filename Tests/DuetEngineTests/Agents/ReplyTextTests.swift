// Model output becomes plain, safe, short text.

import Testing

@testable import DuetEngine

@Suite struct ReplyTextTests {
  @Test(arguments: [
    ("  Hello \n", "Hello"),
    ("**Good** idea, `Cats`!", "Good idea, Cats!"),
    ("# Title\n\nText", "Title\nText"),
    ("a *small* step, 2*3*4 = 24", "a small step, 2*3*4 = 24"),
    ("See [this](https://example.org/x).", "See this."),
    ("bell\u{07} and \u{1B}[31mred\u{202E}", "bell and [31mred"),
    ("<think>hmm</think>\nYes.", "Yes."),
    ("snake_case_name stays, __bold__ goes", "snake_case_name stays, bold goes"),
    ("食べられる？\r\n**はい**", "食べられる？\nはい"),
    ("\n---\n", ""),
  ])
  func isCleaned(raw: String, clean: String) {
    #expect(ReplyText.cleaned(raw) == clean)
  }

  @Test func isShortened() {
    let long = ReplyText.cleaned(String(repeating: "word ", count: 1_000))
    #expect(long.count <= ReplyText.limit && long.hasSuffix("…"))
  }

  @Test func whatPeopleTypeStaysAsItIs() {
    #expect(ReplyText.typed("  **Cats** & \u{07}dogs \n") == "**Cats** & dogs")
    #expect(ReplyText.typed(String(repeating: "a", count: 9_999)).count == 4_000)
  }

  @Test func theWrittenLanguageIsSeenWhereItIsClear() {
    #expect(WrittenLanguage.of("次は何をすればいい？") == "ja")
    #expect(WrittenLanguage.of("What is next?") == "en")
    #expect(WrittenLanguage.of("OK") == nil)
    #expect(WrittenLanguage.of("Qu'est-ce que c'est, ça ?") == nil)
  }
}
