// The matrix product behind most layers on numbers small enough to work out by hand, and every instruction set against
// plain loops; bytes to numbers; the mean.

import CKernels
import Foundation
import Testing

@testable import DuetEngine

@Suite struct KernelTests {
  // MARK: Product

  /// One plain map to another.
  private func product(
    _ layer: ProductLayer, input: [Float], pixels: Int, residual: [Float]? = nil, relu6: Bool
  ) -> [Float] {
    let output = ScratchFloats(count: pixels * layer.outputs)
    let source = FrozenFloats(input)
    let added = residual.map { FrozenFloats($0) }
    func run(_ residual: ProductLayer.Residual?) {
      source.read { input in
        layer.run(
          pixels: pixels, from: .plain(input, channels: layer.inputs),
          to: .plain(output.prefix(output.count), channels: layer.outputs, set: layer.instructionSet),
          residual: residual, relu6: relu6)
      }
    }
    if let added {
      added.read { run(.init(memory: $0, pixelStride: layer.outputs)) }
    } else {
      run(nil)
    }
    return output.numbers
  }

  @Test(arguments: InstructionSet.available) func productByHand(set: InstructionSet) {
    // Two inputs, three outputs: [1 2] * [[1 0 -1] [2 1 0]] + [0.5 -3 8] = [5.5 -1 7].
    let layer = ProductLayer(
      inputs: 2, outputs: 3, weights: [1, 0, -1, 2, 1, 0], bias: [0.5, -3, 8], instructionSet: set)
    #expect(product(layer, input: [1, 2], pixels: 1, relu6: false) == [5.5, -1, 7])
    #expect(product(layer, input: [1, 2], pixels: 1, relu6: true) == [5.5, 0, 6])
    // The residual comes after the clamp.
    let residual: [Float] = [1, 1, 1]
    #expect(product(layer, input: [1, 2], pixels: 1, residual: residual, relu6: true) == [6.5, 1, 7])
  }

  @Test(arguments: InstructionSet.available) func rowsOfABlockedMap(set: InstructionSet) {
    // Output n of a pixel of value x is n + x. Two rows of two pixels go into rows of three: the third stays as it was.
    let lanes = set.lanes
    let layer = ProductLayer(
      inputs: 1, outputs: 2 * lanes, weights: [Float](repeating: 1, count: 2 * lanes),
      bias: (0..<2 * lanes).map(Float.init), instructionSet: set)
    let output = ScratchFloats(count: 2 * 6 * lanes)
    output.prefix(output.count).update(repeating: -9)
    FrozenFloats([100, 200, 300, 400]).read { input in
      layer.run(
        pixels: 4, from: .plain(input, channels: 1),
        to: .init(
          memory: output.prefix(output.count), rowWidth: 2, rowStride: 3 * lanes, pixelStride: lanes,
          vectorStride: 6 * lanes),
        relu6: false)
    }
    for vector in 0..<2 {
      for (place, x) in [100, 200, nil, 300, 400, nil].enumerated() {
        let found = output.numbers[(vector * 6 + place) * lanes..<(vector * 6 + place + 1) * lanes]
        let expected = (0..<lanes).map { n in x.map { Float($0 + vector * lanes + n) } ?? -9 }
        #expect(Array(found) == expected, "vector \(vector), pixel \(place)")
      }
    }
  }

  @Test(arguments: InstructionSet.available) func inputsInSegments(set: InstructionSet) {
    // Three segments of two, ten floats apart; pixels overlap by one: pixel m sees 0 1 10 11 20 21, all plus m.
    let layer = ProductLayer(
      inputs: 6, outputs: 1, weights: [1, 10, 100, 1000, 10000, 100_000], bias: [0], instructionSet: set)
    let output = ScratchFloats(count: 2)
    FrozenFloats((0..<23).map { Float($0 % 10) + Float($0 / 10) }).read { input in
      layer.run(
        pixels: 2, from: .init(memory: input, pixelStride: 1, segments: 3, length: 2, segmentStride: 10),
        to: .plain(output.prefix(2), channels: 1, set: set), relu6: false)
    }
    #expect(output.numbers == [322_110, 433_221])  // 0 1 1 2 2 3 and 1 2 2 3 3 4, from the right
  }

