// A one-vs-one support vector classifier without its calibration: all pairs over one kernel. A value; any thread.

import Foundation

/// Machines for the pairs (0,1), (0,2), ..., (1,2), ... over the kernel `exp(-gamma |x - y|^2)`.
struct SupportVectorMachines: Sendable, Equatable {
  /// Width of the kernel.
  let gamma: Double
  let pairs: [PairwiseClassifier]
  /// `|x|^2` of every training row, derived.
  let squaredNorms: [Float]

  init(gamma: Double, pairs: [PairwiseClassifier], features: [Float], dimension: Int) {
    self.gamma = gamma
    self.pairs = pairs
    squaredNorms = stride(from: 0, to: features.count, by: dimension).map { start in
      Float(features[start..<start + dimension].reduce(0.0) { $0 + Double($1) * Double($1) })
    }
  }

  /// Decision values of all pairs; positive for the first category.
  /// - Parameter dots: dot products of the photo with every training row.
  /// - Parameter squaredNorm: of the photo.
  func decisions(dots: [Float], squaredNorm: Double, starts: [Int]) -> [Double] {
    let kernel = zip(dots, squaredNorms).map { dot, own in
      Float(exp(-gamma * max(0, squaredNorm + Double(own) - 2 * Double(dot))))
    }
    return kernel.withUnsafeBufferPointer { kernel in pairs.map { $0.decision(kernel: kernel, starts: starts) } }
  }
}
