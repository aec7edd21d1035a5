// The real `duet` process on real photos: train, classify, evaluate, train again, and what it refuses.
// Needs the shared photos and the 8-bit MobileNetV2 of the shared models; skipped without them.

import Foundation
import Testing

private let shared: URL? = {
  let package = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  let url = ProcessInfo.processInfo.environment["DUETML_SHARED"].map { URL(fileURLWithPath: $0) }
    ?? package.deletingLastPathComponent().appendingPathComponent("shared")
  let needed = ["photos/grocery10", "models/mobilenet_v2_dequantised.safetensors"]
  return needed.allSatisfy { FileManager.default.fileExists(atPath: url.appendingPathComponent($0).path) } ? url : nil
}()

@Suite(.enabled(if: shared != nil, "needs shared/photos/grocery10 and shared/models"))
struct InstalledCommandTests {
  /// A folder of its own for every test, with an extractor folder and photos of three categories linked in.
  private struct Place {
    let folder: URL
    var photos: URL { folder.appendingPathComponent("photos") }
    var project: URL { folder.appendingPathComponent("fruit.duet") }

    init(shared: URL) throws {
      let files = FileManager.default
      folder = files.temporaryDirectory.appendingPathComponent("duet-run-\(UUID().uuidString)")
      let extractors = folder.appendingPathComponent("extractors")
      try files.createDirectory(at: extractors, withIntermediateDirectories: true)
      try files.createSymbolicLink(
        at: extractors.appendingPathComponent("mobilenet_v2.safetensors"),
        withDestinationURL: shared.appendingPathComponent("models/mobilenet_v2_dequantised.safetensors"))
      for name in ["Banana", "Kiwi", "Tomato"] {
        let category = photos.appendingPathComponent(name)
        try files.createDirectory(at: category, withIntermediateDirectories: true)
        for photo in try Self.photos(shared, name).prefix(4) {
          try files.copyItem(at: photo, to: category.appendingPathComponent(photo.lastPathComponent))
        }
      }
    }

    static func photos(_ shared: URL, _ name: String) throws -> [URL] {
      try FileManager.default.contentsOfDirectory(
        at: shared.appendingPathComponent("photos/grocery10/\(name)"), includingPropertiesForKeys: nil
      ).sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Runs `duet` to its end.
    func duet(_ words: String...) async throws -> (code: Int32, output: Data, errors: String) {
      let process = Process()
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("duet")
      process.arguments = words
      process.environment = ProcessInfo.processInfo.environment.merging([
        "DUETML_EXTRACTORS": folder.appendingPathComponent("extractors").path,
        "XDG_DATA_HOME": folder.appendingPathComponent("data").path, "LC_ALL": "C.UTF-8", "LANGUAGE": "en",
      ]) { $1 }
      let errorFile = folder.appendingPathComponent("errors-\(UUID().uuidString)")
      let outputFile = folder.appendingPathComponent("output-\(UUID().uuidString)")
      for file in [errorFile, outputFile] { try Data().write(to: file) }
      process.standardError = try FileHandle(forWritingTo: errorFile)
      process.standardOutput = try FileHandle(forWritingTo: outputFile)
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in done.resume() }
        do { try process.run() } catch { done.resume(throwing: error) }
      }
      defer { for file in [errorFile, outputFile] { try? FileManager.default.removeItem(at: file) } }
      return (process.terminationStatus, try Data(contentsOf: outputFile),
        String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }
  }

  private struct Trained: Decodable {
    struct Count: Decodable, Equatable {
      let name: String
      let images: Int
    }
    let categories: [Count]
    let seconds: [String: Double]
    let score: Double?
  }

  private struct Answer: Decodable {
    struct Neighbour: Decodable {
      let category: String
      let image: String
      let similarity: Double
    }
    let image: String
    let label: String?
    let known: Bool?
    let probabilities: [String: Double]?
    let nearest: [Neighbour]?
    let error: String?
  }

