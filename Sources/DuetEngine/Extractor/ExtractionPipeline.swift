// Photos to features in the background, on all cores: `for await batch in ExtractionPipeline.run(...)`.
// The work runs on Dispatch threads at utility priority, never on Swift's cooperative pool; the consumer may be on
// the main thread, since it only waits.

import Foundation
import Synchronization

public enum ExtractionPipeline {
  /// What became of one source.
  public struct Outcome: Sendable {
    public enum Result: Sendable {
      /// `features` is nil where there was no extractor, or where they are known already.
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
  ///
  /// A worker takes one photo all the way (decode, copy, thumbnail, features), so all stages are under way at once,
  /// and the memory of a stage is needed once a worker: two for a photo's bytes and its shrunk pixels.
  ///
  /// - Parameter known: whether there are features for the copy with this content hash, so that they need not be
  ///   computed. Asked on the worker's thread. A photo that comes twice in one run is looked at once.
  public static func run(
    _ sources: [PhotoSource], extractor: FeatureExtractor?,
    workers: Int = ProcessInfo.processInfo.activeProcessorCount,
    known: @escaping @Sendable (String) -> Bool = { _ in false }
  ) -> AsyncStream<[Outcome]> {
    let features = FeaturesByContent()
    return batches(
      of: ExtractionRun(count: sources.count, workers: workers) { index in
        outcome(of: sources[index], index: index) { photo, pixels in
          guard let extractor, !known(photo.contentHash) else { return nil }
          return try features.of(photo.contentHash) { try extractor.features(ofCrop: extractor.preprocess(pixels)) }
        }
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

  private static func outcome(
    of source: PhotoSource, index: Int, features: (ImportedPhoto, RGBImage) throws -> [Float]?
  ) -> Outcome {
    do {
      let (photo, pixels) = try PhotoImporter.prepare(source)
      return Outcome(index: index, result: .imported(photo, features: try features(photo, pixels)))
    } catch {
      let reason = (error as? PhotoError)?.message ?? (error as? ExtractorError)?.message ?? String(describing: error)
      return Outcome(index: index, result: .refused(RefusedPhoto(name: source.name, reason: reason)))
    }
  }
}

/// The features of one run by content hash: 5 KB a photo, until the run ends.
final class FeaturesByContent: Sendable {
  private final class Entry: Sendable {
    let features = Mutex<[Float]?>(nil)
  }

  private let entries = Mutex<[String: Entry]>([:])

  /// What `compute` gave for `hash`, now or before. Whoever comes while it is being computed waits the few milliseconds.
  func of(_ hash: String, compute: () throws -> [Float]) throws -> [Float] {
    let entry = entries.withLock { entries in
      let entry = entries[hash] ?? Entry()
      entries[hash] = entry
      return entry
    }
    return try entry.features.withLock { features in
      if let features { return features }
      let computed = try compute()
      features = computed
      return computed
    }
  }
}

/// Ends a run when nobody holds its stream any more.
private final class ExtractionLease: Sendable {
  let run: ExtractionRun
  init(_ run: ExtractionRun) { self.run = run }
  deinit { run.cancel() }
}
