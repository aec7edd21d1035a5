// Several contact sheets at once, one a processor core. Any thread but the main one; returns when all are drawn.

import Foundation
import Synchronization

/// What is to be drawn.
public struct ContactSheetOrder: Sendable {
  public let heading: String
  /// Encoded pictures in the order of the grid, row by row.
  public let thumbnails: [Data]
  /// Printed on the photos, in the same order; empty: none.
  public let numbers: [Int64]

  public init(heading: String, thumbnails: [Data], numbers: [Int64] = []) {
    self.heading = heading
    self.thumbnails = thumbnails
    self.numbers = numbers
  }
}

extension ContactSheet {
  /// One sheet an order; nil where none of the thumbnails can be read.
  public static func draw(_ orders: [ContactSheetOrder]) -> [ContactSheet?] {
    let sheets = Mutex([ContactSheet?](repeating: nil, count: orders.count))
    DispatchQueue.concurrentPerform(iterations: orders.count) { index in
      let order = orders[index]
      let sheet = draw(heading: order.heading, thumbnails: order.thumbnails, numbers: order.numbers)
      sheets.withLock { $0[index] = sheet }
    }
    return sheets.withLock { $0 }
  }
}
