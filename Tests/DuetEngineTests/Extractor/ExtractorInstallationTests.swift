// Installing weights: proved before they are placed, whole or not at all, with a sentence for everything that fails.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ExtractorInstallationTests {
  /// A folder that is gone when the test is over.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("duetml-\(UUID().uuidString)")
    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
  }

  private func install(
    _ id: ExtractorID, from file: URL?, into folder: Folder,
    download: @escaping @Sendable (ExtractorID, URL) async throws -> Void = { _, _ in }
  ) async -> Result<URL, ExtractorError> {
    do {
      return .success(try await ExtractorStore.install(id, from: file, into: folder.url, download: download))
    } catch let error as ExtractorError {
      return .failure(error)
    } catch {
      Issue.record("\(error) is not an ExtractorError")
      return .failure(.noNetwork(id))
    }
  }

  @Test func foldersAreSearchedInOrder() {
    let all = ExtractorStore.directories(environment: ["DUETML_EXTRACTORS": "/a", "XDG_DATA_HOME": "/b"]).map(\.path)
    #expect(all == ["/a", "/b/duetml/extractors", "/usr/share/duetml/extractors"])
    let plain = ExtractorStore.directories(environment: ["XDG_DATA_HOME": "relative", "DUETML_EXTRACTORS": ""])
      .map(\.path)
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    #expect(plain == [home + "/.local/share/duetml/extractors", "/usr/share/duetml/extractors"])
  }

  @Test(.enabled(if: ReferenceData.hasMobileNet, "needs the dequantised MobileNetV2"))
  func aGoodFileIsPlacedAndLoads() async throws {
    let folder = try Folder()
    let result = await install(.mobileNetV2, from: ReferenceData.url(ReferenceData.mobileNet), into: folder)
    #expect(try result.get().lastPathComponent == "mobilenet_v2.safetensors")
    #expect(folder.names == ["mobilenet_v2.safetensors"])
    _ = try FeatureExtractor(.mobileNetV2, weights: try result.get())
  }

  @Test(.enabled(if: ReferenceData.hasMobileNet, "needs the dequantised MobileNetV2"))
  func aWrongFileLeavesWhatWasThere() async throws {
    let folder = try Folder()
    let target = folder.url.appendingPathComponent("efficientnet_lite0.safetensors")
    try Data("before".utf8).write(to: target)
    // The right format, the wrong network.
    let result = await install(.efficientNetLite0, from: ReferenceData.url(ReferenceData.mobileNet), into: folder)
    guard case .failure(.badWeights(.efficientNetLite0, .missing(let file, let tensor, let shape))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(file == "mobilenet_v2_dequantised.safetensors")
    #expect(tensor == "_conv_stem.weight" && shape == [32, 3, 3, 3])
    #expect(folder.names == ["efficientnet_lite0.safetensors"])
    #expect(try Data(contentsOf: target) == Data("before".utf8))
  }

  @Test func filesThatAreNone() async throws {
    let folder = try Folder()
    let source = try Folder()
    func made(_ name: String, _ text: String) throws -> URL {
      let url = source.url.appendingPathComponent(name)
      try Data(text.utf8).write(to: url)
      return url
    }
    let missing = await install(.mobileNetV2, from: source.url.appendingPathComponent("no.safetensors"), into: folder)
    #expect(missing == .failure(.unreadable(name: "no.safetensors")))
    let text = await install(.mobileNetV2, from: try made("weights.txt", "hello"), into: folder)
    #expect(text == .failure(.unknownFile(name: "weights.txt")))
    let short = await install(.mobileNetV2, from: try made("short.safetensors", "hi"), into: folder)
    #expect(short == .failure(.badWeights(.mobileNetV2, .truncated(file: "short.safetensors"))))
    let checkpoint = await install(.mobileNetV2, from: try made("evil.pth", "not a checkpoint"), into: folder)
    switch checkpoint {
    case .failure(.conversionFailed(let name, let detail)): #expect(name == "evil.pth" && !detail.isEmpty)
    case .failure(.noConverter): #expect(DataFiles.url(WeightsConverter.path) == nil)
    default: Issue.record("\(checkpoint)")
    }
    #expect(folder.names == [])
  }

  @Test(.enabled(if: ExtractorStore.weights(.mobileNetV2) == nil, "downloads only where nothing is installed"))
  func aFailedDownloadLeavesNothing() async throws {
    let folder = try Folder()
    let result = await install(.mobileNetV2, from: nil, into: folder) { id, target in
      try Data("half".utf8).write(to: target)
      throw ExtractorError.noNetwork(id)
    }
    #expect(result == .failure(.noNetwork(.mobileNetV2)))
    #expect(folder.names == [])
  }

  @Test func aServerThatIsNotThere() async throws {
    let folder = try Folder()
    let target = folder.url.appendingPathComponent("x.pth")
    // Port 1 of this machine: refused at once, no network needed.
    await #expect(throws: ExtractorError.noNetwork(.mobileNetV2)) {
      try await WeightsDownload.fetch(.mobileNetV2, from: "https://127.0.0.1:1/x.pth", to: target)
    }
    // Nothing but https is ever asked.
    await #expect(throws: ExtractorError.self) {
      try await WeightsDownload.fetch(.mobileNetV2, from: "file:///etc/hostname", to: target)
    }
    #expect(folder.names == [])
  }

  @Test func everySentenceHasANextStep() {
    let errors: [ExtractorError] = [
      .notInstalled(.efficientNetLite0), .notInstalled(.mobileNetV2),
      .badWeights(.mobileNetV2, .truncated(file: "f")), .wrongCrop(count: 5), .unknownFile(name: "f"),
      .unreadable(name: "f"), .noConverter(name: "f"), .conversionFailed(name: "f", detail: "It ends early."),
      .noNetwork(.mobileNetV2), .downloadFailed(.mobileNetV2, detail: "timeout"), .wrongDownload(.mobileNetV2),
      .cannotWrite(folder: "/f"),
    ]
    let steps = ["Run", "Get the file", "Give", "Check", "Convert", "give"]
    for error in errors {
      #expect(!error.message.contains("{"), "\(error)")
      #expect(steps.contains { error.message.contains($0) }, "\(error)")
    }
    #expect(Set(errors.map(\.message)).count == errors.count)
  }

  @Test(.enabled(if: ReferenceData.hasMobileNet, "needs the dequantised MobileNetV2"))
  func cropsOfAnotherSizeAreRefused() throws {
    let extractor = try FeatureExtractor(.mobileNetV2, weights: ReferenceData.url(ReferenceData.mobileNet))
    #expect(throws: ExtractorError.wrongCrop(count: 7)) { try extractor.features(ofCrop: [1, 2, 3, 4, 5, 6, 7]) }
  }
}
