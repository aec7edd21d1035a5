// What the classifier asks of OpenBLAS, in one place. Pure functions; any thread. OpenBLAS itself is kept on
// one thread, so that sums come out the same every time; the cores are shared out above it, task by task.

import COpenBLAS
import Dispatch
import Synchronization

enum LinearAlgebra {
  /// Set once for the process: the split of a sum must not change with the load.
  static let useOneThread: Void = openblas_set_num_threads(1)

  /// `matrix` (rows x columns) times `vector`.
  static func product(_ matrix: [Float], rows: Int, columns: Int, _ vector: [Float]) -> [Float] {
    precondition(matrix.count == rows * columns && vector.count == columns)
    useOneThread
    var result = [Float](repeating: 0, count: rows)
    guard rows > 0, columns > 0 else { return result }
    cblas_sgemv(
      CblasRowMajor, CblasNoTrans, blasint(rows), blasint(columns),
      1, matrix, blasint(columns), vector, 1, 0, &result, 1)
    return result
  }

  /// `a` (rows x inner) times `b` (inner x columns), or times the transpose of `b` (columns x inner).
  static func product(
    _ a: [Float], rows: Int, inner: Int, _ b: [Float], columns: Int, transposed: Bool = false
  ) -> [Float] {
    var result = [Float](repeating: 0, count: rows * columns)
    multiply(a, rows: rows, inner: inner, b, columns: columns, transposed: transposed, into: &result)
    return result
  }

  /// As `product`, into memory that is there already.
  static func multiply(
    _ a: UnsafePointer<Float>, rows: Int, inner: Int, _ b: UnsafePointer<Float>, columns: Int,
    transposed: Bool = false, into result: UnsafeMutablePointer<Float>
  ) {
    useOneThread
    guard rows > 0, inner > 0, columns > 0 else { return }
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns),
      blasint(inner), 1, a, blasint(inner), b, blasint(transposed ? inner : columns), 0, result, blasint(columns))
  }

  /// The inverse of a symmetric positive definite matrix, by Cholesky's factor; nil where it has none.
  static func inverse(_ matrix: [Float], order n: Int) -> [Float]? {
    precondition(matrix.count == n * n)
    useOneThread
    var result = matrix
    var order = blasint(n)
    var info: blasint = 0
    // Column-major "lower" is row-major "upper" of a symmetric matrix: only one half is ever read.
    spotrf_("L", &order, &result, &order, &info)
    guard info == 0 else { return nil }
    spotri_("L", &order, &result, &order, &info)
    guard info == 0 else { return nil }
    result.withUnsafeMutableBufferPointer { result in
      for i in 0..<n {
        for j in i + 1..<n { result[j * n + i] = result[i * n + j] }
      }
    }
    return result
  }

  /// [rows, columns] turned round to [columns, rows].
  static func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    precondition(matrix.count == rows * columns)
    let square = 32
    return [Float](unsafeUninitializedCapacity: matrix.count) { result, written in
      LargePages.advise(UnsafeMutableRawBufferPointer(result))
      matrix.withUnsafeBufferPointer { matrix in
        // Every block of columns writes rows of its own.
        nonisolated(unsafe) let (matrix, result) = (matrix, result)
        DispatchQueue.concurrentPerform(iterations: (columns + square - 1) / square) { block in
          for top in stride(from: 0, to: rows, by: square) {
            for column in block * square..<min(columns, (block + 1) * square) {
              for row in top..<min(rows, top + square) {
                result[column * rows + row] = matrix[row * columns + column]
              }
            }
          }
        }
      }
      written = matrix.count
    }
  }

  /// Runs `count` tasks on all cores and gives their results in order.
  static func inParallel<Result: Sendable>(
    _ count: Int, _ task: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = task(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
