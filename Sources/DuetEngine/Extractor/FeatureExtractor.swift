// A loaded network that turns photos into features. Shared by all threads: weights are frozen, and every call
// takes its own scratch memory from a small pool and puts it back.

import Foundation
import Synchronization

/// A frozen ImageNet network: a photo in, 1,280 floats out.
public final class FeatureExtractor: Sendable {
  public let id: ExtractorID
  /// The vector instructions that it runs on.
  public let instructionSet: InstructionSet
  private let network: Network
  /// Scratch memory that no call uses at the moment, by number of threads.
  private let pool = Mutex<[Int: [NetworkScratch]]>([:])

  /// Reads weights.
  ///
  /// - Parameters:
  ///   - weights: a .safetensors file with the tensor names of PyTorch.
  ///   - instructionSet: the widest that this processor has; tests force others.
  /// - Throws: `ExtractorError` that names the file and what is wrong with it.
  public init(_ id: ExtractorID, weights: URL, instructionSet: InstructionSet = .best) throws {
    self.id = id
    self.instructionSet = instructionSet
    do {
      let file = try SafeTensors(contentsOf: weights)
      network = try Network(NetworkDescription.of(id), weights: file, instructionSet: instructionSet)
    } catch let error as SafeTensorsError {
      throw ExtractorError.badWeights(id, error)
    }
  }

  /// Features of a JPEG copy as made by `PhotoImporter`: decode, resize, crop, forward.
  ///
  /// - Parameter threads: as in `features(ofCrop:threads:)`.
  /// - Throws: `PhotoError` where the bytes are no picture.
  public func features(ofCopy copy: Data, name: String, threads: Int = 1) throws -> [Float] {
    try features(ofCrop: preprocess(PhotoDecoder.decode(copy, name: name, maxSide: nil)), threads: threads)
  }

  /// The crop that the network sees: the short side resized to 256, antialiased, then the middle 224 x 224.
  ///
  /// - Returns: [224, 224, 3] bytes, RGB.
  public func preprocess(_ image: RGBImage) -> [UInt8] {
    image.centreCrop(
      side: network.description.side, shortSide: Self.shortSide, filter: network.description.resizeFilter)
  }

  /// Features of one exact 224 x 224 x 3 RGB crop.
  ///
  /// - Parameter threads: how many threads work on the photo together. One is best for sets, with a photo a thread;
  ///   `allThreads` is best for a single photo. The features have the same bits for any number.
  /// - Throws: `ExtractorError.wrongCrop` where there are not 150,528 bytes.
  public func features(ofCrop crop: [UInt8], threads: Int = 1) throws -> [Float] {
    guard crop.count == network.description.side * network.description.side * 3 else {
      throw ExtractorError.wrongCrop(count: crop.count)
    }
    let threads = min(max(1, threads), Self.mostThreads)
    let scratch = pool.withLock { $0[threads]?.popLast() } ?? network.makeScratch(threads: threads)
    defer { pool.withLock { $0[threads, default: []].append(scratch) } }
    return network.features(ofCrop: crop, scratch: scratch)
  }

  /// One thread a core of this computer, as many as one photo can keep busy.
  public static var allThreads: Int { min(ProcessInfo.processInfo.activeProcessorCount, mostThreads) }

  /// The last maps have 49 pixels; with more threads there is less to do than to wait for.
  private static let mostThreads = 16
  /// Pixels of the short side before the crop.
  private static let shortSide = 256
}
