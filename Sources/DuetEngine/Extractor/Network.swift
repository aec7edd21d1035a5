// The forward pass: a crop of bytes in, features out. Configuration (NetworkDescription), weights (Network), the order
// of work (NetworkPlan) and scratch memory (NetworkScratch) are four things; only the last one is written to.
// Network: any thread, shared. NetworkScratch: one call at a time.

import CKernels

/// A network ready to run on crops of `description.side` pixels.
struct Network: Sendable {
  let description: NetworkDescription
  let blocks: [ResidualBlock]
  /// The first layer where it is a step of its own: where the first block adds its input to its output, as very narrow
  /// networks do. Elsewhere it makes the rows of the first block and its map exists nowhere.
  let stemApart: StemLayer?
  private let head: ProductLayer

  /// - Throws: `SafeTensorsError` that names the tensor that is missing or wrong.
  init(_ description: NetworkDescription, weights file: SafeTensors, instructionSet: InstructionSet) throws {
    self.description = description
    let loader = LayerLoader(file: file, epsilon: description.batchNormEpsilon, instructionSet: instructionSet)
    let isApart = description.blocks[0].hasResidual
    let stem = StemLayer(
      product: try loader.stem(description.stem, outputs: description.stemOutputs, widerOutputs: !isApart),
      side: description.side, padding: description.padding, normalisation: description.normalisation)
    stemApart = isApart ? stem : nil
    var side = stem.outputSide
    var blocks: [ResidualBlock] = []
    for block in description.blocks {
      let source: ResidualBlock.Source
      if let expand = block.expand {
        source = .expand(try loader.product(expand, inputs: block.inputs, outputs: block.hidden, widerOutputs: true))
      } else {
        source = blocks.isEmpty && !isApart ? .stem(stem) : .expand(loader.identity(channels: block.inputs))
      }
      let next = ResidualBlock(
        source: source, side: side,
        depthwise: try loader.depthwise(
          block.depthwise, kernel: block.kernel, stride: block.stride, channels: block.hidden),
        project: try loader.product(
          block.project, inputs: block.hidden, outputs: block.outputs, widerInputs: true),
        hasResidual: block.hasResidual, padding: description.padding)
      blocks.append(next)
      side = next.outputSide
    }
    self.blocks = blocks
    head = try loader.product(
      description.head, inputs: description.blocks[description.blocks.count - 1].outputs,
      outputs: description.features)
  }

  private var lastSide: Int { blocks[blocks.count - 1].outputSide }

  private var stemFloats: Int { stemApart.map { $0.outputSide * $0.outputSide * $0.product.outputs } ?? 0 }

  /// Scratch memory for calls on `threads` threads.
  func makeScratch(threads: Int = 1) -> NetworkScratch {
    let plan = NetworkPlan(self, threads: threads)
    var sizes = BlockScratch.Sizes()
    var hidden = 0
    for step in plan.steps {
      switch step {
      case .stem: sizes.stem = stemApart.map { $0.scratchFloats(rows: $0.outputSide) } ?? 0
      case .rows(let index): sizes = sizes.union(blocks[index].scratchFloats(byChannels: false))
      case .widen(let index):
        sizes = sizes.union(blocks[index].scratchFloats(byChannels: true))
        hidden = max(hidden, blocks[index].hiddenFloats)
      case .narrow, .head: break
      }
    }
    return NetworkScratch(
      plan: plan, map: max(stemFloats, blocks.map(\.outputFloats).max() ?? 0),
      hidden: max(hidden, lastSide * lastSide * head.outputs), features: head.outputs, block: sizes)
  }

  /// - Parameters:
  ///   - crop: [side, side, 3] bytes, RGB.
  ///   - scratch: its plan says how many threads work; the features have the same bits for any number.
  /// - Returns: the mean over the last map.
  func features(ofCrop crop: [UInt8], scratch: NetworkScratch) -> [Float] {
    precondition(crop.count == description.side * description.side * 3, "the crop must have the network's side")
    let plan = scratch.plan
    TeamRun.run(members: plan.threads, steps: plan.steps.count) { step, share, member in
      run(plan.steps[step], share: share, of: plan.threads, crop: crop, scratch: scratch, member: member)
    }
    return Array(scratch.features.prefix(head.outputs))
  }

