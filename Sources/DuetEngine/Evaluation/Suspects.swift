// Photos that are probably in the wrong category, most suspicious first. Pure functions; any thread.

import Foundation

/// A photo that looks as if it belonged elsewhere.
public struct Suspect: Sendable, Equatable, Codable, Identifiable {
  public let photo: PhotoID
  /// Where it is.
  public let category: CategoryID
  /// Where all other photos say it belongs.
  public let suggested: CategoryID
  /// How much they say so; comparable within one project only. Above 0: more than an ordinary photo.
  public let score: Double

  public var id: PhotoID { photo }

  public init(photo: PhotoID, category: CategoryID, suggested: CategoryID, score: Double) {
    self.photo = photo
    self.category = category
    self.suggested = suggested
    self.score = score
  }
}

/// Ranks photos by how much the others disagree with their category.
///
/// Two opinions, each on photos that were left out together with their copies: ridge regression
/// (``HeldOutRidge``), and the mean cosine to the photos of every category. Of each the margin is taken, the best
/// other category's value minus the own one's; both margins are standardised and added.
public enum Suspects {
  /// A photo needs at least one other in its category before anybody can say it does not belong there.
  private static let fewestPhotos = 3
  /// Where a tenth is less than this, so many are looked at.
  private static let fewestShown = 5

  /// Every photo, most suspicious first; empty where there are fewer than two categories with photos.
  ///
  /// - Parameter groups: a group number for every row; copies share one.
  public static func ranking(_ set: TrainingSet, groups: [Int]? = nil) -> [Suspect] {
    judged(set, groups).map(\.suspect)
  }

  /// Those of the ranking's first tenth that both opinions would put elsewhere: what is worth a person's look.
  ///
  /// - Parameter confirmed: photos of which the person said that they are right.
  public static func find(_ set: TrainingSet, groups: [Int]? = nil, confirmed: Set<PhotoID> = []) -> [Suspect] {
    let all = judged(set, groups)
    return all.prefix(max(fewestShown, all.count / 10))
      .filter { $0.isDoubted && !confirmed.contains($0.suspect.photo) }.map(\.suspect)
  }

  private static func judged(_ set: TrainingSet, _ groups: [Int]?) -> [(suspect: Suspect, isDoubted: Bool)] {
    let k = set.categories.count
    let n = set.photos.count
    let present = Set(set.labels).sorted()
    guard n >= fewestPhotos, present.count >= 2 else { return [] }
    let groups = groups ?? Array(0..<n)
    let cosines = FeatureCosines(set)
    guard let ridge = HeldOutRidge.answers(cosines, labels: set.labels, groups: groups, categories: k) else { return [] }
    let first = margins(ridge, set.labels, present, k)
    let second = margins(meanCosines(cosines, set.labels, groups, k), set.labels, present, k)
    let (a, b) = (Standardised(first.map(\.margin)), Standardised(second.map(\.margin)))
    return (0..<n).map { row -> (suspect: Suspect, isDoubted: Bool) in
      let suggested = first[row].margin > 0 ? first[row].other : second[row].other
      let suspect = Suspect(
        photo: set.photos[row], category: set.categories[set.labels[row]], suggested: set.categories[suggested],
        score: a[row] + b[row])
      return (suspect, first[row].margin > 0 && second[row].margin > 0)
    }.sorted { ($0.suspect.score, $1.suspect.photo) > ($1.suspect.score, $0.suspect.photo) }
  }

  /// `count` x `categories`: the mean cosine to the photos of each category that are not copies of the photo.
  private static func meanCosines(_ cosines: FeatureCosines, _ labels: [Int], _ groups: [Int], _ k: Int) -> [Float] {
    let (n, width) = (cosines.count, cosines.dimension)
    let rows = Dictionary(grouping: 0..<n) { groups[$0] }
    var sums = [Float](repeating: 0, count: k * width)
    var counts = [Float](repeating: 0, count: k)
    for row in 0..<n {
      counts[labels[row]] += 1
      for column in 0..<width { sums[labels[row] * width + column] += cosines.rows[row * width + column] }
    }
    var result = [Float](repeating: 0, count: n * k)
    for row in 0..<n {
      let own = Array(cosines.rows[row * width..<(row + 1) * width])
      var values = LinearAlgebra.product(sums, rows: k, columns: width, own)
      var left = counts
      for copy in rows[groups[row]] ?? [] {
        var cosine: Float = 0
        for column in 0..<width { cosine += own[column] * cosines.rows[copy * width + column] }
        values[labels[copy]] -= cosine
        left[labels[copy]] -= 1
      }
      for category in 0..<k { result[row * k + category] = left[category] > 0 ? values[category] / left[category] : 0 }
    }
    return result
  }

  /// The largest value of another category minus the own one's, and which category that is.
  private static func margins(
    _ values: [Float], _ labels: [Int], _ present: [Int], _ k: Int
  ) -> [(margin: Double, other: Int)] {
    labels.enumerated().map { row, label in
      var best = (value: -Float.infinity, category: label)
      for category in present where category != label && values[row * k + category] > best.value {
        best = (values[row * k + category], category)
      }
      return (Double(best.value - values[row * k + label]), best.category)
    }
  }
}

/// Values minus their mean, divided by their standard deviation.
private struct Standardised {
  private let values: [Double]

  init(_ raw: [Double]) {
    let mean = raw.reduce(0, +) / Double(max(1, raw.count))
    let variance = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, raw.count))
    values = raw.map { variance > 0 ? ($0 - mean) / variance.squareRoot() : 0 }
  }

  subscript(index: Int) -> Double { values[index] }
}
