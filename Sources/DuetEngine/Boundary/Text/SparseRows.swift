// A matrix of which most entries are zero, row after row, and its products with dense ones. Values; any thread.

import COpenBLAS

/// `count` rows of `columns` numbers; only those that are not zero are kept.
struct SparseRows: Sendable {
  let columns: Int
  private(set) var starts = [0]
  private(set) var indices: [Int32] = []
  private(set) var values: [Double] = []

  init(columns: Int) { self.columns = columns }

  var count: Int { starts.count - 1 }

  mutating func append(_ row: [(index: Int, value: Double)]) {
    for entry in row {
      indices.append(Int32(entry.index))
      values.append(entry.value)
    }
    starts.append(indices.count)
  }

  /// This (count x columns) times `dense` (columns x width), row-major.
  func product(_ dense: [Double], width: Int) -> [Double] {
    precondition(dense.count == columns * width)
    return sum(dense, width: width, rows: count) { row, column in (from: column, to: row) }
  }

  /// The transpose of this (columns x count) times `dense` (count x width), row-major.
  func transposedProduct(_ dense: [Double], width: Int) -> [Double] {
    precondition(dense.count == count * width)
    return sum(dense, width: width, rows: columns) { row, column in (from: row, to: column) }
  }

  /// Adds, for every entry, its value times a row of `dense` to a row of the result, which has `rows` of them.
  @inline(__always)
  private func sum(
    _ dense: [Double], width: Int, rows: Int, _ places: (_ row: Int, _ column: Int) -> (from: Int, to: Int)
  ) -> [Double] {
    LinearAlgebra.useOneThread
    var result = [Double](repeating: 0, count: rows * width)
    guard width > 0 else { return result }
    result.withUnsafeMutableBufferPointer { result in
      dense.withUnsafeBufferPointer { dense in
        guard let to = result.baseAddress, let from = dense.baseAddress else { return }
        for row in 0..<count {
          for entry in starts[row]..<starts[row + 1] {
            let place = places(row, Int(indices[entry]))
            cblas_daxpy(blasint(width), values[entry], from + place.from * width, 1, to + place.to * width, 1)
          }
        }
      }
    }
    return result
  }
}
