// What was fitted: everything that is needed to answer for a new photo, and nothing that is not.
// An immutable value; any thread. How it is written to a project is in TrainedModelCoding.swift.

import Foundation

/// A classifier with its calibration and its training photos.
///
///     let model = try Trainer.train(set)
///     let prediction = model.predict(features)   // 1,280 floats
///     prediction.label                           // the category of the largest bar
public struct TrainedModel: Sendable, Equatable {
  /// What turns a photo into a number a category (or a pair of categories).
  enum Scorer: Sendable, Equatable {
    /// Of `ClassifierKind.standard`.
    case weights(LogisticWeights)
    /// Of `ClassifierKind.svm` and `.paper`.
    case machines(SupportVectorMachines)
  }

  public let kind: ClassifierKind
  /// What it can answer with, in the user's order at training time.
  public let categories: [CategoryID]
  /// Length of a feature vector.
  public let dimension: Int
  /// Of the softmax; not used by `ClassifierKind.paper`.
  public let temperature: Double

  /// `starts[c]..<starts[c + 1]` are the training photos of category `c`.
  let starts: [Int]
  let photos: [PhotoID]
  /// `photos.count` x `dimension`, scaled as the kind wants it.
  let features: [Float]
  let scorer: Scorer
  /// Nil: everything is known.
  let familiarity: FamiliarityTest?

  public var photoCount: Int { photos.count }

  init(
    kind: ClassifierKind, categories: [CategoryID], dimension: Int, starts: [Int], photos: [PhotoID],
    features: [Float], scorer: Scorer, temperature: Double, familiarity: FamiliarityTest?
  ) {
    self.kind = kind
    self.categories = categories
    self.dimension = dimension
    self.starts = starts
    self.photos = photos
    self.features = features
    self.scorer = scorer
    self.temperature = temperature
    self.familiarity = familiarity
  }

  /// Bars, label, nearest training photos, and whether the photo is like anything that was taught.
  ///
  /// Features that this model cannot have been made for (another length, not numbers) are answered as
  /// unknown, with equal bars and no neighbours.
  public func predict(_ features: [Float]) -> Prediction {
    guard features.count == dimension, features.allSatisfy(FeatureLimits.isUsable) else {
      let bars = categories.map { Prediction.Bar(category: $0, probability: 1 / Double(categories.count)) }
      return Prediction(bars: bars, label: categories[0], known: false, nearest: [])
    }
    let photo = kind.scaling.apply(features)
    let dots = dots(photo)
    let probabilities = probabilities(photo) { dots }
    let cosines = cosines(photo, dots)
    let rows = Neighbours.nearest(cosines)
    let nearest = rows.map { row in
      Prediction.Neighbour(photo: photos[row], category: category(ofRow: row), similarity: Double(cosines[row]))
    }
    return Prediction(
      bars: zip(categories, probabilities).map { Prediction.Bar(category: $0, probability: $1) },
      label: categories[probabilities.indexOfLargest],
      known: familiarity?.isKnown(cosines: cosines, nearest: rows) ?? true,
      nearest: nearest)
  }

  /// The bars alone, in the order of `categories`: all that scoring thousands of photos needs, without a look at
  /// every training photo where the kind of model does not ask for it.
  /// - Precondition: `features.count == dimension`, and the features are numbers.
  func probabilities(_ features: [Float]) -> [Double] {
    precondition(features.count == dimension, "features of another extractor")
    let photo = kind.scaling.apply(features)
    return probabilities(photo) { dots(photo) }
  }

  /// One-vs-one decision values of the pairs (0,1), (0,2), ..., (1,2), ...; positive for the first category.
  /// Of logistic regression, the differences of the scores.
  /// - Precondition: `features.count == dimension`.
  public func decisionFunction(_ features: [Float]) -> [Double] {
    precondition(features.count == dimension, "features of another extractor")
    let photo = kind.scaling.apply(features)
    switch scorer {
    case .weights(let weights):
      let scores = weights.scores(photo)
      return PairwiseClassifier.pairs(of: categories.count).map { scores[$0.first] - scores[$0.second] }
    case .machines(let machines):
      return machines.decisions(dots: dots(photo), squaredNorm: photo.squaredLength, starts: starts)
    }
  }

  /// The category with most one-vs-one votes: what libsvm's `predict` answers. The app shows the largest
  /// bar instead, which after calibration can be another one.
  /// - Precondition: `features.count == dimension`.
  public func predictByVotes(_ features: [Float]) -> CategoryID {
    categories[OneVsRest.mostVotes(decisions: decisionFunction(features), count: categories.count)]
  }

  /// Dot products of one scaled photo with every training photo.
  private func dots(_ photo: [Float]) -> [Float] {
    LinearAlgebra.product(features, rows: photos.count, columns: dimension, photo)
  }

  private func probabilities(_ photo: [Float], dots: () -> [Float]) -> [Double] {
    switch scorer {
    case .weights(let weights):
      return Temperature.softmax(weights.scores(photo), temperature: temperature)
    case .machines(let machines):
      let decisions = machines.decisions(dots: dots(), squaredNorm: photo.squaredLength, starts: starts)
      guard kind == .paper else {
        return Temperature.softmax(
          OneVsRest.values(decisions: decisions, count: categories.count), temperature: temperature)
      }
      let pairwise = zip(machines.pairs, decisions).map { pair, decision in
        (pair.sigmoid ?? .withoutEvidence(smallerSide: 1)).probability(decision)
      }
      return PairwiseCoupling.probabilities(pairs: pairwise, count: categories.count)
    }
  }

  /// Cosines of one scaled photo with every training photo; 0 where either is all zeros.
  private func cosines(_ photo: [Float], _ dots: [Float]) -> [Float] {
    guard case .machines(let machines) = scorer, kind.scaling == .none else {
      return dots.map { min(1, max(-1, $0)) }
    }
    let own = photo.squaredLength
    return zip(dots, machines.squaredNorms).map { dot, squaredNorm in
      let lengths = (own * Double(squaredNorm)).squareRoot()
      return lengths > 0 ? Float(min(1, max(-1, Double(dot) / lengths))) : 0
    }
  }

  private func category(ofRow row: Int) -> CategoryID {
    let index = starts.lastIndex { $0 <= row } ?? 0
    return categories[min(index, categories.count - 1)]
  }
}

extension [Float] {
  /// The squared Euclidean length, summed in double.
  fileprivate var squaredLength: Double { reduce(0.0) { $0 + Double($1) * Double($1) } }
}
