import Testing

@testable import DuetEngine

@Suite struct LocalisedTests {
  @Test func placeholdersAreFilledByNameOnce() {
    #expect(L("{a} and {b} and {a}", ["a": "{b}", "b": 2]) == "{b} and 2 and {b}")
  }

  @Test func unknownAndUnclosedPlaceholdersStay() {
    #expect(L("{missing} {a", ["a": 1]) == "{missing} {a")
  }

  @Test func pluralsChooseTheirForm() {
    #expect(LN("{count} photo", "{count} photos", 1) == "1 photo")
    #expect(LN("{count} photo", "{count} photos", 3) == "3 photos")
  }

  @Test func longTextsWithoutATranslationComeBackWhole() {
    for length in [1, 15, 16, 60, 400] {
      let key = "“" + String(repeating: "ab ", count: length) + "”"
      #expect(L(key) == key)
      #expect(LN(key, key + "s", 2) == key + "s")
    }
  }
}
