// From a file's tensors to layers: reads a convolution with its batch normalisation and makes one layer of both.
// A value that lives while weights are loaded; any thread.

import Foundation

/// Loads layers from a weights file.
///
/// In inference, normalisation is `gamma * (x - mean) / sqrt(variance + epsilon) + beta`, which a convolution
/// without bias absorbs: weights are multiplied by `gamma / sqrt(variance + epsilon)` for each output channel,
/// and the bias becomes `beta - mean * gamma / sqrt(variance + epsilon)` (computed in 64 bits).
struct LayerLoader {
  let file: SafeTensors
  let epsilon: Double
  let instructionSet: InstructionSet

  struct Folded {
    /// [outputs, rest], as in the file.
    let weights: [Float]
    let bias: [Float]
  }

  func folded(_ names: NetworkDescription.Convolution, shape: [Int]) throws -> Folded {
    let outputs = shape[0]
    var weights = try finite(names.weight, shape)
    let gamma = try finite("\(names.norm).weight", [outputs])
    let beta = try finite("\(names.norm).bias", [outputs])
    let mean = try finite("\(names.norm).running_mean", [outputs])
    let variance = try finite("\(names.norm).running_var", [outputs])
    var bias = [Float](repeating: 0, count: outputs)
    let length = weights.count / outputs
    for output in 0..<outputs {
      let spread = Double(variance[output]) + epsilon
      guard spread > 0 else {
        throw SafeTensorsError.notFinite(file: file.fileName, tensor: "\(names.norm).running_var")
      }
      let scale = Double(gamma[output]) / spread.squareRoot()
      for index in output * length..<(output + 1) * length { weights[index] = Float(Double(weights[index]) * scale) }
      bias[output] = Float(Double(beta[output]) - Double(mean[output]) * scale)
    }
    return Folded(weights: weights, bias: bias)
  }

  /// A 1x1 convolution.
  ///
  /// - Parameters:
  ///   - inputs, outputs: channels as in the file.
  ///   - widerInputs, widerOutputs: whether the layer has whole vectors of them, as the wide map of a block does; what
  ///     is added has zeros for weights.
  func product(
    _ names: NetworkDescription.Convolution, inputs: Int, outputs: Int, widerInputs: Bool = false,
    widerOutputs: Bool = false
  ) throws -> ProductLayer {
    let layer = try folded(names, shape: [outputs, inputs, 1, 1])
    let rows = widerInputs ? instructionSet.padded(inputs) : inputs
    let columns = widerOutputs ? instructionSet.padded(outputs) : outputs
    var weights = [Float](repeating: 0, count: rows * columns)
    for output in 0..<outputs {
      for input in 0..<inputs { weights[input * columns + output] = layer.weights[output * inputs + input] }
    }
    return ProductLayer(
      inputs: rows, outputs: columns, weights: weights,
      bias: layer.bias + [Float](repeating: 0, count: columns - outputs), instructionSet: instructionSet)
  }

  /// What stands for the expansion of a block that has none: channels pass, into whole vectors.
  func identity(channels: Int) -> ProductLayer {
    let columns = instructionSet.padded(channels)
    var weights = [Float](repeating: 0, count: channels * columns)
    for channel in 0..<channels { weights[channel * columns + channel] = 1 }
    return ProductLayer(
      inputs: channels, outputs: columns, weights: weights, bias: [Float](repeating: 0, count: columns),
      instructionSet: instructionSet)
  }

  /// A 3x3 convolution of RGB as a product of 27 inputs in the order (y, x, channel).
  func stem(
    _ names: NetworkDescription.Convolution, outputs: Int, widerOutputs: Bool
  ) throws -> ProductLayer {
    let layer = try folded(names, shape: [outputs, 3, 3, 3])
    let columns = widerOutputs ? instructionSet.padded(outputs) : outputs
    var weights = [Float](repeating: 0, count: 27 * columns)
    for output in 0..<outputs {
      for channel in 0..<3 {
        for tap in 0..<9 {
          weights[(tap * 3 + channel) * columns + output] = layer.weights[(output * 3 + channel) * 9 + tap]
        }
      }
    }
    return ProductLayer(
      inputs: 27, outputs: columns, weights: weights,
      bias: layer.bias + [Float](repeating: 0, count: columns - outputs), instructionSet: instructionSet)
  }

  func depthwise(
    _ names: NetworkDescription.Convolution, kernel: Int, stride: Int, channels: Int
  ) throws -> DepthwiseLayer {
    let layer = try folded(names, shape: [channels, 1, kernel, kernel])
    let taps = kernel * kernel
    var weights = [Float](repeating: 0, count: taps * channels)
    for channel in 0..<channels {
      for tap in 0..<taps { weights[tap * channels + channel] = layer.weights[channel * taps + tap] }
    }
    return DepthwiseLayer(
      kernel: kernel, stride: stride, channels: channels, weights: weights, bias: layer.bias,
      instructionSet: instructionSet)
  }

  private func finite(_ name: String, _ shape: [Int]) throws -> [Float] {
    let numbers = try file.floats(name, shape: shape)
    guard numbers.allSatisfy(\.isFinite) else {
      throw SafeTensorsError.notFinite(file: file.fileName, tensor: name)
    }
    return numbers
  }
}
