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
  private let pool = Mutex<[PooledScratch]>([])

  // Sendable by hand: a scratch memory is either in the pool, where nobody touches it, or with exactly one call.
  private struct PooledScratch: @unchecked Sendable {
    let scratch: NetworkScratch
  }

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
  /// - Throws: `PhotoError` where the bytes are no picture.
  public func features(ofCopy copy: Data, name: String) throws -> [Float] {
    try features(ofCrop: preprocess(PhotoDecoder.decode(copy, name: name, maxSide: nil)))
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
  /// - Throws: `ExtractorError.wrongCrop` where there are not 150,528 bytes.
  public func features(ofCrop crop: [UInt8]) throws -> [Float] {
    guard crop.count == network.description.side * network.description.side * 3 else {
      throw ExtractorError.wrongCrop(count: crop.count)
    }
    let pooled = pool.withLock { $0.popLast() } ?? PooledScratch(scratch: network.makeScratch())
    defer { pool.withLock { $0.append(pooled) } }
    return network.features(ofCrop: crop, scratch: pooled.scratch)
  }

  /// Pixels of the short side before the crop.
  private static let shortSide = 256
}
