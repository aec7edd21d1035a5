// A convolution channel by channel, for one instruction set, one vector of channels at a time.
// A value; any thread. Sizes are checked here, in Swift, before a pointer goes to a kernel.

import CKernels

/// y[x, c] = relu6(b[c] + sum over i, j of w[i, j, c] * rows[i][x * stride + j, c]).
struct DepthwiseLayer: Sendable {
  let kernel: Int
  let stride: Int
  /// Rounded up to whole vectors; the channels that were added have zeros for weights and give zeros.
  let channels: Int
  let instructionSet: InstructionSet
  /// [channels / lanes, kernel * kernel, lanes] and [channels / lanes, lanes].
  private let weights: FrozenFloats
  private let bias: FrozenFloats

  /// - Parameter weights: [kernel, kernel, channels]; bias: [channels].
  init(
    kernel: Int, stride: Int, channels: Int, weights: [Float], bias: [Float], instructionSet: InstructionSet
  ) {
    precondition((kernel == 3 || kernel == 5) && (stride == 1 || stride == 2), "no kernel for this layer")
    precondition(weights.count == kernel * kernel * channels && bias.count == channels, "weights must fit the layer")
    precondition(instructionSet.isSupported, "this processor does not have \(instructionSet.rawValue)")
    let padded = instructionSet.padded(channels)
    self.kernel = kernel
    self.stride = stride
    self.channels = padded
    self.instructionSet = instructionSet
    let lanes = instructionSet.lanes
    let taps = kernel * kernel
    self.weights = FrozenFloats(count: taps * padded) { memory in
      for tap in 0..<taps {
        for channel in 0..<channels {
          memory[(channel / lanes * taps + tap) * lanes + channel % lanes] = weights[tap * channels + channel]
        }
      }
    }
    self.bias = FrozenFloats(count: padded) { memory in
      for channel in 0..<channels { memory[channel] = bias[channel] }
    }
  }

  /// Pixels of a padded input row that `width` outputs look at.
  func inputWidth(for width: Int) -> Int { (width - 1) * stride + kernel }

  /// Rows of one vector of channels: row `r` of the map lives in place `r % rows`, behind them is one row of zeros.
  struct Ring {
    let memory: UnsafeBufferPointer<Float>
    let rows: Int
    let rowFloats: Int
    /// Rows of the whole map.
    let side: Int
  }

  /// Output rows `rows` of `width` pixels for vector `vector` of the channels, to [rows, width, lanes].
  ///
  /// - Parameter padBefore: zeros before the first row; those before the first column are in the ring already.
  func run(
    vector: Int, rows: Range<Int>, width: Int, padBefore: Int, ring: Ring, to output: UnsafeMutableBufferPointer<Float>
  ) {
    let lanes = instructionSet.lanes
    let taps = kernel * kernel
    precondition(vector >= 0 && (vector + 1) * lanes <= channels, "no such channels")
    precondition(!rows.isEmpty && width > 0 && rows.count * width * lanes <= output.count, "the output must fit")
    precondition(ring.rowFloats >= inputWidth(for: width) * lanes, "a row must hold what its outputs look at")
    precondition(ring.rows > 0 && (ring.rows + 1) * ring.rowFloats <= ring.memory.count, "the ring must be there")
    weights.read { weights in
      bias.read { bias in
        var layer = ck_depthwise(
          kernel: kernel, stride: stride, ring: ring.memory.baseAddress,
          zeros: ring.memory.from(ring.rows * ring.rowFloats).baseAddress, ring_rows: ring.rows,
          row_floats: ring.rowFloats, side: ring.side, first_row: rows.lowerBound * stride - padBefore,
          weights: weights.from(vector * taps * lanes).baseAddress, bias: bias.from(vector * lanes).baseAddress,
          output: output.baseAddress, rows: rows.count, width: width)
        ck_depthwise(instructionSet.code, &layer)
      }
    }
  }
}
