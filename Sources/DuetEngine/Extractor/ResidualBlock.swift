// One inverted residual block, run band by band: expand, depthwise and project take turns on a few rows, so that
// the wide map between them stays in the second-level cache instead of travelling to memory and back.
// A value; any thread, one scratch memory a call.

/// Expand (or any other producer of rows) -> depthwise -> project, on square maps.
///
/// The expanded map exists only as a ring of padded rows: row `r` lives in place `r % ringRows`.
struct ResidualBlock: Sendable {
  /// Side of the input map in pixels, as the depthwise layer sees it.
  let side: Int
  /// nil for the first block, whose rows come from the stem.
  let expand: PointwiseLayer?
  let depthwise: DepthwiseLayer
  let project: PointwiseLayer
  let hasResidual: Bool
  /// Zeros before the first row and column.
  let padBefore: Int

  let outputSide: Int
  /// Output rows that are computed at a time.
  let bandRows: Int
  let ringRows: Int
  /// Pixels of a padded row.
  let paddedSide: Int

  /// Floats that a band may keep busy: 96 Ki floats are 384 KiB, well inside a 1 MiB second-level cache
  /// together with the weights that stream past.
  static let bandBudget = 96 * 1024

  init(
    side: Int, expand: PointwiseLayer?, depthwise: DepthwiseLayer, project: PointwiseLayer, hasResidual: Bool,
    padding: NetworkDescription.Padding
  ) {
    precondition(depthwise.channels == project.inputs, "layers must fit together")
    precondition(expand.map { $0.outputs == depthwise.channels } ?? true, "layers must fit together")
    self.side = side
    self.expand = expand
    self.depthwise = depthwise
    self.project = project
    self.hasResidual = hasResidual
    let kernel = depthwise.kernel
    let stride = depthwise.stride
    padBefore = padding.before(kernel: kernel, stride: stride, input: side)
    outputSide = (side + stride - 1) / stride
    paddedSide = max(depthwise.inputWidth(for: outputSide), padBefore + side)
    let row = paddedSide * depthwise.channels
    let outputRow = outputSide * depthwise.channels
    var band = outputSide
    while band > 1, ((band - 1) * stride + kernel) * row + band * outputRow > Self.bandBudget { band -= 1 }
    bandRows = band
    ringRows = (band - 1) * stride + kernel
  }

  /// Floats of one padded row; of the ring with the row of zeros behind it; of a band's depthwise output.
  var rowFloats: Int { paddedSide * depthwise.channels }
  var ringFloats: Int { (ringRows + 1) * rowFloats }
  var bandFloats: Int { bandRows * outputSide * depthwise.channels }
  var outputFloats: Int { outputSide * outputSide * project.outputs }

  /// Where a producer writes rows of the expanded map.
  struct RowTarget {
    let output: UnsafeMutablePointer<Float>
    let capacity: Int
    /// Floats between the starts of two rows.
    let stride: Int
  }

  /// - Parameters:
  ///   - input: [side, side, expand.inputs]; nil where `produce` makes the rows and there is no residual.
  ///   - output: [outputSide, outputSide, project.outputs], `outputFloats` long.
  ///   - ring, band: scratch of at least `ringFloats` and `bandFloats`.
  ///   - produce: writes the given rows of the expanded map; called in order, each row once.
  func run(
    input: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>, ring: ScratchFloats, band: ScratchFloats,
    produce: (_ rows: Range<Int>, _ target: RowTarget) -> Void
  ) {
    let channels = depthwise.channels
    let ringMemory = ring.slice(0, ringFloats)
    let bandMemory = band.slice(0, bandFloats)
    let zeros = UnsafePointer(ringMemory + ringRows * rowFloats)
    clearPadding(ringMemory)
    var produced = 0
    var rows = [UnsafePointer<Float>](repeating: zeros, count: depthwise.kernel)
    for start in stride(from: 0, to: outputSide, by: bandRows) {
      let end = min(start + bandRows, outputSide)
      let needed = min(side, (end - 1) * depthwise.stride + depthwise.kernel - padBefore)
      while produced < needed {
        let place = produced % ringRows
        let count = min(needed - produced, ringRows - place)
        let offset = place * rowFloats + padBefore * channels
        produce(
          produced..<produced + count,
          RowTarget(output: ringMemory + offset, capacity: ringRows * rowFloats - offset, stride: rowFloats))
        produced += count
      }
      for y in start..<end {
        for tap in 0..<depthwise.kernel {
          let row = y * depthwise.stride + tap - padBefore
          rows[tap] = row >= 0 && row < side ? UnsafePointer(ringMemory + row % ringRows * rowFloats) : zeros
        }
        depthwise.run(rows: rows, output: bandMemory + (y - start) * outputSide * channels, width: outputSide)
      }
      let done = start * outputSide * project.outputs
      project.run(
        pixels: (end - start) * outputSide, input: bandMemory, output: output + done, capacity: outputFloats - done,
        residual: hasResidual ? input.map { $0 + done } : nil, relu6: false)
    }
  }

  /// Zeros on both ends of every row of the ring, and the whole row behind it.
  private func clearPadding(_ ring: UnsafeMutablePointer<Float>) {
    let channels = depthwise.channels
    let before = padBefore * channels
    let after = (paddedSide - padBefore - side) * channels
    for row in 0..<ringRows {
      let start = ring + row * rowFloats
      start.update(repeating: 0, count: before)
      (start + rowFloats - after).update(repeating: 0, count: after)
    }
    (ring + ringRows * rowFloats).update(repeating: 0, count: rowFloats)
  }
}
