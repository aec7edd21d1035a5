// `duet boundary run --set text`: the table, its JSON, and sentences for what is missing.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct BoundaryTextCommandTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("duet-cli-text-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func pairs(_ name: String, _ count: Int, header: String = "pair\ttext\tlabel") throws -> String {
      let lines = (0..<count).map { index in
        let (own, other) = index % 2 == 0 ? ("good", "bad") : ("bad", "good")
        let labels = index % 2 == 0 ? ("yes", "no") : ("no", "yes")
        let rest = "film number\(index % 7) seen on day\(index % 5) with friend\(index % 3)"
        return "\(index)\t\(own) \(rest)\t\(labels.0)\n\(index)\t\(other) \(rest)\t\(labels.1)"
      }
      let file = url.appendingPathComponent(name)
      try Data((header + "\n" + lines.joined(separator: "\n")).utf8).write(to: file)
      return file.path
    }
  }

  private struct Printed: Decodable {
    struct Row: Decodable {
      let name: String
      let accuracy: Double
      let standard_error: Double
      let accuracies: [Double]
    }
    let set: String
    let mode: String
    let n_test: Int
    let n_unlabelled: Int
    let rows: [Row]
  }

  @Test func theTableAsJSON() async throws {
    let folder = try Folder()
    let train = try folder.pairs("train_a.tsv", 60)
    _ = try folder.pairs("dev_a.tsv", 20)
    let run = await CommandLineTests.run(
      "boundary", "run", "--set", "text", train, "--points", "8", "--seeds", "3", "--mode", "direction", "--json")
    #expect(run.code == .done, "\(run.errors)")
    let printed = try JSONDecoder().decode(Printed.self, from: Data(run.output.utf8))
    #expect(printed.set == "text" && printed.mode == "direction")
    #expect(printed.n_test == 20, "the file beside it is measured on")
    #expect(printed.n_unlabelled == 60)
    #expect(printed.rows.map(\.name) == ["ce_n", "ce_2n", "ce_4n", "mode", "mode_random", "mode_noisy30"])
    #expect(printed.rows.allSatisfy { $0.accuracies.count == 3 && (0...1).contains($0.accuracy) })
    #expect(try #require(printed.rows.first { $0.name == "mode" }).accuracy == 1)
  }

  @Test func withoutAFileToMeasureOnEveryFifthReviewIsHeldOut() async throws {
    let folder = try Folder()
    let file = try folder.pairs("reviews.tsv", 60, header: "which\twords\tmood")
    let run = await CommandLineTests.run(
      "boundary", "run", "--set", "text", file, "--points", "6", "--seeds", "2", "--arrows", "none", "--text-column", "words",
      "--label-column", "mood", "--pair-column", "which")
    #expect(run.code == .done, "\(run.errors)")
    #expect(run.output.contains("tested on 12 reviews"))
    #expect(run.output.contains("24 reviews without edits") && !run.output.contains("their edits"))
  }

  @Test func whatIsMissingIsASentence() async throws {
    let folder = try Folder()
    let few = try folder.pairs("few.tsv", 20)
    let tooFew = await CommandLineTests.run("boundary", "run", "--set", "text", few, "--seeds", "1")
    #expect(tooFew.code == .failed)
    #expect(tooFew.errors.contains("That needs at least 50 reviews, and there are 16."))
    let noFile = await CommandLineTests.run("boundary", "run", "--set", "text")
    #expect(noFile.code == .usage && noFile.errors.contains("Give the file of reviews"))
    let badMode = await CommandLineTests.run("boundary", "run", "--set", "text", few, "--mode", "tips")
    #expect(badMode.code == .usage && badMode.errors.contains("both+direction"))
    let gone = await CommandLineTests.run("boundary", "run", "--set", "text", "gone.tsv", "--json")
    #expect(gone.code == .failed && gone.errors.contains("“gone.tsv” cannot be read"))
    #expect(gone.output.contains("\"error\""))
  }
}
