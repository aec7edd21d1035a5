// `duet bench --serve`: takes times on request, so that a driver can measure this program and others in turns.
// One request a line on standard input, one JSON answer a line on standard output, until the input ends. Requests are
// done one after the other; loaded networks and sets stay in memory, so that only the job itself is measured.

import DuetEngine
import Foundation

/// One line of input.
struct BenchRequest: Decodable, Equatable {
  enum Job: String, Decodable {
    /// Features of `batch` crops out of `file`, tensor `key`, [n, 224, 224, 3] bytes.
    case crops
    /// From each of `paths` to features.
    case photos
    /// A model from `file`: features [n, 1280] and labels [n] (64-bit), calibration included.
    case train
    /// The share of the measured peak that one thread reaches on the first crop.
    case peak
  }

  let job: Job
  /// How long to measure.
  let seconds: Double
  var threads: Int?
  var extractor: String?
  var weights: String?
  var file: String?
  var key: String?
  var batch: Int?
  var paths: [String]?
}

/// Loaded things, by name. One request at a time.
final class BenchService {
  struct Answer: Encodable {
    var times: JobTimes?
    var share: Double?
    var peak: Double?
    var isa: String?
    var error: String?
  }

  private var extractors: [String: FeatureExtractor] = [:]
  private var crops: [String: [[UInt8]]] = [:]
  private var sets: [String: TrainingSet] = [:]

  func run(_ console: Console) async throws -> CommandResult {
    var count = 0
    while let line = readLine() {
      var answer = Answer()
      do {
        answer = try self.answer(to: JSONDecoder().decode(BenchRequest.self, from: Data(line.utf8)))
      } catch let error as DecodingError {
        answer.error = String(describing: error)
      } catch {
        answer.error = FailureText.sentence(for: error)
      }
      console.print(try JSONText.encode(answer))
      count += 1
    }
    return CommandResult(json: ["requests": count], text: LN("{count} request", "{count} requests", count))
  }

  func answer(to request: BenchRequest) throws -> Answer {
    let threads = max(1, request.threads ?? 1)
    switch request.job {
    case .crops:
      let extractor = try extractor(request)
      let crops = Array(try loadCrops(request).prefix(max(1, request.batch ?? 1)))
      let times = try JobTimes.measure(seconds: request.seconds) {
        try BenchJob.extract(crops, extractor, threads: threads)
      }
      return Answer(times: times, isa: extractor.instructionSet.rawValue)
    case .photos:
      let extractor = try extractor(request)
      let files = (request.paths ?? []).map { URL(fileURLWithPath: $0) }
      return Answer(
        times: try JobTimes.measure(seconds: request.seconds) {
          try BenchJob.look(files, extractor, threads: threads)
        })
    case .train:
      let set = try loadSet(request)
      return Answer(times: try JobTimes.measure(seconds: request.seconds) { _ = try Trainer.train(set) })
    case .peak:
      let extractor = try extractor(request)
      let (share, peak) = try BenchJob.shareOfPeak(try loadCrops(request)[0], extractor)
      return Answer(share: share, peak: peak, isa: extractor.instructionSet.rawValue)
    }
  }

  private func extractor(_ request: BenchRequest) throws -> FeatureExtractor {
    let id = try ParsedArguments.extractor(request.extractor ?? ExtractorID.standard.rawValue)
    let name = "\(id.rawValue) \(request.weights ?? "")"
    if let loaded = extractors[name] { return loaded }
    let loaded =
      try request.weights.map { try FeatureExtractor(id, weights: URL(fileURLWithPath: $0)) } ?? ExtractorStore.load(id)
    extractors[name] = loaded
    return loaded
  }

  private func loadCrops(_ request: BenchRequest) throws -> [[UInt8]] {
    let (path, key) = (request.file ?? "", request.key ?? "crops")
    if let loaded = crops["\(path) \(key)"] { return loaded }
    let file = try SafeTensors(contentsOf: URL(fileURLWithPath: path))
    let count = file.entries[key]?.shape.first ?? 1
    let bytes = try file.uint8s(key, shape: [count, 224, 224, 3])
    let size = 224 * 224 * 3
    let loaded = (0..<count).map { Array(bytes[$0 * size..<($0 + 1) * size]) }
    crops["\(path) \(key)"] = loaded
    return loaded
  }

  private func loadSet(_ request: BenchRequest) throws -> TrainingSet {
    let path = request.file ?? ""
    if let loaded = sets[path] { return loaded }
    let file = try SafeTensors(contentsOf: URL(fileURLWithPath: path))
    let count = file.entries["features"]?.shape.first ?? 1
    let labels = try file.int64s("labels", shape: [count]).map { Int($0) }
    guard let most = labels.max(), labels.allSatisfy({ $0 >= 0 }), most < 1000 else {
      throw CommandFailure(L("The labels in {file} are not 0, 1, 2 and so on.", ["file": path]))
    }
    let loaded = SyntheticFeatures.trainingSet(
      features: try file.floats("features", shape: [count, ExtractorID.dimension]), labels: labels,
      categories: most + 1)
    sets[path] = loaded
    return loaded
  }
}
