// The two families of networks: MobileNetV2 at any width, EfficientNet-Lite at the sizes 0 to 2.
// Values; any thread.
// Sources: Sandler et al. 2018, table 2, with torchvision's rounding of widths; Tan & Le 2019, table 1, with the
// scaling of the EfficientNet-Lite release: stem, head, and the repeats of the first and the last stage stay.

/// One line of the tables in the papers: so many blocks alike, the first of them with the stride.
struct NetworkStage: Sendable {
  let count: Int
  let kernel: Int
  let stride: Int
  let expansion: Int
  let outputs: Int
}

extension NetworkDescription {
  /// Blocks for the lines of a table.
  ///
  /// - Parameters:
  ///   - inputs: channels of the stem.
  ///   - names: the convolutions of block `index` by their names in the file, first to last.
  static func blocks(
    _ stages: [NetworkStage], inputs: Int, names: (_ index: Int, _ hasExpansion: Bool) -> [Convolution]
  ) -> [Block] {
    var blocks: [Block] = []
    var inputs = inputs
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

  /// `channels` times `width`, to the nearest multiple of 8, at least 8, and never below nine tenths of the product.
  static func scaled(_ channels: Int, by width: Double) -> Int {
    let exact = Double(channels) * width
    let rounded = max(8, Int(exact + 4) / 8 * 8)
    return Double(rounded) < 0.9 * exact ? rounded + 8 : rounded
  }

  // MARK: EfficientNet-Lite

  /// Width and depth multipliers and side of the crop, for the sizes 0 to 2.
  private static let liteSizes: [(width: Double, depth: Double, side: Int)] = [
    (1.0, 1.0, 224), (1.0, 1.1, 240), (1.1, 1.2, 260),
  ]

  /// - Parameter size: 0, 1 or 2.
  static func efficientNetLite(_ size: Int) -> NetworkDescription {
    let (width, depth, side) = liteSizes[size]
    let table = [
      NetworkStage(count: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
      NetworkStage(count: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
      NetworkStage(count: 2, kernel: 5, stride: 2, expansion: 6, outputs: 40),
      NetworkStage(count: 3, kernel: 3, stride: 2, expansion: 6, outputs: 80),
      NetworkStage(count: 3, kernel: 5, stride: 1, expansion: 6, outputs: 112),
      NetworkStage(count: 4, kernel: 5, stride: 2, expansion: 6, outputs: 192),
      NetworkStage(count: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
    ]
    let stages = table.enumerated().map { index, stage in
      let isScaled = index > 0 && index < table.count - 1
      return NetworkStage(
        count: isScaled ? Int((Double(stage.count) * depth).rounded(.up)) : stage.count, kernel: stage.kernel,
        stride: stage.stride, expansion: stage.expansion, outputs: scaled(stage.outputs, by: width))
    }
    return NetworkDescription(
      side: side,
      padding: .tensorFlowSame,
      batchNormEpsilon: 1e-3,
      normalisation: Normalisation(mean: [127, 127, 127], deviation: [128, 128, 128]),
      resizeFilter: .bicubic,
      stem: Convolution(weight: "_conv_stem.weight", norm: "_bn0"),
      stemOutputs: 32,
      blocks: blocks(stages, inputs: 32) { index, hasExpansion in
        let block = "_blocks.\(index)"
        let expand = Convolution(weight: "\(block)._expand_conv.weight", norm: "\(block)._bn0")
        return (hasExpansion ? [expand] : []) + [
          Convolution(weight: "\(block)._depthwise_conv.weight", norm: "\(block)._bn1"),
          Convolution(weight: "\(block)._project_conv.weight", norm: "\(block)._bn2"),
        ]
      },
      head: Convolution(weight: "_conv_head.weight", norm: "_bn1"),
      features: 1280)
  }

  // MARK: MobileNetV2

  /// - Parameter width: multiplies the channels of every layer; those of the head only where it is above 1.
  static func mobileNetV2(width: Double = 1) -> NetworkDescription {
    let table = [
      NetworkStage(count: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
      NetworkStage(count: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
      NetworkStage(count: 3, kernel: 3, stride: 2, expansion: 6, outputs: 32),
      NetworkStage(count: 4, kernel: 3, stride: 2, expansion: 6, outputs: 64),
      NetworkStage(count: 3, kernel: 3, stride: 1, expansion: 6, outputs: 96),
      NetworkStage(count: 3, kernel: 3, stride: 2, expansion: 6, outputs: 160),
      NetworkStage(count: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
    ]
    let stages = table.map { stage in
      NetworkStage(
        count: stage.count, kernel: stage.kernel, stride: stage.stride, expansion: stage.expansion,
        outputs: scaled(stage.outputs, by: width))
    }
    let stem = scaled(32, by: width)
    return NetworkDescription(
      side: 224,
      padding: .symmetric,
      batchNormEpsilon: 1e-5,
      normalisation: Normalisation(
        mean: [0.485 * 255, 0.456 * 255, 0.406 * 255], deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255]),
      resizeFilter: .bilinear,
      stem: Convolution(weight: "features.0.0.weight", norm: "features.0.1"),
      stemOutputs: stem,
      blocks: blocks(stages, inputs: stem) { index, hasExpansion in
        // Torchvision counts the stem as features.0; activations take no number of their own inside `conv`.
        let block = "features.\(index + 1).conv"
        let depthwise = hasExpansion ? 1 : 0
        let expand = Convolution(weight: "\(block).0.0.weight", norm: "\(block).0.1")
        return (hasExpansion ? [expand] : []) + [
          Convolution(weight: "\(block).\(depthwise).0.weight", norm: "\(block).\(depthwise).1"),
          Convolution(weight: "\(block).\(depthwise + 1).weight", norm: "\(block).\(depthwise + 2)"),
        ]
      },
      head: Convolution(weight: "features.18.0.weight", norm: "features.18.1"),
      features: scaled(1280, by: max(1, width)))
  }
}
