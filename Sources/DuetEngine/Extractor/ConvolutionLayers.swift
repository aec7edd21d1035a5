// Layers ready to run: weights with the batch normalisation folded in, packed for one instruction set.
// Values; any thread. Sizes are checked here, in Swift, before a pointer goes to a kernel.

import CKernels

/// y[m, :] = activation(x[m, :] * W + b) (+ residual[m, :]): a 1x1 convolution on `pixels` pixels.
struct PointwiseLayer: Sendable {
  let inputs: Int
  let outputs: Int
  private let packed: FrozenFloats
  private let instructionSet: InstructionSet

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

  /// Where the output of a pixel goes: rows of `width` pixels that start `stride` floats apart.
  struct Rows {
    let width: Int
    let stride: Int
  }

  /// - Parameter input: [pixels, inputs]; output: [pixels, outputs], or rows as `rows` says, of which `capacity`
  ///   floats may be written; residual: [pixels, outputs].
  func run(
    pixels: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, capacity: Int, rows: Rows? = nil,
    residual: UnsafePointer<Float>? = nil, relu6: Bool
  ) {
    let width = rows?.width ?? pixels
    let stride = rows?.stride ?? pixels * outputs
    precondition(pixels > 0 && width > 0 && pixels % width == 0 && stride >= width * outputs, "rows must not overlap")
    precondition((pixels / width - 1) * stride + width * outputs <= capacity, "the output must fit its memory")
    packed.read { weights in
      ck_pointwise(
        instructionSet.code, pixels, inputs, outputs, input, weights, output, width, stride, residual, relu6 ? 1 : 0)
    }
  }
}

/// y[x, c] = relu6(b[c] + sum over i, j of w[i, j, c] * rows[i][x * stride + j, c]): a convolution channel by channel.
struct DepthwiseLayer: Sendable {
  let kernel: Int
  let stride: Int
  let channels: Int
  private let weights: FrozenFloats
  private let bias: FrozenFloats
  private let instructionSet: InstructionSet

  /// - Parameter weights: [kernel, kernel, channels]; bias: [channels].
  init(
    kernel: Int, stride: Int, channels: Int, weights: [Float], bias: [Float], instructionSet: InstructionSet
  ) {
    precondition((kernel == 3 || kernel == 5) && (stride == 1 || stride == 2), "no kernel for this layer")
    precondition(weights.count == kernel * kernel * channels && bias.count == channels, "weights must fit the layer")
    precondition(instructionSet.isSupported, "this processor does not have \(instructionSet.rawValue)")
    self.kernel = kernel
    self.stride = stride
    self.channels = channels
    self.weights = FrozenFloats(weights)
    self.bias = FrozenFloats(bias)
    self.instructionSet = instructionSet
  }

  /// Pixels of a padded input row that `width` outputs look at.
  func inputWidth(for width: Int) -> Int { (width - 1) * stride + kernel }

  /// One output row of `width` pixels.
  /// - Parameter rows: `kernel` padded rows, each at least `inputWidth(for: width)` pixels of `channels` floats.
  func run(rows: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>, width: Int) {
    precondition(rows.count == kernel && width > 0, "one input row for each row of the kernel")
    weights.read { weights in
      bias.read { bias in
        rows.withUnsafeBufferPointer { rows in
          // The kernel reads the pointers as "maybe null"; the memory is the same.
          rows.withMemoryRebound(to: UnsafePointer<Float>?.self) { rows in
            ck_depthwise_row(
              instructionSet.code, kernel, stride, rows.baseAddress, weights, bias, output, width, channels)
          }
        }
      }
    }
  }
}
