// Photos of the command line through the engine's pipeline: decoded, shrunk, and turned into features.
// Any thread; the pipeline works on all cores.

import DuetEngine
import Foundation

enum PhotoFeatures {
  enum Outcome: Sendable {
    case features([Float])
    /// Why the photo was not taken, in words.
    case refused(String)
  }

  /// One outcome a photo, in the order of `files`; refused photos are reported as they come.
  static func extract(_ files: [URL], with extractor: FeatureExtractor, console: Console) async -> [Outcome] {
    var outcomes = [Outcome](
      repeating: .refused(L("The photo was not looked at. Try it again.")), count: files.count)
    var done = 0
    let sources = files.map(PhotoSource.file)
    let workers = ProcessInfo.processInfo.activeProcessorCount
    for await batch in ExtractionPipeline.run(sources, extractor: extractor, workers: workers) {
      for outcome in batch {
        switch outcome.result {
        case .imported(_, let features?):
          outcomes[outcome.index] = .features(features)
        case .imported(let photo, nil):
          let reason = L("“{name}” could not be looked at. Try it again.", ["name": photo.name])
          outcomes[outcome.index] = .refused(reason)
          console.report(reason)
        case .refused(let photo):
          outcomes[outcome.index] = .refused(photo.reason)
          console.report(photo.reason)
        }
      }
      done += batch.count
      console.progress(L("Looking at photos"), done, of: files.count)
    }
    return outcomes
  }
}