  /// One thread's share of a step. Shares of one step touch different parts of what they write.
  private func run(
    _ step: NetworkPlan.Step, share: Int, of shares: Int, crop: [UInt8], scratch: NetworkScratch, member: Int
  ) {
    func part(of count: Int) -> Range<Int> { count * share / shares..<count * (share + 1) / shares }
    let worker = scratch.workers[member]
    switch step {
    case .stem:
      guard let stemApart else { preconditionFailure("the plan has no such step") }
      let rows = part(of: stemApart.outputSide)
      guard !rows.isEmpty else { return }
      runStem(stemApart, rows: rows, crop: crop, map: scratch.maps[1].prefix(stemFloats), scratch: worker)
    case .rows(let index):
      let rows = part(of: blocks[index].outputSide)
      guard !rows.isEmpty else { return }
      withInput(of: index, crop: crop, scratch: scratch) { input in
        blocks[index].run(rows: rows, input: input, output: output(of: index, scratch), scratch: worker)
      }
    case .widen(let index):
      let panels = part(of: blocks[index].panels)
      guard !panels.isEmpty else { return }
      withInput(of: index, crop: crop, scratch: scratch) { input in
        blocks[index].widen(
          panels: panels, input: input, hidden: scratch.hidden.prefix(blocks[index].hiddenFloats), scratch: worker)
      }
    case .narrow(let index):
      let pixels = part(of: blocks[index].outputSide * blocks[index].outputSide)
      guard !pixels.isEmpty else { return }
      withInput(of: index, crop: crop, scratch: scratch) { input in
        blocks[index].narrow(
          pixels: pixels, hidden: scratch.hidden.prefix(blocks[index].hiddenFloats), input: input,
          output: output(of: index, scratch))
      }
    case .head:
      let panel = 2 * head.instructionSet.lanes
      let panels = part(of: (head.outputs + panel - 1) / panel)
      guard !panels.isEmpty else { return }
      runHead(columns: panels.lowerBound * panel..<min(panels.upperBound * panel, head.outputs), scratch: scratch)
    }
  }

  /// Maps take turns: a block reads one and writes the other.
  private func output(of index: Int, _ scratch: NetworkScratch) -> UnsafeMutableBufferPointer<Float> {
    scratch.maps[index % 2].prefix(blocks[index].outputFloats)
  }

  private func withInput(
    of index: Int, crop: [UInt8], scratch: NetworkScratch, _ body: (ResidualBlock.Input) -> Void
  ) {
    if index == 0 {
      if stemApart != nil { return body(.map(UnsafeBufferPointer(scratch.maps[1].prefix(stemFloats)))) }
      return crop.withUnsafeBufferPointer { body(.crop($0)) }
    }
    body(.map(UnsafeBufferPointer(output(of: index - 1, scratch))))
  }

  private func runStem(
    _ stem: StemLayer, rows: Range<Int>, crop: [UInt8], map: UnsafeMutableBufferPointer<Float>, scratch: BlockScratch
  ) {
    let memory = scratch.stem.prefix(stem.scratchFloats(rows: rows.count))
    let outputs = stem.product.outputs
    crop.withUnsafeBufferPointer { stem.load($0, rows: rows, scratch: memory) }
    for row in rows {
      stem.run(
        index: row - rows.lowerBound, columns: 0..<outputs, scratch: UnsafeBufferPointer(memory),
        to: .plain(
          map.from(row * stem.outputSide * outputs), channels: outputs, set: stem.product.instructionSet))
    }
  }

  /// Some of the features: the last convolution, then the mean over its map.
  private func runHead(columns: Range<Int>, scratch: NetworkScratch) {
    let pixels = lastSide * lastSide
    let map = scratch.hidden.prefix(pixels * head.outputs).from(columns.lowerBound)
    head.run(
      pixels: pixels, columns: columns,
      from: .plain(UnsafeBufferPointer(output(of: blocks.count - 1, scratch)), channels: head.inputs),
      to: .plain(map, channels: head.outputs, set: head.instructionSet), relu6: true)
    ck_mean(
      head.instructionSet.code, map.baseAddress, pixels, head.outputs, columns.count,
      scratch.features.prefix(head.outputs).from(columns.lowerBound).baseAddress)
  }
}
