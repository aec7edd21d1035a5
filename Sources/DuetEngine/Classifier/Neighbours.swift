// The training photos a photo looks most like, and whether it looks like any of them at all.
// Pure functions; any thread.

enum Neighbours {
  /// How many are shown, and averaged for the test below.
  static let count = 3
  /// With fewer training photos than this nobody can say what is unusual.
  static let fewestForUnknown = 5
  /// The share of training photos that the test would itself call unknown.
  static let unknownShare = 0.05
  /// Cosines are single precision: a copy of a training photo must not be unknown for the last bit.
  static let rounding = 1e-5

  /// Rows by falling cosine (the earlier row of equals first), at most `count` of them.
  static func nearest(_ cosines: [Float], except own: Int? = nil) -> [Int] {
    var best: [Int] = []
    for row in cosines.indices where row != own {
      if best.count == count, let last = best.last, cosines[row] <= cosines[last] { continue }
      let place = best.firstIndex { cosines[row] > cosines[$0] } ?? best.count
      best.insert(row, at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }

  /// The mean cosine to the nearest rows: how much a photo looks like what was taught.
  static func familiarity(_ cosines: [Float], except own: Int? = nil) -> Double {
    let rows = nearest(cosines, except: own)
    guard !rows.isEmpty else { return 0 }
    return rows.reduce(0) { $0 + Double(cosines[$1]) } / Double(rows.count)
  }

  /// Below this familiarity a photo is unknown: the 5th percentile of the training photos' own, each
  /// compared with the others. Nil with too few photos.
  static func threshold(_ cosines: GramMatrix) -> Double? {
    let n = cosines.count
    guard n >= fewestForUnknown else { return nil }
    let own = (0..<n).map { row in
      familiarity(Array(cosines.values[row * n..<(row + 1) * n]), except: row)
    }
    return percentile(own, unknownShare) - rounding
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
