// The experiment with stickers: what it plants, that it is the same every time, and that it measures what it says.

import Foundation
import Testing

@testable import DuetCLI
@testable import DuetEngine

@Suite struct PlantedConfoundTests {
  @Test func aStickerIsADiscInsideWhatIsSeenAndItsMarkCoversIt() {
    let grey = RGBImage(width: 100, height: 120, pixels: [UInt8](repeating: 128, count: 100 * 120 * 3))
    for (x, y) in [(0.0, 0.0), (0.5, 1.0), (1.0, 0.3)] {
      let sticker = Sticker(size: 0.4, place: .inside(x: x, y: y), colour: 3)
      let image = sticker.put(on: grey)
      let changed = (0..<100 * 120).filter { image.pixels[$0 * 3 + 2] != 128 }
      #expect(abs(Double(changed.count) - .pi * 20 * 20) < 30)
      #expect(changed.allSatisfy { Array(image.pixels[$0 * 3..<$0 * 3 + 3]) == Sticker.colours[3] })
      // 87.5 pixels in the middle are seen.
      #expect(changed.allSatisfy { (6..<94).contains($0 % 100) && (16..<104).contains($0 / 100) })
      let mark = sticker.mark(width: 100, height: 120).isPainted
      #expect(changed.allSatisfy { mark[$0] } && mark.count { $0 } > changed.count)
    }
    let corner = Sticker(size: 0.4, place: .corner(3)).mark(width: 100, height: 120).isPainted
    #expect(!corner[60 * 100 + 50] && corner[100 * 100 + 90])
  }

  @Test func itsNumbersAreMeansWithStandardErrors() {
    var outcome = PlantedConfound.Outcome()
    (outcome.neutral, outcome.confounded, outcome.recovered) = ([0.9, 1], [0.7, 0.7], [0.9, 0.94])
    (outcome.clean, outcome.cleanMarked, outcome.mismarked) = ([0.98], [0.97], [0.95])
    #expect(abs((outcome.recoveredShare ?? 0) - 0.22 / 0.25) < 1e-12)
    #expect(abs(outcome.cleanCost - 0.01) < 1e-12 && abs(outcome.mismarkedCost - 0.03) < 1e-12)
    #expect(abs(PlantedConfound.Outcome.standardError([0.9, 1]) - 0.05) < 1e-12)
    #expect(PlantedConfound.Outcome.standardError([0.9]) == 0)
    outcome.confounded = [1, 1]
    #expect(outcome.recoveredShare == nil)
  }

  @Test(arguments: [
    ["boundary", "photos", "/", "--marked", "9", "--per-category", "8"],
    ["boundary", "photos", "/", "--sticker", "0"], ["boundary", "photos", "/", "--seeds", "many"],
    ["boundary", "photos"],
  ])
  func wrongWordsAreAUsageError(words: [String]) async {
    let run = await CommandLineTests.run(words)
    #expect(run.code == .usage && !run.errors.isEmpty)
  }

  @Test(.enabled(if: ExtractorStore.weights(.standard) != nil, "needs the EfficientNet-Lite0 weights"))
  func aFolderWithoutCategoriesIsRefusedWithASentence() async throws {
    let project = try TemporaryProject()
    for folder in [project.folder.path, "/no such folder"] {
      let run = await CommandLineTests.run("boundary", "photos", folder, "--json")
      #expect(run.code == .failed && run.errors.contains("folder"))
      #expect(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) is [String: String])
    }
  }

  @Test(.enabled(if: SharedPhotos.areThere, SharedPhotos.needs))
  func marksBringBackWhatStickersTook() async throws {
    // Four categories of 30 photos: a minute less than all of them, and the stickers larger for it.
    let project = try TemporaryProject()
    for category in ["Lemon", "Melon", "Orange", "Potato"] {
      let folder = project.folder.appendingPathComponent("photos/\(category)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let photos = PhotoImporter.photoFiles(in: ReferenceData.url("photos/grocery10/\(category)")).prefix(30)
      for photo in photos {
        try FileManager.default.copyItem(at: photo, to: folder.appendingPathComponent(photo.lastPathComponent))
      }
    }
    let run = await CommandLineTests.run([
      "boundary", "photos", project.folder.appendingPathComponent("photos").path, "--per-category", "15", "--marked",
      "8", "--sticker", "60", "--seeds", "1", "--json",
    ])
    #expect(run.code == .done)
    let result = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    func accuracy(_ key: String) throws -> Double {
      try #require((result[key] as? [String: Any])?["accuracy"] as? Double)
    }
    // Seen: 0.95, 0.90, 0.68, 0.90 of 60 photos.
    #expect(try accuracy("clean") > 0.9)
    #expect(try accuracy("neutral") - accuracy("confounded") > 0.1, "the stickers decide")
    #expect(try #require(result["recovered_share"] as? Double) > 0.75)
    #expect(try #require(result["clean_cost"] as? Double) < 0.03)
  }
}
