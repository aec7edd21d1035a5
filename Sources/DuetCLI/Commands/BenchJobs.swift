// The jobs whose times `duet bench` takes, each a part of a photo's way: one definition for the command itself and
// for the comparison with other programs. Any thread but the main one: they decode and compute.

import DuetEngine
import Foundation

enum BenchJob {
  /// Features of `crops`. A set of crops runs one crop a thread; a single crop has all threads for itself.
  static func extract(_ crops: [[UInt8]], _ extractor: FeatureExtractor, threads: Int) throws {
    guard crops.count > 1 else {
      _ = try extractor.features(ofCrop: crops[0], threads: threads)
      return
    }
    try WorkerTeam.run(items: crops.count, threads: threads) { _ = try extractor.features(ofCrop: crops[$0]) }
  }

  /// From files to features, one photo a thread: read, decode (shrunk while decoding), resize, look.
  static func look(_ files: [URL], _ extractor: FeatureExtractor, threads: Int) throws {
    try WorkerTeam.run(items: files.count, threads: threads) { index in
      let data = try Data(contentsOf: files[index])
      let image = try PhotoDecoder.decode(
        data, name: files[index].lastPathComponent, maxSide: PhotoImporter.copySide)
      _ = try extractor.features(ofCrop: extractor.preprocess(image))
    }
  }

  /// Photos a second of the whole import: files to copies, thumbnails and features.
  /// - Returns: nil where a photo was refused.
  static func importRate(_ files: [URL], _ extractor: FeatureExtractor, workers: Int) async -> Double? {
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    for await batch in ExtractionPipeline.run(files.map(PhotoSource.file), extractor: extractor, workers: workers) {
      for outcome in batch {
        if case .imported = outcome.result { count += 1 }
      }
    }
    return count == files.count ? Double(count) / ((clock.now - start) / .seconds(1)) : nil
  }

  /// The share of the measured peak that one thread reaches: both are measured in turns, and the median of the
  /// rounds counts, so that a change of the clock rate meets both.
  static func shareOfPeak(
    _ crop: [UInt8], _ extractor: FeatureExtractor, rounds: Int = 7
  ) throws -> (share: Double, peak: Double) {
    var shares: [Double] = []
    var peaks: [Double] = []
    for _ in 0..<rounds {
      let peak = extractor.instructionSet.measuredPeak()
      let time = try JobTimes.measure(seconds: 0.15) { _ = try extractor.features(ofCrop: crop) }
      peaks.append(peak)
      shares.append(extractor.operationsPerCrop / time.median / peak)
    }
    return (shares.sorted()[rounds / 2], peaks.sorted()[rounds / 2])
  }
}
