// Resizing against Pillow itself, pixel by pixel. Needs a python3 with Pillow: `DUETML_PYTHON` names another one.

import Foundation
import Testing

@testable import DuetEngine

@Suite(.enabled(if: Pillow.isInstalled, "needs a Python with Pillow; set DUETML_PYTHON to one"))
struct PillowResamplingTests {
  /// Width and height before and after: down, up, one side only, a strong thumbnail, the extractors' own.
  private static let sizes = [
    [500, 333, 131, 77], [640, 480, 341, 256], [50, 40, 256, 205], [300, 200, 128, 85], [97, 61, 97, 20],
    [1008, 756, 128, 96], [64, 48, 1, 1], [5, 3, 4, 7], [1, 9, 3, 3],
  ]

  @Test(arguments: [("BILINEAR", ResamplingFilter.bilinear), ("BICUBIC", .bicubic)])
  func everyPixelIsPillows(name: String, filter: ResamplingFilter) throws {
    for (index, size) in Self.sizes.enumerated() {
      let image = RGBImage.noise(width: size[0], height: size[1], seed: UInt64(index + 1))
      let expected = try Pillow.resized(image, width: size[2], height: size[3], filter: name)
      try #require(expected.count == size[2] * size[3] * 3)
      let found = image.resized(width: size[2], height: size[3], filter: filter).pixels
      let differences = zip(found, expected).map { abs(Int($0) - Int($1)) }
      // The issue allows one level; the arithmetic is the same, so there is none.
      #expect(differences.max() == 0, "\(size)")
    }
  }
}

/// Pillow, called as a program: raw pixels in, raw pixels out.
private enum Pillow {
  private static let python = ProcessInfo.processInfo.environment["DUETML_PYTHON"] ?? "python3"

  static let isInstalled = (try? run("import PIL.Image", [], Data())) != nil

  static func resized(_ image: RGBImage, width: Int, height: Int, filter: String) throws -> [UInt8] {
    let script = """
      import sys
      from PIL import Image
      size, target = (tuple(map(int, sys.argv[at : at + 2])) for at in (1, 3))
      image = Image.frombytes("RGB", size, sys.stdin.buffer.read())
      sys.stdout.buffer.write(image.resize(target, Image.Resampling[sys.argv[5]]).tobytes())
      """
    let numbers = [image.width, image.height, width, height].map(String.init)
    return [UInt8](try run(script, numbers + [filter], Data(image.pixels)))
  }

  private struct Failed: Error {}

  private static func run(_ script: String, _ arguments: [String], _ input: Data) throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duetml-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // By way of a file, so that neither side waits for the other to empty a pipe.
    let file = folder.appendingPathComponent("input")
    try input.write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", script] + arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
    return data
  }
}
