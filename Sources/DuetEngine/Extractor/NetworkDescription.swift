// Networks as data: layers, sizes, tensor names, preprocessing. No code here computes anything with a photo.
// Values; any thread. The networks themselves: NetworkFamilies.swift.

/// A network of inverted residual blocks: stem, blocks, head, global average pool.
struct NetworkDescription: Sendable {
  /// How a convolution looks past the edge of its map.
  enum Padding: Sendable {
    /// `kernel / 2` zeros on both sides, as PyTorch does.
    case symmetric
    /// Just as many zeros as the output needs, the odd one at the end, as TensorFlow's SAME does.
    case tensorFlowSame

    /// Zeros before the first row and column.
    func before(kernel: Int, stride: Int, input: Int) -> Int {
      switch self {
      case .symmetric: return kernel / 2
      case .tensorFlowSame:
        let output = (input + stride - 1) / stride
        return max(0, (output - 1) * stride + kernel - input) / 2
      }
    }
  }

  /// A convolution without bias and the batch normalisation behind it, by their names in the file.
  struct Convolution: Sendable {
    let weight: String
    let norm: String
  }

  /// Expand (1x1) -> depthwise -> project (1x1); a residual where the shape stays as it is.
  struct Block: Sendable {
    /// nil where the block keeps its input's channels: the very first one.
    let expand: Convolution?
    let depthwise: Convolution
    let project: Convolution
    let kernel: Int
    let stride: Int
    let inputs: Int
    let hidden: Int
    let outputs: Int
    var hasResidual: Bool { stride == 1 && inputs == outputs }
  }

  /// The byte `x` of a channel enters the network as `(x - mean) / deviation`.
  struct Normalisation: Sendable {
    let mean: [Double]
    let deviation: [Double]
  }

  /// Pixels of a side of the crop.
  var side: Int
  let padding: Padding
  let batchNormEpsilon: Double
  let normalisation: Normalisation
  let resizeFilter: ResamplingFilter
  let stem: Convolution
  let stemOutputs: Int
  let blocks: [Block]
  let head: Convolution
  /// Channels of the head: features of a photo.
  let features: Int

  static func of(_ id: ExtractorID) -> NetworkDescription {
    switch id {
    case .efficientNetLite0: efficientNetLite(0)
    case .mobileNetV2: mobileNetV2()
    }
  }
}
