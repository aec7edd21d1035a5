// What the coach says about checked facts: copies, leaks, suspects and look-alikes, each with a photo's name.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CoachFactsTests {
  private let project = ProjectSnapshot.made([("Cats", 3), ("Dogs", 3)], trained: true)

  private func facts(
    duplicates: [NearCopy] = [], answers: [HonestScore.Answer] = [], suspects: [Suspect] = [],
    test: ProjectFacts.TestFact? = nil
  ) -> ProjectFacts {
    let score = HonestScore(categories: [CategoryID(1), CategoryID(2)], answers: answers)
    return ProjectFacts(
      categories: project.categories.map { .init(id: $0.id, name: $0.name) }, counts: [], countFindings: [],
      duplicates: duplicates, score: .score(score), suspects: suspects, test: test,
      photoNames: Dictionary(
        uniqueKeysWithValues: project.categories.flatMap(\.photos).map { ($0.id, $0.name) } + [(PhotoID(999), "t.png")]),
      mistakes: score.mistakes)
  }

  private func look(_ facts: ProjectFacts, _ project: ProjectSnapshot? = nil, language: String = "en") -> String {
    let known = ChatMessage(author: .passive, purpose: .chat, text: "-", source: .coach)
    let project = (project ?? self.project).with(messages: [known])
    return Coach.answer(to: AssistantTurn(kind: .look, project: project, language: language, facts: facts)) ?? ""
  }

  private func ask(_ text: String, _ facts: ProjectFacts, language: String = "en") -> String {
    let known = ChatMessage(author: .passive, purpose: .chat, text: "-", source: .coach)
    let turn = AssistantTurn(
      kind: .chat(text), project: project.with(messages: [known]), language: language, facts: facts)
    return Coach.answer(to: turn) ?? ""
  }

  @Test func aPictureInTwoCategoriesComesFirst() {
    let copy = NearCopy(original: PhotoID(1), copy: PhotoID(4), kind: .exact, place: .acrossCategories, similarity: 1)
    let told = "“p1.jpg” in “Cats” and “p4.jpg” in “Dogs” show the same picture: keep one of them only."
    #expect(look(facts(duplicates: [copy])) == told)
    #expect(ask("Are there duplicates?", facts(duplicates: [copy])) == told)
    #expect(look(facts(duplicates: [copy]), language: "ja").contains("「Cats」の「p1.jpg」と「Dogs」の「p4.jpg」は同じ写真です"))
    #expect(ask("Are there duplicates?", facts()) == "I found no photo that is there twice.")
  }

  @Test func aTestOnATaughtPhotoProvesNothing() {
    let leak = NearCopy(original: PhotoID(1), copy: PhotoID(999), kind: .exact, place: .testPhoto, similarity: 1)
    let test = TestState.made("t.png", [0.9, 0.1])
    let facts = facts(test: .init(photo: PhotoID(999), prediction: test.prediction, isCurrent: true, leak: leak))
    let tested = ProjectSnapshot.made([("Cats", 3), ("Dogs", 3)], trained: true, test: test)
    #expect(look(facts, tested).hasPrefix("“t.png” is among the training photos"))
  }

  @Test func aSuspectIsNamedWithWhereItMayBelong() {
    let suspect = Suspect(photo: PhotoID(2), category: CategoryID(1), suggested: CategoryID(2), score: 3)
    let told = ask("Is a photo in the wrong category?", facts(suspects: [suspect]))
    #expect(told.hasPrefix("Have a look at “p2.jpg” in “Cats”: next to the other photos it looks more like “Dogs”."))
    #expect(ask("Is a photo in the wrong category?", facts()) == "No photo looks as if it were in the wrong category.")
    #expect(ask("How can I improve it?", facts(suspects: [suspect])).contains("p2.jpg"))
  }

  @Test func lookAlikesAreCountedInBothDirections() {
    func answer(_ photo: Int64, _ category: Int64, _ said: Int64) -> HonestScore.Answer {
      .init(photo: PhotoID(photo), category: CategoryID(category), answer: CategoryID(said), confidence: 0.8, weight: 1)
    }
    let mixed = facts(answers: [answer(1, 1, 2), answer(4, 2, 1), answer(2, 1, 1)])
    #expect(
      ask("How can I improve it?", mixed)
        == "The model mixes up “Cats” and “Dogs” (2 photos, for example “p1.jpg”). What in a photo tells them apart?")
    #expect(!ask("How can I improve it?", facts(answers: [answer(1, 1, 2)])).contains("mixes up"), "one photo is no pattern")
  }
}
