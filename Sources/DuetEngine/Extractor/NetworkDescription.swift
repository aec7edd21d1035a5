// The two networks as data: layers, sizes, tensor names, preprocessing. No code here computes anything.
// Values; any thread.
// Sources: Tan & Le 2019 and the EfficientNet-Lite release notes; Sandler et al. 2018, table 2.

/// A network of inverted residual blocks at width 1.0: stem, blocks, head, global average pool.
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
  static let side = 224

  let id: ExtractorID
  let padding: Padding
  let batchNormEpsilon: Double
  let normalisation: Normalisation
  let resizeFilter: ResamplingFilter
  let stem: Convolution
  let stemOutputs = 32
  let blocks: [Block]
  let head: Convolution

  static func of(_ id: ExtractorID) -> NetworkDescription {
    switch id {
    case .efficientNetLite0: efficientNetLite0
    case .mobileNetV2: mobileNetV2
    }
  }
}

/// One line of the tables in the papers: so many blocks alike, the first of them with the stride.
private struct Stage {
  let count: Int
  let kernel: Int
  let stride: Int
  let expansion: Int
  let outputs: Int
}

extension NetworkDescription {
  private static func blocks(
    _ stages: [Stage], names: (_ index: Int, _ hasExpansion: Bool) -> [Convolution]
  ) -> [Block] {
    var blocks: [Block] = []
    var inputs = 32
    for stage in stages {
      for repeated in 0..<stage.count {
        let expands = stage.expansion > 1
        let layers = names(blocks.count, expands)
        blocks.append(
          Block(
            expand: expands ? layers[0] : nil, depthwise: layers[layers.count - 2], project: layers[layers.count - 1],
            kernel: stage.kernel, stride: repeated == 0 ? stage.stride : 1,
            inputs: inputs, hidden: inputs * stage.expansion, outputs: stage.outputs))
        inputs = stage.outputs
      }
    }
    return blocks
  }

  static let efficientNetLite0 = NetworkDescription(
    id: .efficientNetLite0,
    padding: .tensorFlowSame,
    batchNormEpsilon: 1e-3,
    normalisation: Normalisation(mean: [127, 127, 127], deviation: [128, 128, 128]),
    resizeFilter: .bicubic,
    stem: Convolution(weight: "_conv_stem.weight", norm: "_bn0"),
    blocks: blocks(
      [
        Stage(count: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
        Stage(count: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
        Stage(count: 2, kernel: 5, stride: 2, expansion: 6, outputs: 40),
        Stage(count: 3, kernel: 3, stride: 2, expansion: 6, outputs: 80),
        Stage(count: 3, kernel: 5, stride: 1, expansion: 6, outputs: 112),
        Stage(count: 4, kernel: 5, stride: 2, expansion: 6, outputs: 192),
        Stage(count: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
      ]
    ) { index, hasExpansion in
      let block = "_blocks.\(index)"
      let expand = Convolution(weight: "\(block)._expand_conv.weight", norm: "\(block)._bn0")
      return (hasExpansion ? [expand] : []) + [
        Convolution(weight: "\(block)._depthwise_conv.weight", norm: "\(block)._bn1"),
        Convolution(weight: "\(block)._project_conv.weight", norm: "\(block)._bn2"),
      ]
    },
    head: Convolution(weight: "_conv_head.weight", norm: "_bn1"))

  static let mobileNetV2 = NetworkDescription(
    id: .mobileNetV2,
    padding: .symmetric,
    batchNormEpsilon: 1e-5,
    normalisation: Normalisation(
      mean: [0.485 * 255, 0.456 * 255, 0.406 * 255], deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255]),
    resizeFilter: .bilinear,
    stem: Convolution(weight: "features.0.0.weight", norm: "features.0.1"),
    blocks: blocks(
      [
        Stage(count: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
        Stage(count: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
        Stage(count: 3, kernel: 3, stride: 2, expansion: 6, outputs: 32),
        Stage(count: 4, kernel: 3, stride: 2, expansion: 6, outputs: 64),
        Stage(count: 3, kernel: 3, stride: 1, expansion: 6, outputs: 96),
        Stage(count: 3, kernel: 3, stride: 2, expansion: 6, outputs: 160),
        Stage(count: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
      ]
    ) { index, hasExpansion in
      // Torchvision counts the stem as features.0; activations take no number of their own inside `conv`.
      let block = "features.\(index + 1).conv"
      let depthwise = hasExpansion ? 1 : 0
      let expand = Convolution(weight: "\(block).0.0.weight", norm: "\(block).0.1")
      return (hasExpansion ? [expand] : []) + [
        Convolution(weight: "\(block).\(depthwise).0.weight", norm: "\(block).\(depthwise).1"),
        Convolution(weight: "\(block).\(depthwise + 1).weight", norm: "\(block).\(depthwise + 2)"),
      ]
    },
    head: Convolution(weight: "features.18.0.weight", norm: "features.18.1"))
}
