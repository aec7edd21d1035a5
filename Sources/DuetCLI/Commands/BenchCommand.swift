// `duet bench`: how fast this machine decodes photos, looks at them, and trains. Any thread.
// Everything is measured on data made from a fixed seed, so that two machines do the same work.

import DuetEngine
import Foundation

struct BenchCommand: Command {
  static let syntax = CommandSyntax("bench", L("Measure the speed of this computer"))

  struct Result: Encodable, Equatable {
    let images_per_second: [String: Double]
    let train_ms: [String: Double]
  }

  /// Seconds that each rate is measured for, after one round to warm up.
  private static let duration = 2.0
  private static let photos = 500
  private static let categories = 10
  private static let trainings = 5

  init(_ arguments: ParsedArguments) {}

  func run(_ console: Console) async throws -> CommandResult {
    var rates: [String: Double] = [:]
    var isComplete = true
    let picture = SyntheticPicture.bitmap(width: 1600, height: 1200, seed: 1)
    let photo = try PhotoImporter.load(.data(picture, name: "bench.bmp"))
    let source = PhotoSource.data(photo.copy, name: "bench.jpg")
    rates["import_1_thread"] = try Self.rate { _ = try PhotoImporter.load(source) }
    do {
      let extractor = try ExtractorStore.load(.standard)
      let crop = SyntheticPicture.crop(seed: 2)
      rates["extract_1_thread"] = try Self.rate { _ = try extractor.features(ofCrop: crop) }
      let cores = ProcessInfo.processInfo.activeProcessorCount
      rates["extract_all_threads"] = try await Self.parallelRate(cores) { _ = try extractor.features(ofCrop: crop) }
      rates["import_and_extract_all_threads"] = await Self.pipelineRate(source, extractor, cores)
    } catch let error as ExtractorError {
      console.report(error.message)
      isComplete = false
    }
    let milliseconds = try Self.trainingMilliseconds()
    let result = Result(
      images_per_second: rates, train_ms: ["\(Self.photos)_photos_\(Self.categories)_categories": milliseconds])
    let lines = (rates.sorted { $0.key < $1.key } + result.train_ms.map { $0 }).map { name, value in
      TerminalText.padded(name, to: 34) + String(format: "%.1f", value)
        + (rates[name] != nil ? L(" photos a second") : L(" ms to train"))
    }
    return CommandResult(json: result, text: lines.joined(separator: "\n"), isComplete: isComplete)
  }

  /// Calls a second on this thread.
  private static func rate(_ work: () throws -> Void) rethrows -> Double {
    try work()
    let clock = ContinuousClock()
    let start = clock.now
    var calls = 0
    while (clock.now - start) / .seconds(1) < duration {
      try work()
      calls += 1
    }
    return Double(calls) / ((clock.now - start) / .seconds(1))
  }

  /// Calls a second of `threads` tasks at once.
  private static func parallelRate(
    _ threads: Int, _ work: @escaping @Sendable () throws -> Void
  ) async throws -> Double {
    try await withThrowingTaskGroup(of: Double.self) { group in
      for _ in 0..<threads { group.addTask { try rate(work) } }
      return try await group.reduce(0, +)
    }
  }

  /// Photos a second through the whole way of a photo: decode, shrink, copy, look.
  private static func pipelineRate(_ source: PhotoSource, _ extractor: FeatureExtractor, _ cores: Int) async -> Double {
    let sources = [PhotoSource](repeating: source, count: 64)
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    for await batch in ExtractionPipeline.run(sources, extractor: extractor, workers: cores) { count += batch.count }
    return Double(count) / ((clock.now - start) / .seconds(1))
  }

  /// The median of several trainings, calibration included.
  private static func trainingMilliseconds() throws -> Double {
    var random = SplitMix64(seed: 3)
    let dimension = ExtractorID.dimension
    let centres = (0..<categories * dimension).map { _ in Float.random(in: 0...0.6, using: &random) }
    let labels = (0..<photos).map { $0 % categories }
    let features = labels.flatMap { label in
      (0..<dimension).map { max(0, centres[label * dimension + $0] + Float.random(in: -1...1, using: &random)) }
    }
    let set = TrainingSet(
      categories: (1...categories).map { CategoryID(Int64($0)) }, photos: labels.indices.map { PhotoID(Int64($0)) },
      labels: labels, features: features, dimension: dimension)
    let clock = ContinuousClock()
    let times = try (0..<trainings).map { _ in
      let start = clock.now
      _ = try Trainer.train(set)
      return (clock.now - start) / .milliseconds(1)
    }
    return times.sorted()[trainings / 2]
  }
}

/// Pictures from a seed: smooth shapes and noise, so that a JPEG of them is neither empty nor all noise.
enum SyntheticPicture {
  /// A 24-bit BMP file.
  static func bitmap(width: Int, height: Int, seed: UInt64) -> Data {
    let stride = (width * 3 + 3) / 4 * 4
    var header = Data("BM".utf8)
    func put(_ value: Int, _ bytes: Int) {
      let number = UInt32(truncatingIfNeeded: value).littleEndian
      withUnsafeBytes(of: number) { header.append(contentsOf: $0.prefix(bytes)) }
    }
    put(54 + stride * height, 4)
    put(0, 4)
    put(54, 4)
    put(40, 4)
    put(width, 4)
    put(height, 4)
    put(1, 2)
    put(24, 2)
    for _ in 0..<6 { put(0, 4) }
    var random = SplitMix64(seed: seed)
    var pixels = [UInt8](repeating: 0, count: stride * height)
    for y in 0..<height {
      for x in 0..<width {
        let noise = Int(random.next() & 15)
        let shape = (x / 97 + y / 61) % 3 * 60
        pixels[y * stride + x * 3] = UInt8(x * 120 / width + noise)
        pixels[y * stride + x * 3 + 1] = UInt8(y * 120 / height + noise)
        pixels[y * stride + x * 3 + 2] = UInt8(shape + noise)
      }
    }
    return header + Data(pixels)
  }

  /// 224 x 224 x 3 bytes.
  static func crop(seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    return (0..<224 * 224 * 3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }
}
