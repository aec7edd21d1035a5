// Tables of points that people bring: good ones as they are, bad ones refused with file, line and column.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct PointTableTests {
  private func read(_ text: String) throws(BoundaryError) -> PointSet {
    try PointSet.csv(Data(text.utf8), name: "t.csv")
  }

  @Test func titlesSayWhichColumnIsTheLabel() throws {
    let set = try read("\u{FEFF}height,category,\"weight, kg\",test\r\n1.5,dog,20,0\r\n0.3,cat,\"4\",1\n\n0.4,cat,5.5,no\n")
    #expect(set.featureNames == ["height", "weight, kg"])
    #expect(set.labelNames == ["cat", "dog"])
    #expect(set.points.map(\.x) == [[1.5, 20], [0.3, 4], [0.4, 5.5]])
    #expect(set.points.map(\.label) == [1, 0, 0])
    #expect(set.points.map(\.isTest) == [false, true, false])
  }

  @Test(arguments: [",", ";", "\t"]) func withoutTitles(_ separator: String) throws {
    let lines = (0..<10).map { "\($0)\(separator)\(-2 * $0)\(separator)\($0 % 2 == 0 ? 10 : 9)" }
    let set = try read(lines.joined(separator: "\n"))
    #expect(set.points.count == 10 && set.test.count == 3)
    #expect(set.labelNames == ["9", "10"])
    #expect(set.points[3].x == [3, -6] && set.points[3].label == 0)
    // Brought to mean 0 and standard deviation 1.
    let scaled = set.points.map { set.scaled($0.x)[1] }
    #expect(abs(scaled.reduce(0, +)) < 1e-12 && abs(scaled.reduce(0) { $0 + $1 * $1 } - 10) < 1e-9)
  }

  struct Bad: Sendable {
    let text: String
    let error: BoundaryError
  }

  static let bad: [Bad] = [
    Bad(text: "", error: .emptyFile(name: "t.csv")),
    Bad(text: "\n \n", error: .emptyFile(name: "t.csv")),
    Bad(text: "x,y,label\n", error: .emptyFile(name: "t.csv")),
    Bad(text: "1,2\n3,4\n", error: .tooFewColumns(name: "t.csv")),
    Bad(text: "1,2,3,a\n", error: .tooManyColumns(name: "t.csv", found: 4)),
    Bad(text: "x,y,label\n1,2,a\n3,4\n", error: .wrongColumns(name: "t.csv", line: 3, found: 2, expected: 3)),
    Bad(text: "x,y,label\n1,2,a\n3,big,b\n", error: .notANumber(name: "t.csv", line: 3, column: "y", text: "big")),
    Bad(text: "1,2,a\nnan,4,b\n", error: .notFinite(name: "t.csv", line: 2, column: "x")),
    Bad(text: "1,2,a\n3,inf,b\n", error: .notFinite(name: "t.csv", line: 2, column: "y")),
    Bad(text: "1,2,a\n3,,b\n", error: .notFinite(name: "t.csv", line: 2, column: "y")),
    Bad(text: "1,2,a\n3,1e99,b\n", error: .numberTooLarge(name: "t.csv", line: 2, column: "y")),
    Bad(text: "1,2,a\n3,4,\n", error: .missingLabel(name: "t.csv", line: 2)),
    Bad(text: "1,2,a\n3,4,a\n", error: .oneLabel(name: "a")),
    Bad(text: "1,2,a\n3,4,b\n5,6,c\n", error: .tooManyLabels(name: "t.csv", count: 3)),
    Bad(text: "1,2,a\n3,2,b\n", error: .constantColumn(name: "t.csv", column: "y")),
  ]

  @Test(arguments: bad) func badTables(_ bad: Bad) {
    #expect(throws: bad.error) { try read(bad.text) }
    #expect(bad.error.message.count > 20)
  }

  @Test func aHundredThousandPointsAreTooMany() {
    let text = (0..<100_000).map { "\($0),\($0 % 7),\($0 % 2)" }.joined(separator: "\n")
    #expect(throws: BoundaryError.tooManyPoints(count: 100_000)) { try read(text) }
  }

  @Test func bytesThatAreNoText() {
    #expect(throws: BoundaryError.notText(name: "p.png")) {
      try PointSet.csv(Data([0x89, 0x50, 0x4E, 0x47, 0, 1]), name: "p.png")
    }
    #expect(throws: BoundaryError.notText(name: "p")) { try PointSet.csv(Data([0x31, 0xFF, 0xFE]), name: "p") }
    #expect(throws: BoundaryError.fileTooBig(name: "p", megabytes: 17)) {
      try PointSet.csv(Data(count: 16 * 1024 * 1024 + 1), name: "p")
    }
  }

  @Test func quotesInsideQuotesAndLinesInsideCells() throws {
    let table = try SeparatedValues(Data("a,\"b \"\"c\"\"\",d\n\"1\n2\",3,4\n5,6,7".utf8), name: "q")
    #expect(table.lines.map(\.cells) == [["a", "b \"c\"", "d"], ["1\n2", "3", "4"], ["5", "6", "7"]])
    #expect(table.lines.map(\.number) == [1, 2, 4])
  }
}
