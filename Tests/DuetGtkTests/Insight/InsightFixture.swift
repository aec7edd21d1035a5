// A trained project with something to find in it: a copy and a photo in the wrong category. Main thread.
// Photos are coloured blocks, all different, looked at by the real network; without its weights the test is skipped.

import CGtk
import CGtkShim
import DuetEngine
import XCTest

@testable import DuetGtk

@MainActor final class InsightFixture {
  let project: ProjectInWindow
  let red: CategoryID
  let blue: CategoryID
  private(set) var window: InsightWindow?
  /// Photos that the window led to.
  var went: [PhotoID] = []

  var workspace: Workspace { project.workspace }
  var insight: InsightWindow {
    get throws { try XCTUnwrap(window) }
  }

  /// - Parameter photos: different ones a category; the copy and the stray come on top.
  init(photos: Int = 9) throws {
    try XCTSkipIf(ExtractorStore.weights(.standard) == nil, "needs the EfficientNet-Lite0 weights")
    project = try ProjectInWindow()
    red = try project.addCategory("Red")
    blue = try project.addCategory("Blue")
    try add((0..<photos).map { ("red\($0).png", $0, 0) }, to: red)
    try add((0..<photos).map { ("blue\($0).png", $0, 2) } + [("stray.png", 50, 0)], to: blue)
    try add([("twin.png", 0, 0)], to: red, scale: 2)
  }

  func train() throws {
    workspace.train()
    try settle()
  }

  func settle() throws {
    let workspace = workspace
    try turningLoop(for: "the checks to settle") {
      await workspace.settle()
      await workspace.settleChecks()
    }
    drainMainLoop()
  }

  func open(_ page: InsightPage) throws -> InsightWindow {
    let actions = PhotoActions(workspace: workspace, textures: TextureLoader(workspace: workspace)) { [weak self] in
      self?.went.append($0)
    }
    let window = InsightWindow(actions)
    self.window = window
    window.show(page)
    turnLoop(for: "the first check") { window.model.facts != nil && !window.model.isChecking }
    drainMainLoop()
    return window
  }

  func close() throws {
    window?.close()
    window = nil
    try settle()
    try project.close()
  }

  func photo(_ name: String) throws -> PhotoID {
    try XCTUnwrap(workspace.snapshot.categories.flatMap(\.photos).first { $0.name == name }).id
  }

  func category(of name: String) -> String? {
    workspace.snapshot.categories.first { $0.photos.contains { $0.name == name } }?.name
  }

  /// Bytes of everything that belongs to the project file.
  func bytes() throws -> [String: Data] {
    let files = try FileManager.default.contentsOfDirectory(at: project.folder, includingPropertiesForKeys: nil)
    return Dictionary(
      uniqueKeysWithValues: try files.filter { $0.lastPathComponent.hasPrefix("Test.duet") }.filter {
        !$0.lastPathComponent.hasSuffix("-shm")  // SQLite's notes about who reads
      }.map { ($0.lastPathComponent, try Data(contentsOf: $0)) })
  }

  func add(_ photos: [(name: String, seed: Int, channel: Int)], to category: CategoryID, scale: Int = 1) throws {
    let sources = try photos.map { photo in
      PhotoSource.data(
        try XCTUnwrap(Self.blocks(seed: photo.seed, channel: photo.channel, scale: scale).pngData()), name: photo.name)
    }
    workspace.importPhotos(sources, into: category)
    try project.settle()
  }

  /// 8 x 8 blocks of random brightness in one colour.
  private static func blocks(seed: Int, channel: Int, scale: Int) throws -> Texture {
    var random = SplitMix64(seed: UInt64(seed * 3 + channel + 1))
    let shades = (0..<64).map { _ in UInt8(random.next() >> 56) }
    let side = 160 + 96 * scale  // near the 256 pixels that the network looks at: edges stay as sharp in the copy
    var pixels: [UInt8] = []
    for y in 0..<side {
      for x in 0..<side {
        let shade = shades[(y * 8 / side) * 8 + x * 8 / side]
        var pixel: [UInt8] = [shade / 8, shade / 6, shade / 8, 255]
        pixel[channel] = 80 + shade / 2
        pixels += pixel
      }
    }
    let bytes = g_bytes_new(pixels, gsize(pixels.count))
    defer { g_bytes_unref(bytes) }
    let made = gdk_memory_texture_new(Int32(side), Int32(side), GDK_MEMORY_R8G8B8A8, bytes, gsize(side * 4))
    return Texture(adopting: try XCTUnwrap(made))
  }
}

/// Runs `body` on a trained project with something to find.
func withInsight(_ body: @MainActor (InsightFixture) throws -> Void) throws {
  try inWindow {
    let fixture = try InsightFixture()
    try fixture.train()
    try body(fixture)
    try fixture.close()
  }
}
