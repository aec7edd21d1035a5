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
    LinearAlgebra.useOneThread
    var result = [Double](repeating: 0, count: count * width)
    guard width > 0 else { return result }
    result.withUnsafeMutableBufferPointer { result in
      dense.withUnsafeBufferPointer { dense in
        guard let to = result.baseAddress, let from = dense.baseAddress else { return }
        for row in 0..<count {
          for entry in starts[row]..<starts[row + 1] {
            cblas_daxpy(blasint(width), values[entry], from + Int(indices[entry]) * width, 1, to + row * width, 1)
          }
        }
      }
    }
    return result
  }

  /// The transpose of this (columns x count) times `dense` (count x width), row-major.
  func transposedProduct(_ dense: [Double], width: Int) -> [Double] {
    precondition(dense.count == count * width)
    LinearAlgebra.useOneThread
    var result = [Double](repeating: 0, count: columns * width)
    guard width > 0 else { return result }
    result.withUnsafeMutableBufferPointer { result in
      dense.withUnsafeBufferPointer { dense in
        guard let to = result.baseAddress, let from = dense.baseAddress else { return }
        for row in 0..<count {
          for entry in starts[row]..<starts[row + 1] {
            cblas_daxpy(blasint(width), values[entry], from + row * width, 1, to + Int(indices[entry]) * width, 1)
          }
        }
      }
    }
    return result
  }
}
