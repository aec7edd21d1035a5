// The depthwise layer with both paddings, strides and kernels, through the block that feeds it row by row: by hand on
// a small map, and every instruction set against plain loops.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct DepthwiseTests {
  /// A whole map through a block; `expand` and `project` are the identity, so the input must lie in 0...6.
  private func depthwise(
    side: Int, kernel: Int, stride: Int, channels: Int, weights: [Float], bias: [Float], input: [Float],
    padding: NetworkDescription.Padding, set: InstructionSet
  ) -> [Float] {
    let padded = set.padded(channels)
    func identity(_ inputs: Int, _ outputs: Int) -> ProductLayer {
      var weights = [Float](repeating: 0, count: inputs * outputs)
      for channel in 0..<channels { weights[channel * outputs + channel] = 1 }
      return ProductLayer(
        inputs: inputs, outputs: outputs, weights: weights, bias: [Float](repeating: 0, count: outputs),
        instructionSet: set)
    }
    let block = ResidualBlock(
      source: .expand(identity(channels, padded)), side: side,
      depthwise: DepthwiseLayer(
        kernel: kernel, stride: stride, channels: channels, weights: weights, bias: bias, instructionSet: set),
      project: identity(padded, channels), hasResidual: false, padding: padding)
    let map = FrozenFloats(input)
    func run(_ work: (ResidualBlock.Input, UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
      let output = ScratchFloats(count: block.outputFloats)
      map.read { work(.map($0), output.prefix(block.outputFloats)) }
      return output.numbers
    }
    let byRows = BlockScratch(block.scratchFloats(byChannels: false))
    let whole = run { block.run(rows: 0..<block.outputSide, input: $0, output: $1, scratch: byRows) }
    // In two shares of rows, and panel by panel in shares of pixels: the same bits.
    let cut = max(1, block.outputSide / 3)
    let inParts = run { input, output in
      block.run(rows: 0..<cut, input: input, output: output, scratch: byRows)
      block.run(rows: cut..<block.outputSide, input: input, output: output, scratch: byRows)
    }
    #expect(inParts == whole)
    let byChannels = BlockScratch(block.scratchFloats(byChannels: true))
    let hidden = ScratchFloats(count: block.hiddenFloats)
    let pixels = block.outputSide * block.outputSide
    let split = run { input, output in
      for panel in 0..<block.panels {
        block.widen(
          panels: panel..<panel + 1, input: input, hidden: hidden.prefix(hidden.count), scratch: byChannels)
      }
      for part in [0..<pixels / 2, pixels / 2..<pixels] {
        block.narrow(pixels: part, hidden: hidden.prefix(hidden.count), input: input, output: output)
      }
    }
    #expect(split == whole)
    return whole
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
        for (side, channels) in [(14, 16), (8, 20), (15, 3), (28, 33), (64, 40)] {
          for padding in [NetworkDescription.Padding.symmetric, .tensorFlowSame] {
            let weights = numbers.next(kernel * kernel * channels)
            let bias = numbers.next(channels)
            let input = numbers.next(side * side * channels).map(abs)
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
    case .tensorFlowSame: before = stride == 1 || side % 2 == 1 ? (kernel - 1) / 2 : (kernel - 2) / 2
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
