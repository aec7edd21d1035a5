// The training photos with what counterfactuals add to them, as logistic regression takes them: more rows, each with
// a weight, and directions along which scores should not change. A value; any thread.
//
// - A photo with a replaced region is a row of its photo's category. What the replacement did to the features is a
//   direction of ``Indifference``.
// - A changed photo that nobody can name is the row x - x' of its photo's category, without an intercept: its
//   cross-entropy is log sum_c exp((w_c - w_y) . (x - x')), small where the score of the category falls more than any
//   other's on the way from x to x'. It says nothing about where the way ends.
// - A changed photo with a name is a training photo already.

/// Rows in canonical order: category by category, first the photos, then what belongs to them.
struct CounterfactualRows: Sendable {
  /// Photos and added rows, turned by `indifference`.
  let rows: CanonicalRows
  /// How often each row counts; 1 for a photo.
  let weights: [Float]
  /// 1, and 0 for rows that are differences: the factor of the intercept.
  let bias: [Float]
  let isPhoto: [Bool]
  /// As ``CalibrationFolds/groups(starts:cosines:)``; added rows are in the group of their photo.
  let groups: [Int]
  let indifference: Indifference?

  private struct Added {
    let photo: Int
    let isDifference: Bool
    let weight: Float
    let features: [Float]
  }

  /// - Parameters:
  ///   - base: the photos of `set`.
  ///   - groups: of the photos.
  /// - Returns: nil where there is nothing to add: the photos alone are trained on.
  /// - Throws: `TrainingError.damagedFeatures`.
  init?(_ base: CanonicalRows, groups: [Int], of set: TrainingSet, scaling: FeatureScaling) throws {
    let rowOf = Dictionary(base.photos.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var added: [Added] = []
    var directions: [(photo: Int, features: [Float])] = []
    for one in set.counterfactuals where !one.features.isEmpty {
      guard let photo = rowOf[one.photo] else { continue }
      guard one.features.allSatisfy(FeatureLimits.isUsable) else { throw TrainingError.damagedFeatures }
      let changed = scaling.apply(one.features)
      let difference = zip(base.row(photo), changed).map { $0 - $1 }
      switch one.meaning {
      case .same:
        added.append(Added(photo: photo, isDifference: false, weight: one.weight, features: changed))
        directions.append((photo, difference.map { $0 * one.weight.squareRoot() }))
      case .less:
        added.append(Added(photo: photo, isDifference: true, weight: one.weight, features: difference))
      case .labelled: break
      }
    }
    guard !added.isEmpty else { return nil }
    added.sort { ($0.photo, $0.isDifference ? 1 : 0, $0.features) < ($1.photo, $1.isDifference ? 1 : 0, $1.features) }
    directions.sort { ($0.photo, 0, $0.features) < ($1.photo, 0, $1.features) }

    var order: [(photo: Int, added: Added?)] = []
    var starts = [0]
    for category in base.categories.indices {
      let own = base.starts[category]..<base.starts[category + 1]
      order += own.map { ($0, nil) } + added.filter { own.contains($0.photo) }.map { ($0.photo, $0) }
      starts.append(order.count)
    }
    var features = order.flatMap { $0.added?.features ?? base.row($0.photo) }
    indifference = Indifference(directions: directions.flatMap(\.features), dimension: base.dimension)
    indifference?.apply(to: &features)
    rows = CanonicalRows(
      categories: base.categories, starts: starts, photos: order.map { base.photos[$0.photo] }, features: features,
      dimension: base.dimension)
    weights = order.map { $0.added?.weight ?? 1 }
    bias = order.map { $0.added?.isDifference == true ? 0 : 1 }
    isPhoto = order.map { $0.added == nil }
    self.groups = order.map { groups[$0.photo] }
  }
}

extension CounterfactualRows {
  /// Groups of photos in which both ends of a pair are held out together. Ends in different categories stay apart: a
  /// photo that was trained on as something else does not make the model look surer than it is.
  static func uniting(_ groups: [Int], _ base: CanonicalRows, _ counterfactuals: [CounterfactualRow]) -> [Int] {
    let rowOf = Dictionary(base.photos.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let labels = base.labels
    var sets = DisjointSets(count: groups.count)
    for (row, group) in groups.enumerated() { sets.unite(row, group) }
    for one in counterfactuals {
      guard case .labelled(let end) = one.meaning, let a = rowOf[one.photo], let b = rowOf[end], labels[a] == labels[b]
      else { continue }
      sets.unite(a, b)
    }
    return groups.indices.map { sets.root(of: $0) }
  }
}

extension CanonicalRows {
  fileprivate func row(_ index: Int) -> [Float] { Array(features[index * dimension..<(index + 1) * dimension]) }
}

/// By photo, then kind, then the numbers: the order in which counterfactuals were made does not matter.
private func < (a: (Int, Int, [Float]), b: (Int, Int, [Float])) -> Bool {
  if a.0 != b.0 { return a.0 < b.0 }
  if a.1 != b.1 { return a.1 < b.1 }
  return a.2.lexicographicallyPrecedes(b.2)
}
