// In which steps threads run a network together, and who writes what. A value; any thread.

/// The steps of a forward pass on `threads` threads. All threads finish a step before one begins the next.
///
/// A block with many rows is one step: each thread computes a band of output rows from beginning to end, and the
/// few rows that two bands look at are expanded twice. A block with few rows is two: each thread expands and filters
/// some of the channels for the whole map, then projects some of the pixels. One thread shares nothing: rows only.
struct NetworkPlan: Sendable {
  enum Step: Sendable, Equatable {
    /// Rows of the first layer, where it is not part of the first block.
    case stem
    /// Output rows of a block.
    case rows(Int)
    /// Channels of a block, up to the depthwise layer.
    case widen(Int)
    /// Pixels of a block, from there on.
    case narrow(Int)
    /// Channels of the last convolution, and their means.
    case head
  }

  let threads: Int
  let steps: [Step]

  /// Maps with up to so many rows a thread, and not more than `largestSplitSide` in all, are split by channels.
  private static let fewRows = 4
  private static let largestSplitSide = 20

  init(_ network: Network, threads: Int) {
    precondition(threads > 0, "somebody has to do it")
    self.threads = threads
    var steps: [Step] = network.stemApart == nil ? [] : [.stem]
    for (index, block) in network.blocks.enumerated() {
      if threads > 1, block.outputSide <= min(Self.fewRows * threads, Self.largestSplitSide) {
        steps += [.widen(index), .narrow(index)]
      } else {
        steps.append(.rows(index))
      }
    }
    self.steps = steps + [.head]
  }
}
