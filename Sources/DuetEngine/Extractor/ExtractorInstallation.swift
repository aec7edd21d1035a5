// Installing weights: from a file, or from where torchvision publishes them. Whole or not at all: everything
// happens in a hidden folder beside the target, is loaded once as a proof, and then moves with one rename.
// The blocking parts run on a Dispatch queue; the caller may be on any thread.

import Foundation

extension ExtractorStore {
  private static let queue = DispatchQueue(label: "duetml.extractor.install", qos: .userInitiated)

  /// Installs the weights of `id` into `installDirectory`.
  ///
  /// - Parameters:
  ///   - id: which network.
  ///   - file: a .safetensors file, or a PyTorch .pth file, which script/convert-weights turns into one. nil keeps
  ///     what is installed and works; else downloads MobileNetV2 from torchvision (Lite0 comes with script/bootstrap).
  /// - Returns: where the weights are now.
  /// - Throws: `ExtractorError`; nothing is left behind then, and weights that were installed before stay.
  @discardableResult
  public static func install(_ id: ExtractorID, from file: URL? = nil) async throws -> URL {
    try await install(id, from: file, into: installDirectory, download: WeightsDownload.fetch)
  }

  /// As above, with the folder and the download for tests to choose.
  static func install(
    _ id: ExtractorID, from file: URL?, into folder: URL,
    download: @escaping @Sendable (_ id: ExtractorID, _ target: URL) async throws -> Void
  ) async throws -> URL {
    if file == nil {
      if let installed = weights(id), (try? FeatureExtractor(id, weights: installed)) != nil { return installed }
      guard id == .mobileNetV2 else { throw ExtractorError.notInstalled(id) }
    }
    let workshop = folder.appendingPathComponent(".installing-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: workshop, withIntermediateDirectories: true)
    } catch {
      throw ExtractorError.cannotWrite(folder: folder.path)
    }
    defer { try? FileManager.default.removeItem(at: workshop) }
    var source = file
    if source == nil {
      let target = workshop.appendingPathComponent(WeightsDownload.fileName)
      try await download(id, target)
      source = target
    }
    guard let source else { throw ExtractorError.notInstalled(id) }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(with: Result { try place(source, of: id, workshop: workshop, folder: folder) })
      }
    }
  }

  /// Converts, proves and renames.
  private static func place(_ source: URL, of id: ExtractorID, workshop: URL, folder: URL) throws -> URL {
    let name = source.lastPathComponent
    guard FileManager.default.isReadableFile(atPath: source.path) else { throw ExtractorError.unreadable(name: name) }
    // Keeps the name that its owner knows, for messages.
    let ready = workshop.appendingPathComponent(source.deletingPathExtension().lastPathComponent + ".safetensors")
    switch source.pathExtension.lowercased() {
    case "safetensors":
      do { try FileManager.default.copyItem(at: source, to: ready) } catch {
        throw ExtractorError.cannotWrite(folder: folder.path)
      }
    case "pth", "pt": try WeightsConverter.convert(source, to: ready, network: id)
    default: throw ExtractorError.unknownFile(name: name)
    }
    _ = try FeatureExtractor(id, weights: ready)
    let target = folder.appendingPathComponent("\(id.rawValue).safetensors")
    guard rename(ready.path, target.path) == 0 else { throw ExtractorError.cannotWrite(folder: folder.path) }
    return target
  }
}

/// Runs `script/convert-weights IN OUT --network ID`, which needs python3 and nothing else.
enum WeightsConverter {
  static let path = "script/convert-weights"

  static func convert(_ source: URL, to target: URL, network: ExtractorID) throws {
    let name = source.lastPathComponent
    guard let script = script else { throw ExtractorError.noConverter(name: name) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path, source.path, target.path, "--network", network.rawValue]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { throw ExtractorError.noConverter(name: name) }
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, FileManager.default.fileExists(atPath: target.path) else {
      let detail = text.split(separator: "\n").last.map(String.init) ?? ""
      throw ExtractorError.conversionFailed(name: name, detail: String(detail.prefix(300)))
    }
  }

  /// Beside `$DUETML_DATA`, else among the app's own files.
  private static var script: URL? {
    if let data = ProcessInfo.processInfo.environment["DUETML_DATA"] {
      let url = URL(fileURLWithPath: data).deletingLastPathComponent().appendingPathComponent(path)
      if FileManager.default.fileExists(atPath: url.path) { return url }
    }
    return DataFiles.url(path)
  }
}
