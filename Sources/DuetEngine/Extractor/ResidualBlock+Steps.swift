// The steps of an inverted residual block on one band of rows: rows of the expanded map into the ring, the depthwise
// layer out of it, both panel by panel; then the projection. Any thread, one BlockScratch a thread.

extension ResidualBlock {
  /// Rings of all vectors of channels, one behind the other, or of one panel, used by all.
  struct Ring {
    let memory: ScratchFloats
    let rows: Int
    let rowFloats: Int
    let isShared: Bool
    /// Behind the rows of a vector lies one of zeros.
    var vectorFloats: Int { (rows + 1) * rowFloats }

    func vectors(_ count: Int, from first: Int, panel: Int) -> UnsafeMutableBufferPointer<Float> {
      let start = (isShared ? first % panel : first) * vectorFloats
      return memory.prefix(start + count * vectorFloats).from(start)
    }
  }

  /// Expand and depthwise, panel by panel: output rows `rows`, for which the expanded rows `new` are not there yet.
  func widen(
    panels: Range<Int>, rows: Range<Int>, new: Range<Int>, input: Input, ring: Ring,
    hidden: UnsafeMutableBufferPointer<Float>, scratch: BlockScratch
  ) {
    let vectorPixels = hidden.count / depthwise.channels
    let allVectors = depthwise.channels / lanes
    if case .stem(let stem) = source, case .crop(let crop) = input, !new.isEmpty {
      stem.load(crop, rows: new, scratch: scratch.stem.prefix(stem.scratchFloats(rows: new.count)))
    }
    for panel in panels {
      let vectors = 2 * panel..<min(2 * panel + 2, allVectors)
      let memory = ring.vectors(vectors.count, from: vectors.lowerBound, panel: 2)
      expand(vectors, rows: new, input: input, ring: ring, to: memory, scratch: scratch)
      for (index, vector) in vectors.enumerated() {
        depthwise.run(
          vector: vector, rows: rows, width: outputSide, padBefore: padBefore,
          ring: .init(
            memory: UnsafeBufferPointer(memory.from(index * ring.vectorFloats)), rows: ring.rows,
            rowFloats: rowFloats, side: side),
          to: hidden.from(vector * vectorPixels * lanes))
      }
    }
  }

  /// Rows of the expanded map into the ring: at most two runs, before and behind its end.
  private func expand(
    _ vectors: Range<Int>, rows new: Range<Int>, input: Input, ring: Ring, to memory: UnsafeMutableBufferPointer<Float>,
    scratch: BlockScratch
  ) {
    let columns = vectors.lowerBound * lanes..<vectors.upperBound * lanes
    var row = new.lowerBound
    while row < new.upperBound {
      let place = row % ring.rows
      let count = min(new.upperBound - row, ring.rows - place)
      func target(_ place: Int) -> ProductLayer.Target {
        .init(
          memory: memory.from(place * rowFloats + padBefore * lanes), rowWidth: side, rowStride: rowFloats,
          pixelStride: lanes, vectorStride: ring.vectorFloats)
      }
      switch (source, input) {
      case (.expand(let layer), .map(let map)):
        layer.run(
          pixels: count * side, columns: columns,
          from: .plain(map.from(row * side * layer.inputs), channels: layer.inputs), to: target(place), relu6: true)
      case (.stem(let stem), .crop):
        let rows = UnsafeBufferPointer(scratch.stem.prefix(stem.scratchFloats(rows: new.count)))
        for index in 0..<count {
          stem.run(index: row - new.lowerBound + index, columns: columns, scratch: rows, to: target(place + index))
        }
      default: preconditionFailure("the first block reads the crop, the others a map")
      }
      row += count
    }
  }

  /// The second half of the block: `pixels` of the hidden map become pixels of the output from `first` on.
  func narrow(
    pixels: Range<Int>, hidden: UnsafeMutableBufferPointer<Float>, first: Int = 0, input: Input,
    output: UnsafeMutableBufferPointer<Float>
  ) {
    let start = (first + pixels.lowerBound) * project.outputs
    var residual: ProductLayer.Residual?
    if hasResidual, case .map(let map) = input {
      residual = .init(memory: map.from(start), pixelStride: project.outputs)
    }
    project.run(
      pixels: pixels.count,
      from: .init(
        memory: UnsafeBufferPointer(hidden.from(pixels.lowerBound * lanes)), pixelStride: lanes,
        segments: depthwise.channels / lanes, length: lanes,
        segmentStride: hidden.count / depthwise.channels * lanes),
      to: .plain(output.from(start), channels: project.outputs, set: project.instructionSet),
      residual: residual, relu6: false)
  }

  /// Zeros on both ends of every row of the ring, and the whole row behind them.
  func clearPadding(_ ring: Ring) {
    let count = depthwise.channels / lanes
    let memory = ring.vectors(ring.isShared ? min(2, count) : count, from: 0, panel: 2)
    let before = padBefore * lanes
    let behind = (padBefore + side) * lanes
    for start in stride(from: 0, to: memory.count, by: rowFloats) {
      let isZeros = (start / rowFloats) % (ring.rows + 1) == ring.rows
      memory[start..<start + (isZeros ? rowFloats : before)].update(repeating: 0)
      memory[start + behind..<start + rowFloats].update(repeating: 0)
    }
  }
}
