// Reproducible numbers for tests of layers. Values; any thread.

@testable import DuetEngine

/// Reproducible numbers in -1...1.
struct TestNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
    }
  }
}

extension ScratchFloats {
  /// A copy of all numbers.
  var numbers: [Float] {
    withExtendedLifetime(self) { Array(prefix(count)) }
  }
}
