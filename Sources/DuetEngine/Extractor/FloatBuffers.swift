// Memory for the kernels: aligned to a cache line, of a known length.
// Weights are frozen (shared by all threads, never written again); scratch belongs to one call at a time.

import Foundation

/// Memory in pages of 2 MiB where the system has them: a matrix of 100 MB is otherwise 25,000 page faults.
enum LargePages {
  private static let page = 2 << 20

  /// Asks for large pages in the part of `memory` that consists of whole ones, before it is first touched. Only a
  /// wish: where it is not granted the memory is the same, but slower to come by.
  static func advise(_ memory: UnsafeMutableRawBufferPointer) {
    guard let base = memory.baseAddress, memory.count >= 2 * page else { return }
    let first = (UInt(bitPattern: base) + UInt(page) - 1) / UInt(page) * UInt(page)
    let last = (UInt(bitPattern: base) + UInt(memory.count)) / UInt(page) * UInt(page)
    guard let start = UnsafeMutableRawPointer(bitPattern: first), last > first else { return }
    _ = madvise(start, Int(last - first), MADV_HUGEPAGE)
  }
}

/// The alignment of every buffer: one cache line, one 512-bit register.
private let cacheLine = 64

private func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
  let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, count) * 4, alignment: cacheLine)
  LargePages.advise(raw)
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
  func read<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) { try body(UnsafeBufferPointer(memory)) }
  }
}

/// Numbers that a forward pass writes and reads. One call owns it; the threads of that call share it under a plan
/// that gives every float one writer at a time (NetworkPlan.swift).
// Sendable by hand: the pointer never changes, deinit frees it once, and the plan orders reads behind writes.
final class ScratchFloats: @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutableBufferPointer<Float>

  init(count: Int) {
    self.count = count
    memory = allocate(count)
  }

  deinit { memory.deallocate() }

  /// The first `length` floats. Checks that there are so many; keep the owner alive while they are used.
  func prefix(_ length: Int) -> UnsafeMutableBufferPointer<Float> {
    precondition(length >= 0 && length <= count, "more than the scratch memory holds")
    return UnsafeMutableBufferPointer(rebasing: memory[..<length])
  }
}

extension UnsafeMutableBufferPointer {
  /// The part from `offset` on. Checks that it begins inside.
  func from(_ offset: Int) -> UnsafeMutableBufferPointer<Element> { .init(rebasing: self[offset...]) }
}

extension UnsafeBufferPointer {
  /// The part from `offset` on. Checks that it begins inside.
  func from(_ offset: Int) -> UnsafeBufferPointer<Element> { .init(rebasing: self[offset...]) }
}
