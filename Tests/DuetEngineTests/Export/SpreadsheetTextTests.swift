// Tables for spreadsheets: read back as they were, and never as formulas.

import Testing

@testable import DuetEngine

@Suite struct SpreadsheetTextTests {
  @Test func cellsAreQuotedWhereTheyMustBe() {
    #expect(
      SpreadsheetText.line([.text("a"), .number("-1.5"), .text("b,c"), .text("say \"hi\""), .text("two\nlines"), .text("")])
        == "a,-1.5,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",")
    #expect(SpreadsheetText.table(["x", "y"], [[.number("1"), .text("猫")]]) == "\u{FEFF}x,y\r\n1,猫\r\n")
  }

  @Test(arguments: [
    "=1+1", "=HYPERLINK(\"http://evil.example\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1",
    "|calc", "%0A=1", "\u{0000}=1", "-",
  ])
  func whatLooksLikeAFormulaIsText(text: String) {
    let shown = SpreadsheetText.harmless(text)
    #expect(shown.hasPrefix("'"))
    #expect(!shown.unicodeScalars.contains { $0.value == 0 })
  }

  @Test(arguments: ["Cats", "a=b", "1+1", "x@example.org", "", " ", "猫", "'quoted'", "5 % off"])
  func everythingElseIsAsItWas(text: String) {
    #expect(SpreadsheetText.harmless(text) == text)
  }
}
