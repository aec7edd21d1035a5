// The workspace from photo to answer, with the real network where it is installed.

import Foundation
import Testing

@testable import DuetEngine

@Suite(.serialized) @MainActor struct WorkspaceTests {
  let project: TemporaryProject

  init() throws { project = try TemporaryProject() }

  private func open(extractors: ExtractorSource = .installed) async throws -> Workspace {
    try await Workspace.open(project.url, create: true, extractors: extractors)
  }

  /// A workspace with one category of reddish and one of bluish photos, all looked at.
  private func taught(perCategory: Int = 6) async throws -> Workspace {
    let workspace = try await open()
    for (name, hue) in [("Red", 0), ("Blue", 2)] {
      let snapshot = try await workspace.perform(.addCategory(name: name))
      let id = try #require(snapshot.categories.last?.id)
      let photos = (0 ..< perCategory).map { SyntheticPhoto.jpeg(seed: UInt64($0), channel: hue) }
      workspace.importPhotos(photos, into: id)
    }
    await workspace.settle()
    return workspace
  }

  @Test(.enabled(if: ExtractorStore.weights(.standard) != nil, "needs the EfficientNet-Lite0 weights"))
  func photosBecomeAModelThatAnswers() async throws {
    let workspace = try await taught()
    #expect(workspace.snapshot.categories.map(\.photos.count) == [6, 6])
    #expect(!workspace.snapshot.lacksFeatures)
    workspace.train()
    workspace.test(SyntheticPhoto.jpeg(seed: 99, channel: 2))
    await workspace.settle()
    let prediction = try #require(workspace.snapshot.test?.prediction)
    #expect(prediction.label == workspace.snapshot.categories[1].id)
    #expect(abs(prediction.bars.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
    #expect(prediction.nearest.count == 3)
    #expect(workspace.snapshot.model?.matchesPhotos == true)
    guard case .finished = workspace.training else { Issue.record("\(workspace.training)"); return }
  }

  @Test(.enabled(if: ExtractorStore.weights(.standard) != nil, "needs the EfficientNet-Lite0 weights"))
  func aChangeOfPhotosIsNoticedAndUndoMakesTheModelFitAgain() async throws {
    let workspace = try await taught()
    workspace.do(.setKeepUpToDate(on: false))
    workspace.train()
    await workspace.settle()
    workspace.do(.removePhotos([workspace.snapshot.categories[0].photos[0].id]))
    await workspace.settle()
    #expect(workspace.snapshot.model?.matchesPhotos == false)
    workspace.undo()
    await workspace.settle()
    #expect(workspace.snapshot.model?.matchesPhotos == true)
    workspace.do(.renameCategory(workspace.snapshot.categories[0].id, to: "Crimson"))
    await workspace.settle()
    #expect(workspace.snapshot.model?.matchesPhotos == true, "a name is not a photo")
  }

  @Test func trainingWithoutPhotosSaysWhatIsNeeded() async throws {
    let workspace = try await open()
    workspace.addCategory(named: "A")
    workspace.train()
    await workspace.settle()
    guard case .failed(let sentence) = workspace.training else { Issue.record("\(workspace.training)"); return }
    #expect(sentence.contains("2 categories"))
    #expect(workspace.snapshot.model == nil)
  }

  @Test func closingDuringAnImportKeepsEveryPhotoThatWasShown() async throws {
    let workspace = try await open(extractors: .none)
    let id = try #require(try await workspace.perform(.addCategory(name: "Many")).categories.first?.id)
    workspace.importPhotos((0 ..< 400).map { SyntheticPhoto.jpeg(seed: UInt64($0), channel: 1) }, into: id)
    while workspace.snapshot.photoCount == 0 { await Task.yield() }
    let shown = workspace.snapshot.categories[0].photos.map(\.id)
    await workspace.close()
    let reopened = try await open(extractors: .none)
    let kept = reopened.snapshot.categories[0].photos.map(\.id)
    #expect(kept.starts(with: shown))
    #expect(kept.count < 400, "the import ended before it could be interrupted")
    await reopened.close()
  }

  @Test func aBadFileIsNamedAndTheOthersGoOn() async throws {
    let workspace = try await open(extractors: .none)
    let id = try #require(try await workspace.perform(.addCategory(name: "A")).categories.first?.id)
    let letter = PhotoSource.data(Data("Dear Anna,".utf8), name: "letter.jpg")
    workspace.importPhotos([letter, SyntheticPhoto.jpeg(seed: 1, channel: 0)], into: id)
    await workspace.settle()
    #expect(workspace.snapshot.photoCount == 1)
    #expect(workspace.notice?.text.contains("letter.jpg") == true)
  }

  @Test func foldersBecomeCategoriesInOneUndoStep() async throws {
    let root = project.folder.appendingPathComponent("photos")
    for (name, channel) in [("Apples", 0), ("Pears", 1)] {
      let folder = root.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for seed in 0 ..< 2 {
        guard case .data(let data, _) = SyntheticPhoto.jpeg(seed: UInt64(seed), channel: channel) else { continue }
        try data.write(to: folder.appendingPathComponent("\(seed).jpg"))
      }
    }
    let workspace = try await open(extractors: .none)
    workspace.importFolders([root])
    await workspace.settle()
    #expect(workspace.snapshot.categories.map(\.name) == ["Apples", "Pears"])
    #expect(workspace.snapshot.categories.map(\.photos.count) == [2, 2])
    workspace.undo()
    await workspace.settle()
    #expect(workspace.snapshot.categories.isEmpty)
  }

  @Test func theEleventhCategoryIsRefusedWithASentence() async throws {
    let workspace = try await open(extractors: .none)
    for number in 1 ... 11 { workspace.addCategory(named: "\(number)") }
    await workspace.settle()
    #expect(workspace.snapshot.categories.count == 10)
    #expect(workspace.notice?.text == ProjectError.tooManyCategories.message)
  }

  @Test(.enabled(if: ExtractorStore.weights(.standard) != nil, "needs the EfficientNet-Lite0 weights"))
  func photosThatCameWithoutANetworkAreLookedAtLater() async throws {
    let first = try await open(extractors: .none)
    let id = try #require(try await first.perform(.addCategory(name: "A")).categories.first?.id)
    first.importPhotos([SyntheticPhoto.jpeg(seed: 1, channel: 0)], into: id)
    await first.settle()
    #expect(first.snapshot.lacksFeatures)
    #expect(first.extractorProblem != nil)
    await first.close()
    let second = try await open()
    await second.settle()
    #expect(!second.snapshot.lacksFeatures)
  }
}

extension ExtractorSource {
  /// A computer on which no network is installed.
  static let none = ExtractorSource { throw ExtractorError.notInstalled($0) }
}

/// Small noisy pictures of one basic colour, each from its seed.
enum SyntheticPhoto {
  static func jpeg(seed: UInt64, channel: Int) -> PhotoSource {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(channel)
    let side = 48
    let pixels = (0 ..< side * side * 3).map { index -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let noise = UInt8(truncatingIfNeeded: state >> 58)
      return index % 3 == channel ? 180 + noise : 30 + noise
    }
    // A picture that was just made from valid pixels can be written.
    let data = (try? RGBImage(width: side, height: side, pixels: pixels).jpeg(quality: 95)) ?? Data()
    return .data(data, name: "\(channel)-\(seed).jpg")
  }
}
