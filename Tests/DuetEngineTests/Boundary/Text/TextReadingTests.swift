// Reading reviews: quoting, columns, labels, pairs, and a sentence for everything that a file can do wrong.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct TextReadingTests {
  private func read(_ text: String, _ columns: TextColumns = TextColumns()) throws -> TextSet {
    try TextSet.read(Data(text.utf8), name: "r.csv", columns: columns, holdsOut: false)
  }

  private func refusal(_ text: String, _ columns: TextColumns = TextColumns()) -> TextError? {
    #expect(throws: TextError.self) { try read(text, columns) }
  }

  @Test func quotedCellsHoldSeparatorsLinesAndQuotes() throws {
    let set = try read("text,label\r\n\"Good, \"\"very\"\"\nreally\",pos\r\nplain \"as\" is,neg\r\n")
    #expect(set.reviews.map(\.text) == ["Good, \"very\"\nreally", "plain \"as\" is"])
    #expect(set.labels == ["neg", "pos"])
    #expect(set.reviews.map(\.label) == [1, 0])
    #expect(set.reviews.map(\.id) == [0, 1])
  }

  @Test(arguments: [
    "Review\tid\tSentiment\nA<br />B\t7\tPositive\nC\t8\tNegative", "id;sentiment;review\n7;Positive;\"A<BR>B\"\n8;Negative;C\n",
    "\u{FEFF}sentiment,review\nPositive,\"A\nB\"\n\nNegative,C\n",
  ])
  func separatorsOrdersAndMarksAtTheStart(file: String) throws {
    let set = try read(file)
    #expect(set.reviews.map(\.text) == ["A\nB", "C"])
    #expect(set.labels == ["Negative", "Positive"])
  }

  @Test func columnsCanBeChosen() throws {
    let file = "text,notes,label,mood\nx,first,p,sad\ny,second,p,glad"
    let set = try read(file, TextColumns(text: "Notes", label: "mood"))
    #expect(set.reviews.map(\.text) == ["first", "second"])
    #expect(set.labels == ["glad", "sad"], "neither word is known: the alphabet decides")
    #expect(refusal(file, TextColumns(text: "body")) == .noColumn(name: "r.csv", wanted: "body", found: ["text", "notes", "label", "mood"]))
  }

  @Test func pairsAreAReviewAndItsEdit() throws {
    let set = try read("Sentiment\tText\tbatch_id\nNegative\tbad film\t4\nPositive\tfine\t9\nPositive\tgood film\t4\nNegative\tawful\t9")
    #expect(set.reviews.map(\.text) == ["bad film", "fine"])
    #expect(set.reviews.map(\.edit) == ["good film", "awful"])
    #expect(set.reviews.map(\.label) == [0, 1])
  }

  @Test func everyFaultIsNamedWithItsLine() throws {
    #expect(refusal("") == .empty(name: "r.csv"))
    #expect(refusal("text,label\n") == .empty(name: "r.csv"))
    #expect(refusal("text,label\na,1\n\"b,0\nc,1") == .unclosedQuote(name: "r.csv", line: 3))
    #expect(refusal("words,label\na,1\nb,0") == .noColumn(name: "r.csv", wanted: "text", found: ["words", "label"]))
    #expect(refusal("text,label\n\"a\nb\",1\nb") == .wrongCellCount(name: "r.csv", line: 4, expected: 2, found: 1))
    #expect(refusal("text,label\na,1\n  ,0") == .noText(name: "r.csv", line: 3))
    #expect(refusal("text,label\na,1\nb,") == .noLabel(name: "r.csv", line: 3))
    #expect(refusal("text,label\na,1\nb,1") == .wrongLabelCount(name: "r.csv", found: ["1"]))
    #expect(refusal("text,label\na,1\nb,2\nc,3") == .wrongLabelCount(name: "r.csv", found: ["1", "2", "3"]))
    #expect(refusal("text,label,pair\na,1,x\nb,1,x\nc,0,y\nd,1,y") == .notAPair(name: "r.csv", pair: "x"))
    #expect(refusal("text,label,pair\na,1,x\nb,0,x\nc,0,y") == .notAPair(name: "r.csv", pair: "y"))
    let long = String(repeating: "a", count: TextSet.longestText + 1)
    #expect(refusal("text,label\nb,0\n\(long),1") == .textTooLong(name: "r.csv", line: 3, limit: TextSet.longestText))
  }

  @Test func aFileThatIsNoTextIsRefused() throws {
    for bytes in [Data([0x74, 0xFF, 0xFE]), Data("text,label\na\0,1".utf8)] {
      #expect(throws: TextError.notUTF8(name: "x")) { try TextSet.read(bytes, name: "x") }
    }
    #expect(throws: TextError.unreadable(name: "nowhere.csv")) {
      try TextSet.read(URL(fileURLWithPath: "/nowhere/nowhere.csv"))
    }
    #expect(throws: TextError.tooLarge(name: "x", megabytes: 64)) {
      try TextSet.read(Data(count: TextSet.largestFile + 1), name: "x")
    }
  }

  @Test func sentencesSayWhereAndWhatToDo() {
    #expect(
      TextError.wrongCellCount(name: "a.csv", line: 7, expected: 3, found: 2).message
        == "Line 7 of “a.csv” has 2 columns, the first line has 3. Put that line right.")
    #expect(TextError.wrongLabelCount(name: "a.csv", found: ["1", "2", "3"]).message.contains("1, 2, 3"))
    #expect(TextError.wrongLabelCount(name: "a.csv", found: ["1"]).message.contains("same label"))
  }

  @Test func everyFifthReviewOfEachLabelIsHeldOutAndTheSameOnesAgain() throws {
    let lines = (0..<40).map { "text \($0),\($0 < 30 ? "yes" : "no")" }.joined(separator: "\n")
    let data = Data(("text,label\n" + lines).utf8)
    let set = try TextSet.read(data, name: "r.csv")
    #expect(set.heldOut.count { $0.label == 1 } == 6)
    #expect(set.heldOut.count { $0.label == 0 } == 2)
    #expect(set.training.count == 32)
    #expect(try TextSet.read(data, name: "r.csv") == set)
    #expect(set.heldOut.map(\.id) != Array(0..<6) + [30, 31], "by lot")
  }

  @Test func theSampleThatComesWithTheAppIsSound() throws {
    let set = try TextSample.set()
    #expect(set.reviews.count >= 40)
    #expect(set.labels == ["negative", "positive"])
    #expect(Set(set.reviews.map(\.text)).count == set.reviews.count)
    #expect(abs(set.reviews.count { $0.label == 1 } * 2 - set.reviews.count) <= 2)
  }

  @Test(.enabled(if: SharedTexts.areThere, "needs the shared film reviews"))
  func realPairedReviewsAreRead() throws {
    let train = try TextSet.read(SharedTexts.file("train_paired.tsv"), holdsOut: false)
    let dev = try TextSet.read(SharedTexts.file("dev_paired.tsv"), holdsOut: false)
    #expect(train.reviews.count == 1707)
    #expect(dev.reviews.count == 245)
    #expect(dev.reviews.count { $0.label == 1 } == 123)
    #expect(train.labels == ["Negative", "Positive"])
    #expect(train.reviews.allSatisfy { $0.edit != nil && !$0.text.contains("<br") })
  }
}
