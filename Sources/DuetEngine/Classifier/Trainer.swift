// From photos with labels to a model: all pairs of categories and all folds of calibration share one
// matrix of kernel values. Pure functions; any thread (600 photos take some tenths of a second).

import Foundation

/// Which recipe makes the model.
public enum ClassifierKind: String, Sendable, Codable, CaseIterable {
  /// Unit-length features, C = 10, softmax of one-vs-rest values with a cross-validated temperature.
  case standard
  /// As in the DuetML paper: raw features, C = 1, Platt scaling and pairwise coupling.
  case paper

  var usesUnitLength: Bool { self == .standard }
  /// C: the price of a training photo on the wrong side of its margin.
  var cost: Double {
    switch self {
    case .standard: 10
    case .paper: 1
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
  /// Trains a support vector classifier with an rbf kernel, gamma as scikit-learn's "scale".
  ///
  /// Deterministic: the same photos in the same categories give the same model bit for bit, whatever
  /// order they come in. Categories without photos are left out of the model.
  /// - Throws: `TrainingError.tooFewCategories`, `.damagedFeatures`.
  public static func train(_ set: TrainingSet, kind: ClassifierKind = .standard) throws -> TrainedModel {
    let rows = try CanonicalRows(set, unitLength: kind.usesUnitLength)
    let dots = GramMatrix.dotProducts(of: rows.features, count: rows.count, dimension: rows.dimension)
    let gamma = Gamma.scale(rows.features, dimension: rows.dimension)
    let kernel = dots.rbf(gamma: gamma)
    let cosines = dots.cosines()
    let groups = CalibrationFolds.groups(starts: rows.starts, cosines: cosines)
    let problems = PairwiseClassifier.pairs(of: rows.categories.count).map { pair in
      PairwiseProblem(first: pair.first, second: pair.second, starts: rows.starts, kernel: kernel, cost: kind.cost)
    }
    var pairs = problems.map { $0.classifier() }
    var temperature = Temperature.withoutEvidence
    switch kind {
    case .standard:
      temperature = cooled(rows, kernel, problems, pairs, groups)
    case .paper:
      for index in pairs.indices {
        pairs[index].sigmoid = sigmoid(rows, kernel, problems[index], groups)
      }
    }
    return TrainedModel(
      kind: kind, categories: rows.categories, dimension: rows.dimension, starts: rows.starts,
      photos: rows.photos, features: rows.features, gamma: gamma, pairs: pairs, temperature: temperature,
      unknownBelow: Neighbours.threshold(cosines))
  }

  /// The temperature from one-vs-rest values of held-out photos: every pair is solved again without the
  /// photos of each fold, and all of the fold's photos are put to all pairs.
  private static func cooled(
    _ rows: CanonicalRows, _ kernel: GramMatrix, _ problems: [PairwiseProblem], _ pairs: [PairwiseClassifier],
    _ groups: [Int]
  ) -> Double {
    let folds = CalibrationFolds.assign(starts: rows.starts, groups: groups)
    let held = folds.indices.filter { folds[$0] >= 0 }
    var decisions = [[Double]](repeating: [], count: rows.count)
    for (problem, full) in zip(problems, pairs) {
      for fold in Set(held.map { folds[$0] }).sorted() {
        let classifier = problem.classifier(without: fold, of: folds) ?? full
        for row in held where folds[row] == fold {
          decisions[row].append(decision(classifier, row, kernel, rows.starts))
        }
      }
    }
    let labels = rows.labels
    return Temperature.fit(
      values: held.map { OneVsRest.values(decisions: decisions[$0], count: rows.categories.count) },
      labels: held.map { labels[$0] })
  }

  /// Platt's sigmoid of one pair, from decision values of the pair's photos that were held out of it.
  private static func sigmoid(
    _ rows: CanonicalRows, _ kernel: GramMatrix, _ problem: PairwiseProblem, _ groups: [Int]
  ) -> PlattSigmoid {
    let starts = rows.starts
    let folds = CalibrationFolds.assign(starts: starts, groups: groups, limit: CalibrationFolds.platt)
    let firsts = starts[problem.first]..<starts[problem.first + 1]
    var decisions: [Double] = []
    var isFirst: [Bool] = []
    for fold in 0..<CalibrationFolds.platt {
      guard let classifier = problem.classifier(without: fold, of: folds) else { continue }
      for row in problem.rows where folds[row] == fold {
        decisions.append(decision(classifier, row, kernel, starts))
        isFirst.append(firsts.contains(row))
      }
    }
    let smaller = min(firsts.count, problem.rows.count - firsts.count)
    return PlattScaling.fit(decisions: decisions, isFirst: isFirst) ?? .withoutEvidence(smallerSide: smaller)
  }

  private static func decision(
    _ classifier: PairwiseClassifier, _ row: Int, _ kernel: GramMatrix, _ starts: [Int]
  ) -> Double {
    kernel.values.withUnsafeBufferPointer { values in
      classifier.decision(
        kernel: UnsafeBufferPointer(rebasing: values[row * kernel.count..<(row + 1) * kernel.count]), starts: starts)
    }
  }
}