  /// Sizes around the tiles (6 x 8, 6 x 16, 14 x 32), their rests, and panels of half a vector.
  @Test(arguments: InstructionSet.available) func productAgainstLoops(set: InstructionSet) {
    var numbers = TestNumbers(seed: 1)
    let sizes = [
      (1, 1, 1), (5, 3, 7), (14, 16, 32), (15, 27, 33), (29, 40, 24), (49, 8, 49), (13, 12, 40), (8, 6, 20), (7, 2, 3),
    ]
    for (pixels, inputs, outputs) in sizes {
      let weights = numbers.next(inputs * outputs)
      let bias = numbers.next(outputs)
      let input = numbers.next(pixels * inputs)
      let residual = numbers.next(pixels * outputs)
      let layer = ProductLayer(inputs: inputs, outputs: outputs, weights: weights, bias: bias, instructionSet: set)
      let found = product(layer, input: input, pixels: pixels, residual: residual, relu6: false)
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

  @Test(arguments: InstructionSet.available) func someColumnsAreThoseOfAll(set: InstructionSet) {
    var numbers = TestNumbers(seed: 3)
    let panel = 2 * set.lanes
    let outputs = 2 * panel + 8
    let layer = ProductLayer(
      inputs: 10, outputs: outputs, weights: numbers.next(10 * outputs), bias: numbers.next(outputs),
      instructionSet: set)
    let input = numbers.next(70)
    let all = product(layer, input: input, pixels: 7, relu6: true)
    let output = ScratchFloats(count: 7 * outputs)
    FrozenFloats(input).read { input in
      for columns in [0..<panel, panel..<2 * panel, 2 * panel..<outputs] {
        layer.run(
          pixels: 7, columns: columns, from: .plain(input, channels: 10),
          to: .plain(output.prefix(output.count).from(columns.lowerBound), channels: outputs, set: set), relu6: true)
      }
    }
    #expect(output.numbers == all)
  }

  // MARK: Both ends

  @Test(arguments: InstructionSet.available) func stemByHand(set: InstructionSet) {
    // A 4 x 4 crop whose red is 0...15, green and blue 0; the network's input is (byte - 1) / 2, outside it is 0.
    var crop: [UInt8] = []
    for red in UInt8(0)..<16 { crop += [red, 1, 1] }
    // One output: the window's sum.
    func sums(_ padding: NetworkDescription.Padding) -> [Float] {
      let stem = StemLayer(
        product: ProductLayer(
          inputs: 27, outputs: set.lanes, weights: [Float](repeating: 0.01, count: 27 * set.lanes),
          bias: [Float](repeating: 1, count: set.lanes), instructionSet: set),
        side: 4, padding: padding, normalisation: .init(mean: [1, 1, 1], deviation: [2, 2, 2]))
      let scratch = ScratchFloats(count: stem.scratchFloats(rows: 2))
      let output = ScratchFloats(count: 4 * set.lanes)
      crop.withUnsafeBufferPointer { stem.load($0, rows: 0..<2, scratch: scratch.prefix(scratch.count)) }
      for row in 0..<2 {
        stem.run(
          index: row, columns: 0..<set.lanes, scratch: UnsafeBufferPointer(scratch.prefix(scratch.count)),
          to: .plain(output.prefix(output.count).from(row * 2 * set.lanes), channels: set.lanes, set: set))
      }
      return (0..<4).map { ((output.numbers[$0 * set.lanes] - 1) * 100 * 2).rounded() }
    }
    // Twice the sums of (red - 1) / 2. One zero before: 0 1 4 5; 1 2 3 5 6 7; 4 5 8 9 12 13; 5 6 7 9 10 11 13 14 15.
    let symmetric: [Float] = [10 - 4, 24 - 6, 51 - 6, 90 - 9]
    #expect(sums(.symmetric) == symmetric)
    // None before: 0 1 2 4 5 6 8 9 10; 2 3 6 7 10 11; 8 9 10 12 13 14; 10 11 14 15.
    let same: [Float] = [45 - 9, 39 - 6, 66 - 6, 50 - 4]
    #expect(sums(.tensorFlowSame) == same)
  }

  @Test(arguments: InstructionSet.available) func meanByHand(set: InstructionSet) {
    // 4 pixels of 18 channels (no multiple of any vector): channel c holds c, c + 1, c + 2, c + 5.
    let input = [0, 1, 2, 5].flatMap { offset in (0..<18).map { Float($0 + offset) } }
    var means = [Float](repeating: 0, count: 18)
    ck_mean(set.code, input, 4, 18, 18, &means)
    #expect(means == (0..<18).map { Float($0) + 2 })
  }
}
