// The pointwise layer, stem patches and the mean on numbers small enough to work out by hand, and every instruction
// set against plain loops.

import CKernels
import Foundation
import Testing

@testable import DuetEngine

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
    return output.numbers
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
