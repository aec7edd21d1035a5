// Memory for the kernels: aligned to a cache line, of a known length.
// Weights are frozen (shared by all threads, never written again); scratch belongs to one call at a time.

/// The alignment of every buffer: one cache line, one 512-bit register.
private let cacheLine = 64

private func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
  let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, count) * 4, alignment: cacheLine)
  let floats = raw.bindMemory(to: Float.self)
  floats.initialize(repeating: 0)
  return floats
}

/// Numbers that are written once, while they are made, and only read from then on.
// Sendable by hand: the pointer is private, nothing writes through it after init, deinit frees it once.
final class FrozenFloats: @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutableBufferPointer<Float>

  init(count: Int, fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
    self.count = count
    memory = allocate(count)
    fill(memory)
  }

  convenience init(_ numbers: [Float]) {
    self.init(count: numbers.count) { memory in
      for (index, number) in numbers.enumerated() { memory[index] = number }
    }
  }

  deinit { memory.deallocate() }

  /// Valid inside `body` only.
  func read<Result>(_ body: (UnsafePointer<Float>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) {
      // A buffer of at least one float always has a base address; allocate() makes it so.
      guard let base = memory.baseAddress else { preconditionFailure("empty buffer") }
      return try body(base)
    }
  }
}

/// Numbers that a forward pass writes and reads. Not Sendable: one call owns it.
final class ScratchFloats {
  let count: Int
  private let memory: UnsafeMutableBufferPointer<Float>

  init(count: Int) {
    self.count = count
    memory = allocate(count)
  }

  deinit { memory.deallocate() }

  /// A view of `length` floats from `offset` on. Checks that it lies inside; keep the owner alive while it is used.
  func slice(_ offset: Int, _ length: Int) -> UnsafeMutablePointer<Float> {
    precondition(offset >= 0 && length >= 0 && offset + length <= count, "slice outside of scratch memory")
    guard let base = memory.baseAddress else { preconditionFailure("empty buffer") }
    return base + offset
  }
}
