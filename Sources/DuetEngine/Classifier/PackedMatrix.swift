// A matrix that many small blocks of rows are multiplied with, laid out once as the registers want it.
// Immutable; any thread.

import CKernels
import Dispatch

/// [inner, columns], packed for this processor.
struct PackedMatrix: Sendable {
  static let instructions = InstructionSet.best

  let inner: Int
  let columns: Int
  private let panels: FrozenFloats

  /// Columns that lie side by side in the packed form: a cut between them costs nothing.
  static var panelWidth: Int { ck_panel_width(instructions.code) }

  /// - Parameter matrix: `inner` x `columns`, row-major; with `transposed`, `columns` x `inner`.
  init(_ matrix: [Float], inner: Int, columns: Int, transposed: Bool = false) {
    precondition(matrix.count == inner * columns)
    self.inner = inner
    self.columns = columns
    let isa = Self.instructions.code
    panels = FrozenFloats(count: ck_panel_count(isa, inner, columns)) { memory in
      guard let base = memory.baseAddress else { return }
      ck_panel_pack(isa, inner, columns, matrix, transposed ? 1 : columns, transposed ? inner : 1, base)
    }
  }

  /// `block` [rows, inner] times this matrix, for the columns of `range` alone (all of them if left out),
  /// which starts at a panel; `result` is [rows, columns].
  func multiply(
    _ block: UnsafePointer<Float>, rows: Int, into result: UnsafeMutablePointer<Float>, columns range: Range<Int>? = nil
  ) {
    panels.read { panels in
      ck_panel_product(
        Self.instructions.code, rows, inner, block, inner, panels.baseAddress, result, columns,
        range?.lowerBound ?? 0, range?.upperBound ?? columns)
    }
  }

  /// As ``multiply(_:rows:into:columns:)``, the columns shared out over the cores. Every column is summed up as on one
  /// core, so the result is the same to the last bit.
  func multiplyOnAllCores(_ block: UnsafePointer<Float>, rows: Int, into result: UnsafeMutablePointer<Float>) {
    let panels = (columns + Self.panelWidth - 1) / Self.panelWidth
    let share = max(1, (panels + Self.shares - 1) / Self.shares) * Self.panelWidth
    // Every share writes columns of its own.
    nonisolated(unsafe) let (block, result) = (block, result)
    DispatchQueue.concurrentPerform(iterations: (columns + share - 1) / share) { index in
      multiply(block, rows: rows, into: result, columns: index * share..<min(columns, (index + 1) * share))
    }
  }

  /// More than there are cores, so that one that comes late has less to catch up with.
  private static let shares = 8
}
