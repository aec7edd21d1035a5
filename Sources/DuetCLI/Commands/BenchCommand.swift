// `duet bench`: how fast this machine decodes photos, looks at them, and trains. Any thread but the main one.
// Everything is measured on data made from fixed seeds, in a folder of its own that is removed at the end; nothing is
// fetched. With --serve it takes times on request instead (BenchService).

import DuetEngine
import Foundation

struct BenchCommand: Command {
  static let syntax = CommandSyntax(
    "bench", L("Measure the speed of this computer"),
    options: [
      .extractor,
      Option("weights", "FILE", L("Weights to use instead of the installed ones")),
      Option(flag: "serve", L("Answer requests for times on standard input, for comparisons with other programs")),
    ])

  struct Result: Encodable, Equatable {
    var images_per_second: [String: Double] = [:]
    var train_ms: [String: Double] = [:]
    /// Decoding alone: whole, and as an import does it.
    var decode_ms: [String: Double] = [:]
    /// What one thread reaches of what one core could do, 0...1; nil without weights, as the two below.
    var share_of_peak: Double?
    /// 10^9 floating-point operations: a second at the peak, and for one photo.
    var peak_gflops: Double?
    var gflop_per_image: Double?
    var extractor: String?
    var isa: String?
    var threads: Int?
  }

  private let id: ExtractorID
  private let weights: URL?
  private let serves: Bool

  /// Seconds that each rate is measured for, after one round to warm up.
  private static let duration = 2.0
  private static let categories = 10
  /// Trainings are repeated so often, or for so many seconds, whichever ends first.
  private static let trainings = 9
  private static let trainingSeconds = 6.0
  /// The photos that are decoded and imported.
  private static let sizes = [
    "jpeg_12mp": (width: 4032, height: 3024, count: 8), "jpeg_640x480": (width: 640, height: 480, count: 64),
  ]

  init(_ arguments: ParsedArguments) throws {
    id = try arguments.extractor() ?? .standard
    weights = arguments.file("weights")
    serves = arguments.has("serve")
  }

  func run(_ console: Console) async throws -> CommandResult {
    guard !serves else { return try await BenchService().run(console) }
    var result = Result()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duet-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let photos = try Self.makePhotos(in: folder)
    try Self.decode(photos, into: &result)
    var isComplete = true
    do {
      let extractor = try weights.map { try FeatureExtractor(id, weights: $0) } ?? ExtractorStore.load(id)
      try Self.extract(extractor, into: &result)
      try await Self.travel(photos, extractor, into: &result)
    } catch let error as ExtractorError {
      console.report(error.message)
      isComplete = false
    }
    for count in [500, 5000] {
      let set = SyntheticFeatures.trainingSet(photos: count, categories: Self.categories, seed: 3)
      let times = try JobTimes.measure(seconds: Self.trainingSeconds, limit: Self.trainings) {
        _ = try Trainer.train(set)
      }
      result.train_ms["\(count)_photos_\(Self.categories)_categories"] = times.median * 1000
    }
    return CommandResult(json: result, text: Self.text(result), isComplete: isComplete)
  }

  /// The photos as files, by the names of `sizes`.
  ///
  /// All are different: an import looks only once at photos that are the same.
  private static func makePhotos(in folder: URL) throws -> [String: [URL]] {
    var photos: [String: [URL]] = [:]
    for (name, size) in sizes {
      photos[name] = try (0..<size.count).map { number in
        let file = folder.appendingPathComponent("\(name)-\(number).jpg")
        try SyntheticPicture.photo(width: size.width, height: size.height, seed: UInt64(number + 1)).write(to: file)
        return file
      }
    }
    return photos
  }

  private static func decode(_ photos: [String: [URL]], into result: inout Result) throws {
    for (name, files) in photos {
      let data = try Data(contentsOf: files[0])
      for (form, side) in [("whole", nil), ("for_import", PhotoImporter.copySide)] {
        let times = try JobTimes.measure(seconds: duration / 2) {
          _ = try PhotoDecoder.decode(data, name: name, maxSide: side)
        }
        result.decode_ms["\(name)_\(form)"] = times.median * 1000
      }
    }
  }

  private static func extract(_ extractor: FeatureExtractor, into result: inout Result) throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let crops = (0..<32).map { SyntheticPicture.crop(seed: UInt64($0)) }
    func rate(_ crops: [[UInt8]], threads: Int) throws -> Double {
      Double(crops.count) / (try JobTimes.measure(seconds: duration) {
        try BenchJob.extract(crops, extractor, threads: threads)
      }).median
    }
    result.images_per_second["extract_1_thread"] = try rate(crops, threads: 1)
    result.images_per_second["extract_all_threads"] = try rate(crops, threads: cores)
    result.images_per_second["extract_single_photo_all_threads"] = try rate([crops[0]], threads: cores)
    let (share, peak) = try BenchJob.shareOfPeak(crops[0], extractor)
    result.share_of_peak = share
    result.peak_gflops = peak / 1e9
    result.gflop_per_image = extractor.operationsPerCrop / 1e9
    result.extractor = extractor.id.rawValue
    result.isa = extractor.instructionSet.rawValue
    result.threads = cores
  }

  /// The whole way: files to features alone, and the import with its copies and thumbnails.
  private static func travel(
    _ photos: [String: [URL]], _ extractor: FeatureExtractor, into result: inout Result
  ) async throws {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    for (name, files) in photos {
      for (form, threads) in [("1_thread", 1), ("all_threads", cores)] {
        let times = try JobTimes.measure(seconds: duration / 2) {
          try BenchJob.look(files, extractor, threads: threads)
        }
        result.images_per_second["\(name)_to_features_\(form)"] = Double(files.count) / times.median
      }
      if let rate = await BenchJob.importRate(files, extractor, workers: cores) {
        result.images_per_second["\(name)_import_all_threads"] = rate
      }
    }
  }

  private static func text(_ result: Result) -> String {
    func lines(_ values: [String: Double], _ unit: String) -> [String] {
      values.sorted { $0.key < $1.key }.map { name, value in
        TerminalText.padded(name, to: 40) + String(format: "%10.2f ", value) + unit
      }
    }
    var text = lines(result.images_per_second, L("photos a second"))
    text += lines(result.decode_ms, L("ms to decode"))
    text += lines(result.train_ms, L("ms to train"))
    if let share = result.share_of_peak, let peak = result.peak_gflops {
      text.append(
        L("One thread reaches {share} percent of the {peak} billion operations a second that a core can do.",
          ["share": Int((share * 100).rounded()), "peak": Int(peak.rounded())]))
    }
    return text.joined(separator: "\n")
  }
}
