// The photos of a project as the classifier sees them: one row of features each. A value; any thread.

/// Rows of features with their labels, in a canonical order so that the same photos give the same model
/// bit for bit, whatever order they were added in.
public struct TrainingSet: Sendable {
  /// What the labels 0, 1, ... stand for, in the user's order of categories.
  public let categories: [CategoryID]
  /// One photo a row; with `labels` and `features` of the same length.
  public let photos: [PhotoID]
  /// Index into `categories`.
  public let labels: [Int]
  /// `photos.count` x `dimension`, row-major.
  public let features: [Float]
  public let dimension: Int
  /// What people said about photos of the set with pictures of their own.
  public let counterfactuals: [CounterfactualRow]

  /// - Precondition: `labels.count == photos.count`, `features.count == photos.count * dimension`,
  ///   every label in `0..<categories.count`.
  public init(
    categories: [CategoryID], photos: [PhotoID], labels: [Int], features: [Float], dimension: Int,
    counterfactuals: [CounterfactualRow] = []
  ) {
    precondition(labels.count == photos.count && features.count == photos.count * dimension)
    precondition(counterfactuals.allSatisfy { $0.features.isEmpty || $0.features.count == dimension })
    precondition(labels.allSatisfy { categories.indices.contains($0) })
    self.categories = categories
    self.photos = photos
    self.labels = labels
    self.features = features
    self.dimension = dimension
    self.counterfactuals = counterfactuals
  }
}
