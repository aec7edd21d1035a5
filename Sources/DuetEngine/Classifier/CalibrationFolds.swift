// Which photos are held out together when calibration needs decision values on photos that were not
// trained on. Deterministic: it depends on the canonical order of rows alone. Pure functions; any thread.

enum CalibrationFolds {
  /// More folds come nearer to leaving out one photo at a time and take longer.
  static let most = 10
  /// Folds of Platt scaling, as in libsvm.
  static let platt = 5
  /// Rows of this cosine or more are taken for one photo (a burst, a copy): held out together, so that a
  /// copy in training does not make the model look surer than it is.
  static let sameCosine: Float = 0.995

  /// A fold for every row, -1 for rows that are never held out.
  ///
  /// Each category deals its groups of near-duplicates out in turn; with up to `limit` groups every fold
  /// holds out one group a category at most. A category with a single group keeps it: without it the
  /// category would be gone.
  /// - Parameter groups: a group number for every row; rows of a category only share groups with each other.
  static func assign(starts: [Int], groups: [Int], limit: Int = most) -> [Int] {
    var folds = [Int](repeating: -1, count: groups.count)
    for category in 0..<starts.count - 1 {
      let rows = starts[category]..<starts[category + 1]
      var order: [Int: Int] = [:]
      for row in rows where order[groups[row]] == nil { order[groups[row]] = order.count }
      guard order.count > 1 else { continue }
      for row in rows { folds[row] = (order[groups[row]] ?? 0) % limit }
    }
    return folds
  }

  /// Near-duplicates inside each category, as group numbers (the first row of the group).
  static func groups(starts: [Int], cosines: GramMatrix) -> [Int] {
    var sets = DisjointSets(count: cosines.count)
    for category in 0..<starts.count - 1 {
      let rows = starts[category]..<starts[category + 1]
      for a in rows {
        for b in rows.lowerBound..<a where cosines[a, b] >= sameCosine { sets.unite(a, b) }
      }
    }
    return (0..<cosines.count).map { sets.root(of: $0) }
  }
}

/// Union-find: which items belong together when pairs of them do.
struct DisjointSets {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  /// The smallest item of the set.
  mutating func root(of item: Int) -> Int {
    var root = item
    while parent[root] != root { root = parent[root] }
    var next = item
    while parent[next] != root { (parent[next], next) = (root, parent[next]) }
    return root
  }

  mutating func unite(_ a: Int, _ b: Int) {
    let (x, y) = (root(of: a), root(of: b))
    parent[max(x, y)] = min(x, y)
  }
}
