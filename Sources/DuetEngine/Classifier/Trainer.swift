// From photos with labels to a model: which recipe there is, and the one function that follows it.
// Pure functions; any thread.

import Foundation

/// Which recipe makes the model.
public enum ClassifierKind: String, Sendable, Codable, CaseIterable {
  /// Multinomial logistic regression on unit-length features raised to the power 3/4, penalty and
  /// temperature by cross-validation.
  case standard
  /// Support vector machines on unit-length features, C = 10, softmax of one-vs-rest values with a
  /// cross-validated temperature.
  case svm
  /// As in the DuetML paper: raw features, C = 1, Platt scaling and pairwise coupling.
  case paper

  var scaling: FeatureScaling {
    switch self {
    case .standard: .root
    case .svm: .unitLength
    case .paper: .none
    }
  }
}

/// Why there is no model.
public enum TrainingError: Error, Sendable, Equatable {
  /// Fewer than two categories have photos.
  case tooFewCategories
  /// A feature is not a number, or no network could have produced it.
  case damagedFeatures
  /// The bytes are not a model that this version can read.
  case unreadableModel

  public var message: String {
    switch self {
    case .tooFewCategories:
      L("2 categories with photos are needed")
    case .damagedFeatures:
      L("What was computed from the photos is damaged. Install the extractor again, then add the photos again.")
    case .unreadableModel:
      L("The trained model in this project cannot be read. Press Train to make a new one.")
    }
  }
}

public enum Trainer {
  /// Trains a classifier and calibrates it on photos that it holds out of itself.
  ///
  /// Deterministic: the same photos in the same categories give the same model bit for bit, whatever
  /// order they come in. Categories without photos are left out of the model.
  /// - Throws: `TrainingError.tooFewCategories`, `.damagedFeatures`.
  public static func train(_ set: TrainingSet, kind: ClassifierKind = .standard) throws -> TrainedModel {
    let rows = try CanonicalRows(set, scaling: kind.scaling)
    let dots = GramMatrix.dotProducts(of: rows.features, count: rows.count, dimension: rows.dimension)
    let (groups, familiarity) = neighbourhood(rows, dots, kind)
    let scorer: TrainedModel.Scorer
    let temperature: Double
    switch kind {
    case .standard:
      let trained = try Self.logistic(set, rows, dots, groups)
      (scorer, temperature) = (.weights(trained.weights), trained.temperature)
    case .svm, .paper:
      let trained = SupportVectorTrainer.train(rows, dots: dots, groups: groups, kind: kind)
      (scorer, temperature) = (.machines(trained.machines), trained.temperature)
    }
    return TrainedModel(
      kind: kind, categories: rows.categories, dimension: rows.dimension, starts: rows.starts,
      photos: rows.photos, features: rows.features, scorer: scorer, temperature: temperature,
      familiarity: familiarity)
  }

  /// On the photos, and on what counterfactuals add to them where there are any.
  private static func logistic(
    _ set: TrainingSet, _ rows: CanonicalRows, _ dots: GramMatrix, _ groups: [Int]
  ) throws -> (weights: LogisticWeights, temperature: Double) {
    let groups = CounterfactualRows.uniting(groups, rows, set.counterfactuals)
    let scaling = ClassifierKind.standard.scaling
    guard let more = try CounterfactualRows(rows, groups: groups, of: set, scaling: scaling) else {
      return LogisticTrainer.train(rows, dots: dots, groups: groups)
    }
    let dots = GramMatrix.dotProducts(of: more.rows.features, count: more.rows.count, dimension: more.rows.dimension)
    return LogisticTrainer.train(more.rows, dots: dots, groups: more.groups, added: more)
  }

  /// What is read from cosines; in a function of its own, so that their memory is free again before the training.
  private static func neighbourhood(
    _ rows: CanonicalRows, _ dots: GramMatrix, _ kind: ClassifierKind
  ) -> (groups: [Int], familiarity: FamiliarityTest?) {
    // Rows of unit length: dot products are cosines already.
    let cosines = kind.scaling == .none ? dots.cosines() : dots
    return (CalibrationFolds.groups(starts: rows.starts, cosines: cosines), FamiliarityTest(cosines: cosines))
  }
}
