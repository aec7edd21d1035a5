// Random numbers that are the same on every computer and in every version for the same seed.
// A value; any thread, each with its own copy.

/// The SplitMix64 generator: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", 2014.
///
/// The state grows by an odd constant; each output is the state, mixed. Good enough for shuffling photos,
/// not for secrets.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The numbers from 0 to `count - 1` in random order (Fisher-Yates from the end, by multiplication and
  /// shift: our own, so that an order does not change with the standard library).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let other = Int(next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(last, other)
    }
    return order
  }
}
