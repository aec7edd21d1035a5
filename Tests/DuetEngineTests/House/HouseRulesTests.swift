// The walls of the house, held by tests: who may import what, how a file begins, how long it may be.

import Foundation
import Testing

@Suite struct HouseRulesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private struct Source {
    let path: String
    let text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  }

  private static func sources(below folder: String) throws -> [Source] {
    let base = root.appendingPathComponent(folder)
    let files = try #require(FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil))
    let found = try files.compactMap { $0 as? URL }
      .filter { ["swift", "c", "h"].contains($0.pathExtension) }
      .map { Source(path: $0.path, text: try String(contentsOf: $0, encoding: .utf8)) }
    #expect(!found.isEmpty, "no sources below \(folder)")
    return found
  }

  @Test func theEngineKnowsNoWindow() throws {
    for source in try Self.sources(below: "Sources/DuetEngine") {
      for module in ["CGtk", "CGtkShim", "DuetGtk"] {
        #expect(!source.lines.contains { $0.hasSuffix("import \(module)") }, "\(source.path) imports \(module)")
      }
    }
  }

  @Test func theCommandLineKnowsNoWindow() throws {
    for source in try Self.sources(below: "Sources/DuetCLI") {
      #expect(!source.lines.contains { $0.hasPrefix("import CGtk") }, "\(source.path) imports GTK")
    }
  }

  @Test func everyFileOpensWithItsPurpose() throws {
    for source in try Self.sources(below: "Sources") where source.path.hasSuffix(".swift") || source.path.hasSuffix(".c") {
      #expect(source.text.hasPrefix("//"), "\(source.path) does not say what it is for")
    }
  }

  @Test func noFileHoldsTwoIdeas() throws {
    for source in try Self.sources(below: "Sources") {
      #expect(source.text.utf8.count <= 15 * 1024, "\(source.path) is past 15 KB")
    }
  }

  @Test func everyTrapHasItsReasonBesideIt() throws {
    let traps = ["try!", "@unchecked Sendable", "nonisolated(unsafe)", "as!", "fatalError(", "Task.sleep("]
    for source in try Self.sources(below: "Sources") {
      for (number, line) in source.lines.enumerated() where traps.contains(where: line.contains) {
        let before = number > 0 ? source.lines[number - 1] : ""
        let isExplained = [before, line].contains { $0.contains("//") }
        #expect(isExplained, "\(source.path):\(number + 1) needs its reason: \(line)")
      }
    }
  }
}
