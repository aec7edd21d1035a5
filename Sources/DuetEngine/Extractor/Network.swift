// The forward pass: a crop of bytes in, 1,280 floats out. Configuration (NetworkDescription), weights (Network)
// and scratch memory (NetworkScratch) are three things; only the last one is written to.
// Network: any thread, shared. NetworkScratch: one call at a time.

import CKernels

/// A network ready to run on 224 x 224 crops.
struct Network: Sendable {
  let description: NetworkDescription
  private let stem: PointwiseLayer
  private let stemPad: Int
  /// [3, 256]: what a byte of each channel is to the network.
  private let byteTable: FrozenFloats
  private let blocks: [ResidualBlock]
  private let head: PointwiseLayer
  private let instructionSet: InstructionSet

  private static let side = NetworkDescription.side
  private static let stemSide = side / 2
  private static let patchFloats = 27

  /// - Throws: `SafeTensorsError` that names the tensor that is missing or wrong.
  init(_ description: NetworkDescription, weights file: SafeTensors, instructionSet: InstructionSet) throws {
    self.description = description
    self.instructionSet = instructionSet
    let loader = LayerLoader(file: file, epsilon: description.batchNormEpsilon, instructionSet: instructionSet)
    stem = try loader.stem(description.stem, outputs: description.stemOutputs)
    stemPad = description.padding.before(kernel: 3, stride: 2, input: Self.side)
    let normalisation = description.normalisation
    byteTable = FrozenFloats(
      (0..<768).map { index in
        let channel = index / 256
        return Float((Double(index % 256) - normalisation.mean[channel]) / normalisation.deviation[channel])
      })
    var side = Self.stemSide
    var blocks: [ResidualBlock] = []
    for block in description.blocks {
      blocks.append(
        ResidualBlock(
          side: side,
          expand: try block.expand.map { try loader.pointwise($0, inputs: block.inputs, outputs: block.hidden) },
          depthwise: try loader.depthwise(
            block.depthwise, kernel: block.kernel, stride: block.stride, channels: block.hidden),
          project: try loader.pointwise(block.project, inputs: block.hidden, outputs: block.outputs),
          hasResidual: block.hasResidual, padding: description.padding))
      side = (side + block.stride - 1) / block.stride
    }
    self.blocks = blocks
    head = try loader.pointwise(
      description.head, inputs: description.blocks[description.blocks.count - 1].outputs,
      outputs: ExtractorID.dimension)
  }

  /// Scratch memory that fits this network.
  func makeScratch() -> NetworkScratch {
    let last = blocks[blocks.count - 1]
    return NetworkScratch(
      map: blocks.map(\.outputFloats).max() ?? 0,
      ring: blocks.map(\.ringFloats).max() ?? 0,
      band: max(blocks.map(\.bandFloats).max() ?? 0, last.outputSide * last.outputSide * head.outputs),
      patches: blocks[0].ringRows * Self.stemSide * Self.patchFloats)
  }

  /// - Parameter crop: [224, 224, 3] bytes, RGB.
  /// - Returns: 1,280 features: the mean over the last map.
  func features(ofCrop crop: [UInt8], scratch: NetworkScratch) -> [Float] {
    precondition(crop.count == Self.side * Self.side * 3, "a crop is 224 x 224 x 3")
    return crop.withUnsafeBufferPointer { crop in
      var input: UnsafeMutablePointer<Float>?
      for (index, block) in blocks.enumerated() {
        let output = scratch.maps[index % 2].slice(0, block.outputFloats)
        let source = input.map { UnsafePointer($0) }
        block.run(input: source, output: output, ring: scratch.ring, band: scratch.band) { rows, target in
          if let expand = block.expand, let source {
            expand.run(
              pixels: rows.count * block.side, input: source + rows.lowerBound * block.side * expand.inputs,
              output: target.output, capacity: target.capacity,
              rows: .init(width: block.side, stride: target.stride), relu6: true)
          } else {
            runStem(crop, rows: rows, target: target, scratch: scratch)
          }
        }
        input = output
      }
      return runHead(input, scratch: scratch)
    }
  }

  private func runStem(
    _ crop: UnsafeBufferPointer<UInt8>, rows: Range<Int>, target: ResidualBlock.RowTarget, scratch: NetworkScratch
  ) {
    let rowFloats = Self.stemSide * Self.patchFloats
    let patches = scratch.patches.slice(0, rows.count * rowFloats)
    byteTable.read { table in
      for (index, row) in rows.enumerated() {
        ck_stem_patches(crop.baseAddress, Self.side, table, row, stemPad, patches + index * rowFloats)
      }
    }
    stem.run(
      pixels: rows.count * Self.stemSide, input: patches, output: target.output, capacity: target.capacity,
      rows: .init(width: Self.stemSide, stride: target.stride), relu6: true)
  }

  private func runHead(_ input: UnsafeMutablePointer<Float>?, scratch: NetworkScratch) -> [Float] {
    let side = blocks[blocks.count - 1].outputSide
    guard let input else { preconditionFailure("a network has blocks") }
    let count = side * side * head.outputs
    let map = scratch.band.slice(0, count)
    head.run(pixels: side * side, input: input, output: map, capacity: count, relu6: true)
    return [Float](unsafeUninitializedCapacity: head.outputs) { features, written in
      ck_mean(instructionSet.code, map, side * side, head.outputs, features.baseAddress)
      written = head.outputs
    }
  }
}

/// What one forward pass writes to: two maps that take turns, the ring and the band of a block, stem patches.
final class NetworkScratch {
  let maps: [ScratchFloats]
  let ring: ScratchFloats
  let band: ScratchFloats
  let patches: ScratchFloats

  /// Sizes in floats.
  init(map: Int, ring: Int, band: Int, patches: Int) {
    maps = [ScratchFloats(count: map), ScratchFloats(count: map)]
    self.ring = ScratchFloats(count: ring)
    self.band = ScratchFloats(count: band)
    self.patches = ScratchFloats(count: patches)
  }
}
