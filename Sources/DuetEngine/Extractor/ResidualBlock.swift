// One inverted residual block, run band by band: expand, depthwise and project take turns on a few rows, so that
// the wide map between them stays in the caches instead of travelling to memory and back.
// A value; any thread, one BlockScratch a thread. This file says in which order; ResidualBlock+Steps.swift does it.

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
  let padBefore: Int
  let paddedSide: Int
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

  var lanes: Int { depthwise.instructionSet.lanes }
  var rowFloats: Int { paddedSide * lanes }
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
}
