// A network of inverted residuals in plain loops and 64 bits, written without looking at the engine's: the reference
// for networks that no file of PyTorch results exists for. And random weights for them. Values; any thread.

import Foundation

@testable import DuetEngine

/// Weights under the names and shapes of a description, sized so that values neither vanish nor all saturate.
struct RandomWeights {
  private var tensors: [String: Tensor] = [:]

  init(_ network: NetworkDescription, seed: UInt64) {
    var numbers = TestNumbers(seed: seed)
    func add(_ names: NetworkDescription.Convolution, _ shape: [Int], to tensors: inout [String: Tensor]) {
      let inputs = shape[1...].reduce(1, *)
      let scale = (3 / Float(inputs)).squareRoot()
      tensors[names.weight] = Tensor(numbers.next(shape[0] * inputs).map { $0 * scale }, shape: shape)
      let norms: [(String, (Float) -> Float)] = [
        ("weight", { 1.2 + 0.4 * $0 }), ("bias", { 0.3 * $0 }), ("running_mean", { 0.2 * $0 }),
        ("running_var", { 0.8 + 0.4 * $0 }),
      ]
      for (part, value) in norms {
        tensors["\(names.norm).\(part)"] = Tensor(numbers.next(shape[0]).map(value), shape: [shape[0]])
      }
    }
    add(network.stem, [network.stemOutputs, 3, 3, 3], to: &tensors)
    for block in network.blocks {
      if let expand = block.expand { add(expand, [block.hidden, block.inputs, 1, 1], to: &tensors) }
      add(block.depthwise, [block.hidden, 1, block.kernel, block.kernel], to: &tensors)
      add(block.project, [block.outputs, block.hidden, 1, 1], to: &tensors)
    }
    add(network.head, [network.features, network.blocks.last?.outputs ?? 0, 1, 1], to: &tensors)
  }

  func file() throws -> SafeTensors { try SafeTensors(SafeTensors.encode(tensors), fileName: "random") }
}

struct PlainNetwork {
  private let network: NetworkDescription
  private let weights: SafeTensors

  init(_ network: NetworkDescription, weights: SafeTensors) {
    self.network = network
    self.weights = weights
  }

  /// [side, side, channels].
  private struct Map {
    let side: Int
    let channels: Int
    var values: [Double]
  }

  /// Convolution, normalisation, and ReLU6 if asked for.
  private func layer(
    _ map: Map, _ names: NetworkDescription.Convolution, kernel: Int = 1, stride: Int = 1, outputs: Int,
    isDepthwise: Bool = false, relu6: Bool
  ) throws -> Map {
    let weight = try weights.doubles(names.weight)
    let gamma = try weights.doubles("\(names.norm).weight")
    let beta = try weights.doubles("\(names.norm).bias")
    let mean = try weights.doubles("\(names.norm).running_mean")
    let variance = try weights.doubles("\(names.norm).running_var")
    let side = (map.side + stride - 1) / stride
    let zeros: Int
    switch network.padding {
    case .symmetric: zeros = (kernel - 1) / 2
    case .tensorFlowSame: zeros = max(0, (side - 1) * stride + kernel - map.side) / 2
    }
    let inputs = isDepthwise ? 1 : map.channels
    var result = Map(side: side, channels: outputs, values: [])
    result.values.reserveCapacity(side * side * outputs)
    for y in 0..<side {
      for x in 0..<side {
        for n in 0..<outputs {
          var sum = 0.0
          for i in 0..<kernel {
            let row = y * stride + i - zeros
            guard row >= 0, row < map.side else { continue }
            for j in 0..<kernel {
              let column = x * stride + j - zeros
              guard column >= 0, column < map.side else { continue }
              let pixel = (row * map.side + column) * map.channels
              for k in 0..<inputs {
                sum += weight[((n * inputs + k) * kernel + i) * kernel + j]
                  * map.values[pixel + (isDepthwise ? n : k)]
              }
            }
          }
          let value = gamma[n] * (sum - mean[n]) / (variance[n] + network.batchNormEpsilon).squareRoot() + beta[n]
          result.values.append(relu6 ? min(6, max(0, value)) : value)
        }
      }
    }
    return result
  }

  func features(_ crop: [UInt8]) throws -> [Double] {
    let scaling = network.normalisation
    var map = Map(
      side: network.side, channels: 3,
      values: crop.enumerated().map { (Double($1) - scaling.mean[$0 % 3]) / scaling.deviation[$0 % 3] })
    map = try layer(map, network.stem, kernel: 3, stride: 2, outputs: network.stemOutputs, relu6: true)
    for block in network.blocks {
      var wide = map
      if let expand = block.expand { wide = try layer(wide, expand, outputs: block.hidden, relu6: true) }
      wide = try layer(
        wide, block.depthwise, kernel: block.kernel, stride: block.stride, outputs: block.hidden, isDepthwise: true,
        relu6: true)
      var next = try layer(wide, block.project, outputs: block.outputs, relu6: false)
      if block.stride == 1, block.inputs == block.outputs {
        for index in next.values.indices { next.values[index] += map.values[index] }
      }
      map = next
    }
    map = try layer(map, network.head, outputs: network.features, relu6: true)
    let pixels = map.side * map.side
    return (0..<network.features).map { channel in
      (0..<pixels).map { map.values[$0 * network.features + channel] }.reduce(0, +) / Double(pixels)
    }
  }
}
