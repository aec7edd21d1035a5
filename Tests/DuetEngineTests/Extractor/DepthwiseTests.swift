// The depthwise layer with both paddings, strides and kernels, through the block that feeds it row by row: by hand on
// a small map, and every instruction set against plain loops.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct DepthwiseTests {
  /// A whole map through a block's padding, by way of the layer; `project` is the identity.
  private func depthwise(
    side: Int, kernel: Int, stride: Int, channels: Int, weights: [Float], bias: [Float], input: [Float],
    padding: NetworkDescription.Padding, set: InstructionSet
  ) -> [Float] {
    var identity = [Float](repeating: 0, count: channels * channels)
    for channel in 0..<channels { identity[channel * channels + channel] = 1 }
    let zeros = [Float](repeating: 0, count: channels)
    let block = ResidualBlock(
      side: side, expand: nil,
      depthwise: DepthwiseLayer(
        kernel: kernel, stride: stride, channels: channels, weights: weights, bias: bias, instructionSet: set),
      project: PointwiseLayer(
        inputs: channels, outputs: channels, weights: identity, bias: zeros, instructionSet: set),
      hasResidual: false, padding: padding)
    let output = ScratchFloats(count: block.outputFloats)
    block.run(
      input: nil, output: output.slice(0, block.outputFloats), ring: ScratchFloats(count: block.ringFloats),
      band: ScratchFloats(count: block.bandFloats)
    ) { rows, target in
      for (index, row) in rows.enumerated() {
        for at in 0..<side * channels { target.output[index * target.stride + at] = input[row * side * channels + at] }
      }
    }
    return output.numbers
  }

  @Test(arguments: InstructionSet.available) func depthwiseByHand(set: InstructionSet) {
    // 4 x 4 map of 0...15 scaled by a tenth; a kernel of ones sums what it sees.
    let map = (0..<16).map { Float($0) / 10 }
    let ones = [Float](repeating: 1, count: 9)
    func sums(_ stride: Int, _ padding: NetworkDescription.Padding) -> [Float] {
      depthwise(
        side: 4, kernel: 3, stride: stride, channels: 1, weights: ones, bias: [0], input: map, padding: padding,
        set: set
      ).map { ($0 * 10).rounded() / 10 }
    }
    // Corner: 0 + 1 + 4 + 5 = 10; the middle sums pass 6 and are clamped.
    #expect(sums(1, .symmetric)[0] == 1.0)
    #expect(sums(1, .symmetric)[5] == 4.5)  // 0 1 2 4 5 6 8 9 10
    #expect(sums(1, .symmetric)[10] == 6)  // 90 / 10
    #expect(sums(1, .tensorFlowSame) == sums(1, .symmetric))
    // Stride 2, one zero on each side: centres 0, 2, 8, 10.
    #expect(sums(2, .symmetric) == [1.0, 2.4, 5.1, 6])  // 0+1+4+5; 1+2+3+5+6+7; 4+5+8+9+12+13
    // Stride 2, zeros only at the end: corners 0, 2, 8, 10 are the first of their windows.
    #expect(sums(2, .tensorFlowSame) == [4.5, 3.9, 6, 5.0])  // 2+3+6+7+10+11; ...; 10+11+14+15
  }

  @Test(arguments: InstructionSet.available) func depthwiseAgainstLoops(set: InstructionSet) {
    var numbers = TestNumbers(seed: 2)
    // Channels around the vectors of 4, 8 and 16; widths around the blocks of 7.
    for kernel in [3, 5] {
      for stride in [1, 2] {
        for (side, channels) in [(14, 16), (8, 20), (16, 3), (28, 33)] {
          for padding in [NetworkDescription.Padding.symmetric, .tensorFlowSame] {
            let weights = numbers.next(kernel * kernel * channels)
            let bias = numbers.next(channels)
            let input = numbers.next(side * side * channels)
            let found = depthwise(
              side: side, kernel: kernel, stride: stride, channels: channels, weights: weights, bias: bias,
              input: input, padding: padding, set: set)
            let expected = Self.plainDepthwise(
              side: side, kernel: kernel, stride: stride, channels: channels, weights: weights, bias: bias,
              input: input, padding: padding)
            let largest = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
            #expect(found.count == expected.count)
            #expect(largest < 1e-5, "\(kernel) \(stride) \(side) \(channels) \(padding)")
          }
        }
      }
    }
  }

  private static func plainDepthwise(
    side: Int, kernel: Int, stride: Int, channels: Int, weights: [Float], bias: [Float], input: [Float],
    padding: NetworkDescription.Padding
  ) -> [Float] {
    let out = (side + stride - 1) / stride
    // Written out anew, so that a mistake in Padding shows: SAME puts the odd zero behind.
    let before: Int
    switch padding {
    case .symmetric: before = (kernel - 1) / 2
    case .tensorFlowSame: before = stride == 1 ? (kernel - 1) / 2 : (kernel - 2) / 2
    }
    var output: [Float] = []
    for y in 0..<out {
      for x in 0..<out {
        for c in 0..<channels {
          var sum = bias[c]
          for i in 0..<kernel {
            for j in 0..<kernel {
              let row = y * stride + i - before
              let column = x * stride + j - before
              guard (0..<side).contains(row), (0..<side).contains(column) else { continue }
              sum += weights[(i * kernel + j) * channels + c] * input[(row * side + column) * channels + c]
            }
          }
          output.append(min(6, max(0, sum)))
        }
      }
    }
    return output
  }
}
