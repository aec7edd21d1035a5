// What counterfactuals add to a training set: rows that belong to a photo of the set. Values; any thread.

/// A picture that a person made of, or beside, a training photo.
public struct CounterfactualRow: Sendable, Equatable {
  public enum Meaning: Sendable, Equatable {
    /// The photo with a region replaced that does not matter: the same category, and the same scores.
    case same
    /// The photo without what made it what it is; nobody says what it is now: the scores should fall along the way.
    case less
    /// The other end of a pair that was given a category: `PhotoID` is a training photo itself. Nothing is added, but
    /// the two are held out together.
    case labelled(PhotoID)
  }

  /// The training photo that it belongs to. Rows of photos that are not in the set are passed over.
  public let photo: PhotoID
  public let meaning: Meaning
  /// As many as the set's dimension, as extracted; empty for ``Meaning/labelled(_:)``.
  public let features: [Float]
  /// What one row of ``Meaning/less`` counts. Measured where the statement was wrong (a fifth of each photo hidden at
  /// random, ten photos of 40 a category): with 1 it cost 1.2 points of accuracy, with 0.3 it cost 0.7.
  public static let weightOfLess: Float = 0.1

  /// How often it counts, above 0; a photo counts once. The replacements of one region share a weight of 1.
  public let weight: Float

  public init(photo: PhotoID, meaning: Meaning, features: [Float], weight: Float = 1) {
    self.photo = photo
    self.meaning = meaning
    self.features = features
    self.weight = weight
  }
}
