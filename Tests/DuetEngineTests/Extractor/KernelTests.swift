// Each layer kind on numbers small enough to work out by hand, and every instruction set against plain loops.

import CKernels
import Foundation
import Testing

@testable import DuetEngine

/// Reproducible numbers in -1...1.
struct TestNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
    }
  }
}

@Suite struct KernelTests {
  // MARK: Pointwise

  private func pointwise(
    _ layer: PointwiseLayer, input: [Float], pixels: Int, rows: PointwiseLayer.Rows? = nil, capacity: Int? = nil,
    residual: [Float]? = nil, relu6: Bool
  ) -> [Float] {
    // In scratch memory, as in a forward pass: the layer wants pointers that stay valid.
    let output = ScratchFloats(count: capacity ?? pixels * layer.outputs)
    let target = output.slice(0, output.count)
    target.update(repeating: -9, count: output.count)
    let source = FrozenFloats(input)
    let added = residual.map { FrozenFloats($0) }
    source.read { input in
      if let added {
        added.read { residual in
          layer.run(
            pixels: pixels, input: input, output: target, capacity: output.count, rows: rows, residual: residual,
            relu6: relu6)
        }
      } else {
        layer.run(pixels: pixels, input: input, output: target, capacity: output.count, rows: rows, relu6: relu6)
      }
    }
    return numbers(in: output)
  }

  private func numbers(in scratch: ScratchFloats) -> [Float] {
    withExtendedLifetime(scratch) { (0..<scratch.count).map { scratch.slice(0, scratch.count)[$0] } }
  }

  @Test(arguments: InstructionSet.available) func pointwiseByHand(set: InstructionSet) {
    // Two inputs, three outputs: [1 2] * [[1 0 -1] [2 1 0]] + [0.5 -3 8] = [5.5 -1 7].
    let layer = PointwiseLayer(
      inputs: 2, outputs: 3, weights: [1, 0, -1, 2, 1, 0], bias: [0.5, -3, 8], instructionSet: set)
    #expect(pointwise(layer, input: [1, 2], pixels: 1, relu6: false) == [5.5, -1, 7])
    #expect(pointwise(layer, input: [1, 2], pixels: 1, relu6: true) == [5.5, 0, 6])
    // The residual comes after the clamp.
    let residual: [Float] = [1, 1, 1]
    #expect(pointwise(layer, input: [1, 2], pixels: 1, residual: residual, relu6: true) == [6.5, 1, 7])
    // Two pixels in rows of one, six floats apart: what lies between stays untouched.
    let spread = pointwise(
      layer, input: [1, 2, 0, 0], pixels: 2, rows: .init(width: 1, stride: 6), capacity: 9, relu6: false)
    #expect(spread == [5.5, -1, 7, -9, -9, -9, 0.5, -3, 8])
  }

  /// Sizes around the tiles (6 x 8, 6 x 16, 14 x 32) and their rests.
  @Test(arguments: InstructionSet.available) func pointwiseAgainstLoops(set: InstructionSet) {
    var numbers = TestNumbers(seed: 1)
    for (pixels, inputs, outputs) in [(1, 1, 1), (5, 3, 7), (14, 16, 32), (15, 27, 33), (29, 40, 24), (49, 8, 49)] {
      let weights = numbers.next(inputs * outputs)
      let bias = numbers.next(outputs)
      let input = numbers.next(pixels * inputs)
      let residual = numbers.next(pixels * outputs)
      let layer = PointwiseLayer(inputs: inputs, outputs: outputs, weights: weights, bias: bias, instructionSet: set)
      let found = pointwise(layer, input: input, pixels: pixels, residual: residual, relu6: false)
      for pixel in 0..<pixels {
        for output in 0..<outputs {
          var sum = Double(bias[output])
          for k in 0..<inputs { sum += Double(input[pixel * inputs + k]) * Double(weights[k * outputs + output]) }
          sum += Double(residual[pixel * outputs + output])
          #expect(abs(Double(found[pixel * outputs + output]) - sum) < 1e-5, "\(pixels) \(inputs) \(outputs)")
        }
      }
    }
  }

  // MARK: Depthwise

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
    return numbers(in: output)
  }

  @Test(arguments: InstructionSet.available) func depthwiseByHand(set: InstructionSet) {
    // 4 x 4 map of 0...15 scaled by a tenth; a kernel of ones sums what it sees.
    let map = (0..<16).map { Float($0) / 10 }
    let ones = [Float](repeating: 1, count: 9)
    func sums(_ stride: Int, _ padding: NetworkDescription.Padding) -> [Float] {
      depthwise(
        side: 4, kernel: 3, stride: stride, channels: 1, weights: ones, bias: [0], input: map, padding: padding, set: set
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
            #expect(found.count == expected.count && largest < 1e-5, "\(kernel) \(stride) \(side) \(channels) \(padding)")
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

  // MARK: Stem and pool

  @Test func stemPatchesByHand() {
    // A 4 x 4 crop whose red is 0...15, green 100, blue 200; the table halves red and passes the rest.
    var crop: [UInt8] = []
    for red in UInt8(0)..<16 { crop += [red, 100, 200] }
    let table = (0..<256).map { Float($0) / 2 } + (0..<256).map { Float($0) } + (0..<256).map { Float($0) }
    var patches = [Float](repeating: -1, count: 2 * 27)
    // No zeros before: the first patch starts at the corner.
    ck_stem_patches(crop, 4, table, 0, 0, &patches)
    #expect(Array(patches[..<9]) == [0, 100, 200, 0.5, 100, 200, 1, 100, 200])
    #expect(patches[9] == 2 && patches[26] == 200 && patches[24] == 5)  // red 4, then red 10 at (2, 2)
    #expect(Array(patches[27 + 6..<27 + 9]) == [0, 0, 0])  // column 4 lies outside
    // One zero before: the first row and column of the first patch lie outside.
    ck_stem_patches(crop, 4, table, 0, 1, &patches)
    #expect(Array(patches[..<12]) == [Float](repeating: 0, count: 12))
    #expect(Array(patches[12..<18]) == [0, 100, 200, 0.5, 100, 200])
  }

  @Test(arguments: InstructionSet.available) func meanByHand(set: InstructionSet) {
    // 4 pixels of 18 channels (no multiple of any vector): channel c holds c, c + 1, c + 2, c + 5.
    let input = [0, 1, 2, 5].flatMap { offset in (0..<18).map { Float($0 + offset) } }
    var means = [Float](repeating: 0, count: 18)
    ck_mean(set.code, input, 4, 18, &means)
    #expect(means == (0..<18).map { Float($0) + 2 })
  }
}
