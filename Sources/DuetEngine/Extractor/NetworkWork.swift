// How much arithmetic a network needs, counted from its description, and how much this processor can do: together
// they say what share of the possible is reached. Values and pure functions; any thread.

import CKernels

extension NetworkDescription {
  /// Multiply-adds of one forward pass: of all convolutions, padding included, the last map's mean left out.
  var multiplyAdds: Int {
    var side = side / 2
    var count = side * side * 27 * stemOutputs
    for block in blocks {
      if block.expand != nil { count += side * side * block.inputs * block.hidden }
      side = (side + block.stride - 1) / block.stride
      count += side * side * block.hidden * (block.kernel * block.kernel + block.outputs)
    }
    return count + side * side * blocks[blocks.count - 1].outputs * features
  }
}

extension FeatureExtractor {
  /// Floating-point operations for one crop, a multiply-add counted as two.
  public var operationsPerCrop: Double { Double(2 * NetworkDescription.of(id).multiplyAdds) }
}

extension InstructionSet {
  /// Floating-point operations a second that one core does with this set when nothing else limits it, measured on
  /// the calling thread by a loop of multiply-adds on registers: the median of bursts of about a millisecond.
  ///
  /// - Parameter bursts: how many; an odd number.
  public func measuredPeak(bursts: Int = 15) -> Double {
    precondition(isSupported && bursts > 0, "this processor does not have \(rawValue)")
    let clock = ContinuousClock()
    var sink: Float = 0
    func rate(_ rounds: Int) -> (operations: Double, seconds: Double) {
      let start = clock.now
      let operations = ck_peak(code, rounds, &sink)
      return (operations, (clock.now - start) / .seconds(1))
    }
    // The first call wakes the units up and tells how long a round takes.
    let first = rate(20_000)
    let rounds = max(1_000, Int(20_000 * 0.001 / max(first.seconds, 1e-6)))
    return (0..<bursts).map { _ in rate(rounds) }.map { $0.operations / $0.seconds }.sorted()[bursts / 2]
  }
}
