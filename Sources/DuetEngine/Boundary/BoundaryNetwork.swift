// The multilayer perceptron of the Boundary page: 2 features, hidden layers of tanh, one logit. A value; any thread.
// Weights and biases lie in one flat array, so that the optimiser needs no shapes. `NetworkPass` computes with it.

import CKernels

/// z = v·h_L + c, h_l = tanh(W_l h_{l-1} + b_l), h_0 the scaled features.
public struct BoundaryNetwork: Sendable, Equatable, Codable {
  /// Features, hidden sizes, 1.
  let sizes: [Int]
  /// Layer by layer: weights [outputs, inputs] row-major, then biases [outputs].
  public internal(set) var parameters: [Double]

  /// Weights are normal with variance 1 / inputs, biases 0.
  init(inputs: Int = 2, hidden: [Int], seed: UInt64) {
    sizes = [inputs] + hidden + [1]
    var random = SplitMix64(seed: seed)
    parameters = []
    for layer in 0..<sizes.count - 1 {
      let spread = 1 / Double(sizes[layer]).squareRoot()
      parameters += (0..<sizes[layer] * sizes[layer + 1]).map { _ in spread * random.normal() }
      parameters += [Double](repeating: 0, count: sizes[layer + 1])
    }
  }

  var layers: Int { sizes.count - 1 }
  var inputs: Int { sizes[0] }

  /// Where the weights of `layer` begin; its biases begin `inputs * outputs` later.
  func weightOffset(_ layer: Int) -> Int {
    (0..<layer).reduce(0) { $0 + sizes[$1] * sizes[$1 + 1] + sizes[$1 + 1] }
  }

  func biasOffset(_ layer: Int) -> Int { weightOffset(layer) + sizes[layer] * sizes[layer + 1] }

  /// Whether shapes and numbers of a network from a file are in order.
  var isSound: Bool {
    sizes.count >= 2 && sizes.count <= BoundarySettings.mostHiddenLayers + 2 && sizes.last == 1
      && sizes.allSatisfy { (1...BoundarySettings.hiddenSizes.upperBound).contains($0) }
      && parameters.count == weightOffset(layers) && parameters.allSatisfy(\.isFinite)
  }

  /// The activation, in place.
  static func tanh(_ values: inout [Double]) { ck_tanh(&values, values.count) }

  /// The logits of `rows` ([count, inputs], scaled features).
  public func logits(_ rows: [Double]) -> [Double] {
    NetworkPass(self, rows: rows, withGradients: false).logits
  }

  /// The logits' gradients with respect to the features, [count, inputs].
  public func inputGradients(_ rows: [Double]) -> [Double] {
    NetworkPass(self, rows: rows, withGradients: true).inputGradients
  }
}