  @Test func trainClassifyEvaluate() async throws {
    let shared = try #require(shared)
    let place = try Place(shared: shared)
    defer { place.remove() }

    let training = try await place.duet(
      "train", place.photos.path, "--out", place.project.path, "--extractor", "mobilenet_v2", "--json")
    #expect(training.code == 0, "\(training.errors)")
    let trained = try JSONDecoder().decode(Trained.self, from: training.output)
    #expect(trained.categories == ["Banana", "Kiwi", "Tomato"].map { Trained.Count(name: $0, images: 4) })
    #expect(trained.seconds.keys.sorted() == ["extract", "train"])
    #expect((trained.score ?? -1) >= 0.5)

    let unseen = try Place.photos(shared, "Tomato")[30]
    let broken = place.folder.appendingPathComponent("broken.jpg")
    try Data("no picture".utf8).write(to: broken)
    let classifying = try await place.duet("classify", place.project.path, broken.path, unseen.path, "--json")
    #expect(classifying.code == 1, "one photo was refused")
    #expect(classifying.errors.contains("broken.jpg"))
    let answers = try JSONDecoder().decode([Answer].self, from: classifying.output)
    try #require(answers.count == 2)
    #expect(answers[0].image == broken.path && answers[0].error != nil && answers[0].label == nil)
    #expect(answers[1].image == unseen.path && answers[1].label == "Tomato" && answers[1].error == nil)
    let bars = try #require(answers[1].probabilities)
    #expect(bars.keys.sorted() == ["Banana", "Kiwi", "Tomato"] && abs(bars.values.reduce(0, +) - 1) < 1e-9)
    #expect(answers[1].nearest?.count == 3 && answers[1].known != nil)
    let drawn = try await place.duet("classify", place.project.path, unseen.path)
    #expect(drawn.code == 0)
    let text = String(decoding: drawn.output, as: UTF8.self)
    #expect(text.contains("█") && text.contains(" %") && !text.contains("\u{1B}"))

    // The project and the folder hold the same photos, so both give the same report.
    let fromProject = try await place.duet("evaluate", place.project.path, "--json", "--per-category", "2")
    let fromFolder = try await place.duet(
      "evaluate", place.photos.path, "--json", "--per-category", "2", "--extractor", "mobilenet_v2")
    #expect(fromProject.code == 0 && fromFolder.code == 0, "\(fromProject.errors)\(fromFolder.errors)")
    let report = try #require(try JSONSerialization.jsonObject(with: fromFolder.output) as? [String: Any])
    #expect(report.keys.sorted() == ["accuracy", "confusion", "ece", "log_loss", "n_test", "std"])
    #expect(report["n_test"] as? Int == 6)
  }

  @Test func oneBadPhotoDoesNotStopATraining() async throws {
    let place = try Place(shared: try #require(shared))
    defer { place.remove() }
    try Data("no picture".utf8).write(to: place.photos.appendingPathComponent("Kiwi/000_bad.jpg"))
    let first = try await place.duet(
      "train", place.photos.path, "--out", place.project.path, "--extractor", "mobilenet_v2", "--json")
    #expect(first.code == 1 && first.errors.contains("000_bad.jpg"))
    #expect(try JSONDecoder().decode(Trained.self, from: first.output).categories.map(\.images) == [4, 4, 4])

    // A project is as good a source as a folder; an existing goal is only replaced by force.
    let goal = place.folder.appendingPathComponent("again.duet")
    #expect(try await place.duet("train", place.project.path, "--out", goal.path).code == 0)
    let before = try Data(contentsOf: goal)
    let refused = try await place.duet("train", place.project.path, "--out", goal.path)
    #expect(refused.code == 1 && refused.errors.contains("--force"))
    #expect(try Data(contentsOf: goal) == before)
    #expect(try await place.duet("train", place.project.path, "--out", goal.path, "--force").code == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
    #expect(left.filter { $0.contains("duet") } == ["again.duet", "fruit.duet"])
  }

  @Test func aMissingExtractorIsNamedBeforeAnyWork() async throws {
    let place = try Place(shared: try #require(shared))
    defer { place.remove() }
    let run = try await place.duet("train", place.photos.path, "--out", place.project.path, "--json")
    #expect(run.code == 1 && run.errors.contains("efficientnet_lite0"))
    #expect(!FileManager.default.fileExists(atPath: place.project.path))
    #expect(try JSONDecoder().decode([String: String].self, from: run.output).keys.sorted() == ["error"])
  }
}
