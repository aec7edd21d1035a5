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
}
