// Photos to features in the background, on all cores: `for await batch in ExtractionPipeline.run(...)`.
// The work runs on Dispatch threads at utility priority, never on Swift's cooperative pool; the consumer may be on
// the main thread, since it only waits.

import Foundation
import Synchronization

public enum ExtractionPipeline {
  /// What became of one source.
  public struct Outcome: Sendable {
    public enum Result: Sendable {
      /// `features` is nil where there was no extractor.
      case imported(ImportedPhoto, features: [Float]?)
      case refused(RefusedPhoto)
    }

    /// Its place in the sources.
    public let index: Int
    public let result: Result
  }

  /// Imports `sources` and computes their features.
  ///
  /// Batches hold up to 16 outcomes, or those of a tenth of a second, in the order of the sources, each exactly once.
  /// Only a few dozen photos are ahead of the consumer: who takes no batch stops the work. Leaving the loop or
  /// cancelling its task stops it too, after the photos that are being worked on at that moment.
  public static func run(
    _ sources: [PhotoSource], extractor: FeatureExtractor?, workers: Int = ProcessInfo.processInfo.activeProcessorCount
  ) -> AsyncStream<[Outcome]> {
    batches(
      of: ExtractionRun(count: sources.count, workers: workers) {
        outcome(of: sources[$0], index: $0, extractor: extractor)
      })
  }

  /// A run as a stream that ends it when it is dropped.
  static func batches(of run: ExtractionRun) -> AsyncStream<[Outcome]> {
    let lease = ExtractionLease(run)
    return AsyncStream(unfolding: { await lease.run.next() }, onCancel: { run.cancel() })
  }

  /// Features of copies that are in a project already, by content hash, on all cores; blocks until they are there.
  /// Copies that cannot be decoded are left out.
  public static func extract(copies: [(String, Data)], extractor: FeatureExtractor) -> [String: [Float]] {
    let features = Mutex<[String: [Float]]>([:])
    DispatchQueue.concurrentPerform(iterations: copies.count) { index in
      let (hash, copy) = copies[index]
      guard let vector = try? extractor.features(ofCopy: copy, name: hash) else { return }
      features.withLock { $0[hash] = vector }
    }
    return features.withLock { $0 }
  }

  private static func outcome(of source: PhotoSource, index: Int, extractor: FeatureExtractor?) -> Outcome {
    do {
      let photo = try PhotoImporter.load(source)
      let features = try extractor?.features(ofCopy: photo.copy, name: photo.name)
      return Outcome(index: index, result: .imported(photo, features: features))
    } catch {
      let reason = (error as? PhotoError)?.message ?? (error as? ExtractorError)?.message ?? String(describing: error)
      return Outcome(index: index, result: .refused(RefusedPhoto(name: source.name, reason: reason)))
    }
  }
}

/// Ends a run when nobody holds its stream any more.
private final class ExtractionLease: Sendable {
  let run: ExtractionRun
  init(_ run: ExtractionRun) { self.run = run }
  deinit { run.cancel() }
}
