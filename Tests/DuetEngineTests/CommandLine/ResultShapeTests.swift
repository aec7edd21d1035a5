// The JSON that scripts rely on, to the letter, and what people see instead.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct ResultShapeTests {
  private let prediction = Prediction(
    bars: [.init(category: CategoryID(1), probability: 0.75), .init(category: CategoryID(2), probability: 0.25)],
    label: CategoryID(1), known: true,
    nearest: [.init(photo: PhotoID(5), category: CategoryID(1), similarity: 0.5)])

  private var names: ProjectNames {
    let apple = Photo(id: PhotoID(5), name: "apple.png", contentHash: "", hasFeatures: true)
    return ProjectNames(categories([("Edible", [apple]), ("Not edible", [])]))
  }

  private func categories(_ all: [(String, [Photo])]) -> [DuetEngine.Category] {
    all.enumerated().map { Category(id: CategoryID(Int64($0 + 1)), name: $1.0, photos: $1.1) }
  }

  @Test func classify() throws {
    let answers = [
      ClassifyCommand.answer("in/a.png", prediction, names),
      ClassifyCommand.Answer.refused(image: "b.png", error: "broken"),
    ]
    #expect(
      try JSONText.encode(answers) == """
        [{"image":"in/a.png","known":true,"label":"Edible",\
        "nearest":[{"category":"Edible","image":"apple.png","similarity":0.5}],\
        "probabilities":{"Edible":0.75,"Not edible":0.25}},{"error":"broken","image":"b.png"}]
        """)
  }

  @Test func classifyDrawsBars() {
    let text = ClassifyCommand.text(ClassifyCommand.answer("a\u{1B}[2J.png", prediction, names), false)
    #expect(
      text.split(separator: "\n").map(String.init) == [
        "a\u{FFFD}[2J.png",
        "  Edible      " + String(repeating: "█", count: 24) + " 75 %",
        "  Not edible  " + String(repeating: "█", count: 8) + " 25 %",
        "  It looks most like apple.png (Edible)",
      ])
  }

  @Test func removedAndNamelessThingsStillHaveNames() {
    let names = ProjectNames(categories([("", []), ("Cat", []), ("Cat", [])]))
    #expect((1...3).map { names.category(CategoryID($0)) } == ["Category 1", "Cat", "Cat (2)"])
    #expect(names.category(CategoryID(9)) == "removed category 9")
    #expect(names.photo(PhotoID(9)) == "removed photo 9")
  }

  @Test func train() throws {
    let report = ProjectReport(
      categories: [.init(name: "Cat", images: 3)], seconds: .init(extract: 1.5, train: 0.25), score: nil)
    #expect(
      try JSONText.encode(report) == """
        {"categories":[{"images":3,"name":"Cat"}],"score":null,"seconds":{"extract":1.5,"train":0.25}}
        """)
  }

  @Test func evaluate() throws {
    let report = EvaluationReport(
      rounds: [[CheckedAnswer(truth: 0, probabilities: [1, 0])], [CheckedAnswer(truth: 0, probabilities: [1, 0])]],
      categories: 2)
    #expect(
      try JSONText.encode(EvaluateCommand.Result(report)) == """
        {"accuracy":1,"confusion":[[2,0],[0,0]],"ece":0,"log_loss":0,"n_test":2,"std":0}
        """)
    let text = EvaluateCommand.text(report, ["Cat", "Dog"])
    #expect(text.contains("  Cat  2 0") && text.contains("  Dog  0 0"))
  }

  @Test func theOtherCommands() throws {
    #expect(
      try JSONText.encode(FeaturesCommand.Result(count: 2, dimension: 1280, refused: [.init(image: "a", error: "b")]))
        == #"{"count":2,"dimension":1280,"refused":[{"error":"b","image":"a"}]}"#)
    #expect(try JSONText.encode(ForwardCommand.Result(count: 2)) == #"{"count":2}"#)
    #expect(
      try JSONText.encode([ExtractorsCommand.Row(id: "x", installed: false, path: nil)])
        == #"[{"id":"x","installed":false,"path":null}]"#)
    #expect(
      try JSONText.encode(ExtractorInstallCommand.Result(id: "x", path: "/a/b")) == #"{"id":"x","path":"/a/b"}"#)
    #expect(
      try JSONText.encode(ChatCommand.Result(reply: "Hi", source: "coach")) == #"{"reply":"Hi","source":"coach"}"#)
    #expect(
      try JSONText.encode(BenchCommand.Result(images_per_second: ["a": 1.5], train_ms: ["b": 2]))
        == #"{"decode_ms":{},"images_per_second":{"a":1.5},"train_ms":{"b":2}}"#)
  }

  @Test func barsFollowTheirProbability() {
    #expect(BarChart.bar(0).isEmpty)
    #expect(BarChart.bar(1) == String(repeating: "█", count: 32))
    #expect(BarChart.bar(0.5) == String(repeating: "█", count: 16))
    #expect(BarChart.bar(1.0 / 256) == "▏")
    let coloured = BarChart(bars: [("a", 0.9), ("猫", 0.1)], hasColours: true).lines()
    #expect(coloured[0].contains("\u{1B}[1;32m") && coloured[1].contains("\u{1B}[36m"))
    #expect(coloured[0].hasPrefix("  a   ") && coloured[1].hasPrefix("  猫  "))
  }

  @Test func widthsOfEastAsianText() {
    #expect(TerminalText.width("cat") == 3 && TerminalText.width("ねこ") == 4 && TerminalText.width("e\u{301}") == 1)
    #expect(TerminalText.padded("ねこ", to: 6) == "ねこ  ")
  }

  @Test func syntheticPicturesAreRepeatable() {
    let picture = SyntheticPicture.bitmap(width: 5, height: 3, seed: 1)
    #expect(picture.count == 54 + 16 * 3)
    #expect(picture == SyntheticPicture.bitmap(width: 5, height: 3, seed: 1))
    #expect(picture != SyntheticPicture.bitmap(width: 5, height: 3, seed: 2))
  }
}
