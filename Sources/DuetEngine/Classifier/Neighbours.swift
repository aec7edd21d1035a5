// The training photos a photo looks most like. Pure functions; any thread.

enum Neighbours {
  /// How many are shown, and averaged over.
  static let count = 3

  /// Rows by falling cosine (the earlier row of equals first), at most `count` of them.
  static func nearest(_ cosines: [Float], except own: Int? = nil) -> [Int] {
    cosines.withUnsafeBufferPointer { nearest($0, except: own) }
  }

  /// As above, without a copy.
  static func nearest(_ cosines: UnsafeBufferPointer<Float>, except own: Int? = nil) -> [Int] {
    var best: [Int] = []
    best.reserveCapacity(count + 1)
    var limit = -Float.infinity
    for row in 0..<cosines.count where cosines[row] > limit && row != own {
      let place = best.firstIndex { cosines[row] > cosines[$0] } ?? best.count
      best.insert(row, at: place)
      if best.count > count { best.removeLast() }
      if best.count == count { limit = cosines[best[count - 1]] }
    }
    return best
  }

  /// The value below which a share of the sorted values lies, linear between neighbours.
  static func percentile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
