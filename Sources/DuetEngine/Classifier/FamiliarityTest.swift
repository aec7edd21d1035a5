// "Not like anything you taught me": whether a photo looks like the training photos as much as they look like
// each other. Calibrated on the project's own photos alone. A value; any thread.

/// A photo's score is the mean cosine to its three nearest training photos, less half of what those three
/// have themselves: photos in a dense crowd (red shirts on white) must be closer to it than photos among loners.
///
/// The threshold is the 6.5th percentile of the training photos' own scores, each compared with the others. With
/// two categories of 30 photos about 92 of 100 new photos of the same categories pass.
struct FamiliarityTest: Sendable, Equatable {
  /// With fewer training photos than this nobody can say what is unusual.
  static let fewestPhotos = 5
  /// The share of training photos that the test would itself call unknown.
  private static let unknownShare = 0.065
  /// How much of the neighbours' own familiarity counts. Of 0, 1/2 and 1, 1/2 refused most strangers.
  private static let neighbourShare = 0.5
  /// Cosines are single precision: a copy of a training photo must not be unknown for the last bit.
  private static let rounding = 1e-5

  /// Each training photo's familiarity among the others; zeros make the test a plain mean cosine.
  let familiarities: [Float]
  let threshold: Double

  init(familiarities: [Float], threshold: Double) {
    self.familiarities = familiarities
    self.threshold = threshold
  }

  /// Nil with too few photos: then everything is known.
  init?(cosines: GramMatrix) {
    let n = cosines.count
    guard n >= Self.fewestPhotos else { return nil }
    let nearest = cosines.values.withUnsafeBufferPointer { values in
      (0..<n).map { row in
        Neighbours.nearest(UnsafeBufferPointer(rebasing: values[row * n..<(row + 1) * n]), except: row)
      }
    }
    let familiarities = (0..<n).map { row in
      Float(nearest[row].reduce(0.0) { $0 + Double(cosines[row, $1]) } / Double(max(1, nearest[row].count)))
    }
    let scores = (0..<n).map { row in
      Self.score(familiarity: Double(familiarities[row]), nearest: nearest[row], familiarities)
    }
    self.init(
      familiarities: familiarities, threshold: Neighbours.percentile(scores, Self.unknownShare) - Self.rounding)
  }

  /// - Parameter cosines: of the photo with every training photo.
  /// - Parameter nearest: its nearest training photos.
  func isKnown(cosines: [Float], nearest: [Int]) -> Bool {
    guard !nearest.isEmpty else { return false }
    let own = nearest.reduce(0.0) { $0 + Double(cosines[$1]) } / Double(nearest.count)
    return Self.score(familiarity: own, nearest: nearest, familiarities) >= threshold
  }

  private static func score(familiarity: Double, nearest: [Int], _ familiarities: [Float]) -> Double {
    let theirs = nearest.reduce(0.0) { $0 + Double(familiarities[$1]) } / Double(max(1, nearest.count))
    return familiarity - neighbourShare * theirs
  }
}
