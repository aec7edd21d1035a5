// A convolution as a matrix product, packed for one instruction set: 1x1 convolutions, the first layer, the last.
// A value; any thread. Sizes are checked here, in Swift, before a pointer goes to a kernel.

import CKernels

/// y[m, n] = activation(b[n] + sum over k of x[m, k] * W[k, n]) (+ residual[m, n]).
struct ProductLayer: Sendable {
  let inputs: Int
  let outputs: Int
  let instructionSet: InstructionSet
  private let packed: FrozenFloats

  /// - Parameter weights: [inputs, outputs], row-major; bias: [outputs].
  init(inputs: Int, outputs: Int, weights: [Float], bias: [Float], instructionSet: InstructionSet) {
    precondition(inputs > 0 && outputs > 0, "a layer has inputs and outputs")
    precondition(weights.count == inputs * outputs && bias.count == outputs, "weights must fit the layer")
    precondition(instructionSet.isSupported, "this processor does not have \(instructionSet.rawValue)")
    self.inputs = inputs
    self.outputs = outputs
    self.instructionSet = instructionSet
    let code = instructionSet.code
    packed = FrozenFloats(count: ck_packed_count(code, inputs, outputs)) { memory in
      ck_pack(code, inputs, outputs, weights, bias, memory.baseAddress)
    }
  }

  /// Where the inputs of a pixel lie: in `segments` runs of `length` floats.
  struct Source {
    let memory: UnsafeBufferPointer<Float>
    let pixelStride: Int
    var segments = 1
    let length: Int
    var segmentStride = 0

    /// A plain map, [pixels, channels].
    static func plain(_ memory: UnsafeBufferPointer<Float>, channels: Int) -> Source {
      Source(memory: memory, pixelStride: channels, length: channels)
    }

    func holds(_ pixels: Int) -> Bool {
      pixelStride >= 0 && segmentStride >= 0
        && (pixels - 1) * pixelStride + (segments - 1) * segmentStride + length <= memory.count
    }
  }

  /// Where the outputs of a pixel go: `rowWidth` pixels a row, one vector of channels every `vectorStride` floats.
  struct Target {
    let memory: UnsafeMutableBufferPointer<Float>
    let rowWidth: Int
    let rowStride: Int
    let pixelStride: Int
    let vectorStride: Int

    /// A plain map, [pixels, channels].
    static func plain(_ memory: UnsafeMutableBufferPointer<Float>, channels: Int, set: InstructionSet) -> Target {
      Target(
        memory: memory, rowWidth: .max, rowStride: 0, pixelStride: channels, vectorStride: set.lanes)
    }

    func holds(_ pixels: Int, columns: Int, lanes: Int) -> Bool {
      let (vectors, rest) = (columns / lanes, columns % lanes)
      // The end of the last vector, whole or not.
      let width = rest > 0 ? vectors * vectorStride + rest : (vectors - 1) * vectorStride + lanes
      let lastColumn = min(pixels, rowWidth) - 1
      return rowWidth > 0 && rowStride >= 0 && pixelStride > 0 && vectorStride >= lanes
        && (pixels - 1) / rowWidth * rowStride + lastColumn * pixelStride + width <= memory.count
    }
  }

  /// What is added to the result: a plain map whose pixels are `pixelStride` apart.
  struct Residual {
    let memory: UnsafeBufferPointer<Float>
    let pixelStride: Int
  }

  /// Computes `columns` (all of them if left out) for `pixels` pixels. A range of columns starts at a panel, a multiple
  /// of two vectors, and ends at one or at the end; the target's first column is the range's first.
  func run(
    pixels: Int, columns: Range<Int>? = nil, from source: Source, to target: Target, residual: Residual? = nil,
    relu6: Bool
  ) {
    let columns = columns ?? 0..<outputs
    let panel = 2 * instructionSet.lanes
    precondition(pixels > 0 && source.segments > 0 && source.segments * source.length == inputs, "inputs must fit")
    precondition(inputs % 2 == 1 || source.segments == 1 || source.length % 2 == 0, "pairs of inputs must not be cut")
    precondition(!columns.isEmpty && columns.lowerBound >= 0 && columns.upperBound <= outputs, "no such columns")
    precondition(
      columns.lowerBound % panel == 0 && (columns.upperBound % panel == 0 || columns.upperBound == outputs),
      "panels must not be cut")
    precondition(source.holds(pixels), "the input must be there")
    precondition(target.holds(pixels, columns: columns.count, lanes: panel / 2), "the output must fit its memory")
    if let residual {
      precondition(
        residual.pixelStride >= columns.count
          && (pixels - 1) * residual.pixelStride + columns.count <= residual.memory.count, "the residual must be there")
    }
    packed.read { weights in
      // All panels before a range are two vectors wide, each with a row for the bias.
      let start = weights.from(columns.lowerBound * (inputs + 1))
      var product = ck_product(
        pixels: pixels, input: source.memory.baseAddress, pixel_stride: source.pixelStride, segments: source.segments,
        segment_length: source.length, segment_stride: source.segmentStride, packed: start.baseAddress,
        outputs: columns.count, output: target.memory.baseAddress, row_width: min(target.rowWidth, pixels),
        row_stride: target.rowStride, output_stride: target.pixelStride, vector_stride: target.vectorStride,
        residual: residual?.memory.baseAddress, residual_stride: residual?.pixelStride ?? 0, relu6: relu6 ? 1 : 0)
      ck_multiply(instructionSet.code, &product)
    }
  }
}
