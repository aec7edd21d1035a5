// The memory that forward passes write to, apart from weights and configuration. A call owns one NetworkScratch; the
// plan in it says which of the call's threads writes what, and when.

/// What one forward pass writes to: two maps that take turns, the wide map that threads share, and each thread's own.
final class NetworkScratch: Sendable {
  let plan: NetworkPlan
  let maps: [ScratchFloats]
  let hidden: ScratchFloats
  let features: ScratchFloats
  let workers: [BlockScratch]

  /// Sizes in floats.
  init(plan: NetworkPlan, map: Int, hidden: Int, features: Int, block: BlockScratch.Sizes) {
    self.plan = plan
    maps = [ScratchFloats(count: map), ScratchFloats(count: map)]
    self.hidden = ScratchFloats(count: hidden)
    self.features = ScratchFloats(count: features)
    workers = (0..<plan.threads).map { _ in BlockScratch(block) }
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
