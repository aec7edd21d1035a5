// One inverted residual block, run band by band: expand, depthwise and project take turns on a few rows, so that
// the wide map between them stays in the caches instead of travelling to memory and back.
// A value; any thread, one BlockScratch a thread.

/// Expand (or the network's first layer) -> depthwise -> project, on square maps.
///
/// Within a band, expand and depthwise take turns on one panel of channels after the other: what one writes, the other
/// finds in the first-level cache. The expanded map exists only as a ring of padded rows: row `r` lives in place
/// `r % ringRows`. Its layout is blocked, [vectors of channels, rows, pixels, lanes] (see Convolution.h).
struct ResidualBlock: Sendable {
  /// What makes the rows of the expanded map.
  enum Source: Sendable {
    case stem(StemLayer)
    case expand(ProductLayer)
  }

  /// What the block reads.
  enum Input {
    case crop(UnsafeBufferPointer<UInt8>)
    /// [side, side, inputs].
    case map(UnsafeBufferPointer<Float>)
  }

  let source: Source
  let depthwise: DepthwiseLayer
  let project: ProductLayer
  let hasResidual: Bool
  /// Sides of the expanded map and of the output in pixels.
  let side: Int
  let outputSide: Int
  /// Zeros before the first row and column; pixels of a padded row.
  private let padBefore: Int
  private let paddedSide: Int
  /// Output rows that are computed at a time.
  let bandRows: Int

  /// Floats that a band may keep busy: well inside a 1 MiB second-level cache, together with the weights that
  /// stream past.
  static let bandBudget = 96 * 1024
  /// A map with up to so many floats behind the depthwise layer is one band.
  static let wholeBudget = 160 * 1024

  init(
    source: Source, side: Int, depthwise: DepthwiseLayer, project: ProductLayer, hasResidual: Bool,
    padding: NetworkDescription.Padding
  ) {
    precondition(depthwise.channels == project.inputs, "layers must fit together")
    self.source = source
    self.depthwise = depthwise
    self.project = project
    self.hasResidual = hasResidual
    self.side = side
    let kernel = depthwise.kernel
    let stride = depthwise.stride
    padBefore = padding.before(kernel: kernel, stride: stride, input: side)
    outputSide = (side + stride - 1) / stride
    paddedSide = max(depthwise.inputWidth(for: outputSide), padBefore + side)
    let row = paddedSide * depthwise.channels
    let outputRow = outputSide * depthwise.channels
    var band = outputSide
    if outputSide * outputRow > Self.wholeBudget {
      while band > 1, ((band - 1) * stride + kernel) * row + band * outputRow > Self.bandBudget { band -= 1 }
    }
    bandRows = band
    precondition(expanded.outputs == depthwise.channels, "layers must fit together")
  }

  private var expanded: ProductLayer {
    switch source {
    case .stem(let stem): stem.product
    case .expand(let layer): layer
    }
  }

  private var lanes: Int { depthwise.instructionSet.lanes }
  private var rowFloats: Int { paddedSide * lanes }
  var outputFloats: Int { outputSide * outputSide * project.outputs }
  /// Floats of the whole map behind the depthwise layer.
  var hiddenFloats: Int { outputSide * outputSide * depthwise.channels }
  /// Panels of channels of the expanded map: what threads share out.
  var panels: Int { (depthwise.channels + 2 * lanes - 1) / (2 * lanes) }

  /// Rows of a ring that holds what `rows` output rows look at.
  private func ringRows(for rows: Int) -> Int { min(side, (rows - 1) * depthwise.stride + depthwise.kernel) }

  /// Scratch memory to run this block by rows, or by channels.
  func scratchFloats(byChannels: Bool) -> BlockScratch.Sizes {
    if byChannels { return .init(ring: (side + 1) * rowFloats * min(2, depthwise.channels / lanes)) }
    let vectors = depthwise.channels / lanes
    let bands = (ringRows(for: bandRows) + 1) * rowFloats * (bandRows == outputSide ? min(2, vectors) : vectors)
    var stemRows = 0
    if case .stem(let stem) = source { stemRows = stem.scratchFloats(rows: ringRows(for: bandRows)) }
    return .init(
      ring: bands, hidden: bandRows * outputSide * depthwise.channels, stem: stemRows)
  }

  /// Computes output rows from end to end.
  ///
  /// - Parameter output: [outputSide, outputSide, project.outputs]; only `rows` of it are written.
  func run(
    rows: Range<Int>, input: Input, output: UnsafeMutableBufferPointer<Float>, scratch: BlockScratch
  ) {
    precondition(!rows.isEmpty, "no rows, nothing to do")
    let band = min(bandRows, rows.count)
    // One band needs no rows of the band before, so all panels share one ring, which stays in the first-level cache.
    let ring = Ring(
      memory: scratch.ring, rows: ringRows(for: band), rowFloats: rowFloats, isShared: rows.count == band)
    clearPadding(ring)
    var made = max(0, rows.lowerBound * depthwise.stride - padBefore)
    for start in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: band) {
      let end = min(start + band, rows.upperBound)
      let needed = max(made, min(side, (end - 1) * depthwise.stride + depthwise.kernel - padBefore))
      let pixels = (end - start) * outputSide
      let hidden = scratch.hidden.prefix(pixels * depthwise.channels)
      widen(panels: 0..<panels, rows: start..<end, new: made..<needed, input: input, ring: ring, hidden: hidden,
        scratch: scratch)
      made = needed
      narrow(pixels: 0..<pixels, hidden: hidden, first: start * outputSide, input: input, output: output)
    }
  }

  /// The first half of the block for some panels of channels and the whole map.
  ///
  /// - Parameter hidden: [channels / lanes, outputSide * outputSide, lanes]; only those channels are written.
  func widen(
    panels: Range<Int>, input: Input, hidden: UnsafeMutableBufferPointer<Float>, scratch: BlockScratch
  ) {
    let ring = Ring(memory: scratch.ring, rows: side, rowFloats: rowFloats, isShared: true)
    clearPadding(ring)
    widen(panels: panels, rows: 0..<outputSide, new: 0..<side, input: input, ring: ring, hidden: hidden,
      scratch: scratch)
  }

  /// The second half of the block for some pixels of the whole map.
  func narrow(
    pixels: Range<Int>, hidden: UnsafeMutableBufferPointer<Float>, input: Input,
    output: UnsafeMutableBufferPointer<Float>
  ) {
    narrow(pixels: pixels, hidden: hidden, first: 0, input: input, output: output)
  }

  // MARK: Steps

  /// Rings of all vectors of channels, one behind the other, or of one panel, used by all.
  private struct Ring {
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
  private func widen(
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

  /// Project: `pixels` of the hidden map become pixels of the output from `first` on.
  private func narrow(
    pixels: Range<Int>, hidden: UnsafeMutableBufferPointer<Float>, first: Int, input: Input,
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
  private func clearPadding(_ ring: Ring) {
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

/// What one thread writes while it runs a block.
final class BlockScratch: Sendable {
  struct Sizes {
    var ring = 0
    var hidden = 0
    var stem = 0

    /// Memory that is large enough for either.
    func union(_ other: Sizes) -> Sizes {
      .init(ring: max(ring, other.ring), hidden: max(hidden, other.hidden), stem: max(stem, other.stem))
    }
  }

  let ring: ScratchFloats
  let hidden: ScratchFloats
  let stem: ScratchFloats

  init(_ sizes: Sizes) {
    ring = ScratchFloats(count: sizes.ring)
    hidden = ScratchFloats(count: sizes.hidden)
    stem = ScratchFloats(count: sizes.stem)
  }
}
