// The model's answer for one photo. A value; any thread.

/// Probabilities of all categories for one photo, with the training photos it looks most like.
public struct Prediction: Sendable, Equatable, Codable {
  public struct Bar: Sendable, Equatable, Codable {
    public let category: CategoryID
    /// 0 to 1; the bars of a prediction add up to 1.
    public let probability: Double

    public init(category: CategoryID, probability: Double) {
      self.category = category
      self.probability = probability
    }
  }

  public struct Neighbour: Sendable, Equatable, Codable {
    public let photo: PhotoID
    public let category: CategoryID
    /// Cosine of the two feature vectors, -1 to 1.
    public let similarity: Double

    public init(photo: PhotoID, category: CategoryID, similarity: Double) {
      self.photo = photo
      self.category = category
      self.similarity = similarity
    }
  }

  /// In the model's order of categories.
  public let bars: [Bar]
  /// The category of the largest bar; the first one where several are equal.
  public let label: CategoryID
  /// False when the photo is unlike everything the model was taught.
  public let known: Bool
  /// The three most similar training photos (fewer if there are fewer), most similar first.
  public let nearest: [Neighbour]

  public init(bars: [Bar], label: CategoryID, known: Bool, nearest: [Neighbour]) {
    self.bars = bars
    self.label = label
    self.known = known
    self.nearest = nearest
  }

  /// The same answer for a project whose owner switched the test for unknown photos off.
  public var takenAsKnown: Prediction { Prediction(bars: bars, label: label, known: true, nearest: nearest) }
}
