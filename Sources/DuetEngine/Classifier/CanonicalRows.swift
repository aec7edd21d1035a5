// The training photos in the order in which the classifier works on them: category by category, and
// inside a category sorted by the bytes of the features. Because of this order the same photos give
// the same model bit for bit, whatever order they were added in. A value; any thread.

import Foundation

/// Training rows grouped by category; categories without photos are left out.
struct CanonicalRows: Sendable {
  /// The categories that have photos, in the user's order.
  let categories: [CategoryID]
  /// `starts[c]..<starts[c + 1]` are the rows of category `c`; `categories.count + 1` entries.
  let starts: [Int]
  let photos: [PhotoID]
  /// `count` x `dimension`, row-major, scaled as the classifier sees them.
  let features: [Float]
  let dimension: Int

  var count: Int { photos.count }

  /// The index of the category of every row.
  var labels: [Int] {
    categories.indices.flatMap { c in repeatElement(c, count: starts[c + 1] - starts[c]) }
  }

  /// Rows that are in this order already.
  init(categories: [CategoryID], starts: [Int], photos: [PhotoID], features: [Float], dimension: Int) {
    self.categories = categories
    self.starts = starts
    self.photos = photos
    self.features = features
    self.dimension = dimension
  }

  /// - Parameter scaling: what is done to every row (a row of zeros stays as it is).
  /// - Throws: `TrainingError` when fewer than two categories have photos or a feature is not a usable number.
  init(_ set: TrainingSet, scaling: FeatureScaling) throws {
    dimension = set.dimension
    guard FeatureLimits.areUsable(set.features) else { throw TrainingError.damagedFeatures }
    let width = set.dimension
    let rowsOf = Dictionary(grouping: set.labels.indices) { set.labels[$0] }
    var order: [Int] = []
    var starts = [0]
    var categories: [CategoryID] = []
    for (index, category) in set.categories.enumerated() {
      guard let rows = rowsOf[index] else { continue }
      categories.append(category)
      order += Self.sorted(rows, of: set)
      starts.append(order.count)
    }
    guard categories.count >= 2 else { throw TrainingError.tooFewCategories }
    self.categories = categories
    self.starts = starts
    photos = order.map { set.photos[$0] }
    var features: [Float] = []
    features.reserveCapacity(order.count * width)
    for row in order { features += set.features[row * width..<(row + 1) * width] }
    scaling.apply(to: &features, dimension: width)
    self.features = features
  }

  /// Rows by the bit patterns of their features; rows that are equal to the last bit by photo.
  private static func sorted(_ rows: [Int], of set: TrainingSet) -> [Int] {
    let width = set.dimension
    return set.features.withUnsafeBufferPointer { features in
      rows.sorted { a, b in
        for column in 0..<width {
          let x = features[a * width + column].bitPattern
          let y = features[b * width + column].bitPattern
          if x != y { return x < y }
        }
        return set.photos[a] < set.photos[b]
      }
    }
  }
}

/// What counts as a feature at all: anything else comes from damaged weights or a damaged file.
enum FeatureLimits {
  /// Pooled activations of the extractors are at most some tens; squares of this still fit a Float.
  static let largest: Float = 1e6

  static func isUsable(_ value: Float) -> Bool { value.magnitude <= largest }

  /// Whether every value is usable; a look at all of them without a branch, so that it is vectorised.
  static func areUsable(_ values: [Float]) -> Bool {
    values.withUnsafeBufferPointer { values in
      var refused: Int32 = 0
      // Written so that what is not a number counts as refused.
      for value in values { refused |= value.magnitude <= largest ? 0 : 1 }
      return refused == 0
    }
  }
}
