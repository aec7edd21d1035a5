// What was fitted: everything that is needed to answer for a new photo, and nothing that is not.
// An immutable value; any thread. How it is written to a project is in TrainedModelCoding.swift.

import Foundation

/// A one-vs-one support vector classifier with its calibration and its training photos.
///
///     let model = try Trainer.train(set)
///     let prediction = model.predict(features)   // 1,280 floats
///     prediction.label                           // the category of the largest bar
public struct TrainedModel: Sendable, Equatable {
  public let kind: ClassifierKind
  /// What it can answer with, in the user's order at training time.
  public let categories: [CategoryID]
  /// Length of a feature vector.
  public let dimension: Int
  /// Width of the kernel `exp(-gamma |x - y|^2)`.
  public let gamma: Double
  /// Of the softmax; only used by `ClassifierKind.standard`.
  public let temperature: Double

  /// `starts[c]..<starts[c + 1]` are the training photos of category `c`.
  let starts: [Int]
  let photos: [PhotoID]
  /// `photos.count` x `dimension`: unit length for `standard`, as extracted for `paper`.
  let features: [Float]
  let pairs: [PairwiseClassifier]
  /// Photos less familiar than this are unknown; nil: everything is known.
  let unknownBelow: Double?
  /// `|x|^2` of every row, derived.
  private let squaredNorms: [Float]

  public var photoCount: Int { photos.count }

  init(
    kind: ClassifierKind, categories: [CategoryID], dimension: Int, starts: [Int], photos: [PhotoID],
    features: [Float], gamma: Double, pairs: [PairwiseClassifier], temperature: Double, unknownBelow: Double?
  ) {
    self.kind = kind
    self.categories = categories
    self.dimension = dimension
    self.starts = starts
    self.photos = photos
    self.features = features
    self.gamma = gamma
    self.pairs = pairs
    self.temperature = temperature
    self.unknownBelow = unknownBelow
    squaredNorms = (0..<photos.count).map { row in
      Float(features[row * dimension..<(row + 1) * dimension].reduce(0.0) { $0 + Double($1) * Double($1) })
    }
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
    let (kernel, cosines) = compare(features)
    let probabilities = probabilities(decisions: decisions(kernel: kernel))
    let nearest = Neighbours.nearest(cosines).map { row in
      Prediction.Neighbour(photo: photos[row], category: category(ofRow: row), similarity: Double(cosines[row]))
    }
    return Prediction(
      bars: zip(categories, probabilities).map { Prediction.Bar(category: $0, probability: $1) },
      label: categories[probabilities.indexOfLargest],
      known: unknownBelow.map { Neighbours.familiarity(cosines) >= $0 } ?? true,
      nearest: nearest)
  }

  /// One-vs-one decision values of the pairs (0,1), (0,2), ..., (1,2), ...; positive for the first category.
  /// - Precondition: `features.count == dimension`.
  public func decisionFunction(_ features: [Float]) -> [Double] {
    decisions(kernel: compare(features).kernel)
  }

  /// The category with most one-vs-one votes: what libsvm's `predict` answers. The app shows the largest
  /// bar instead, which after calibration can be another one.
  /// - Precondition: `features.count == dimension`.
  public func predictByVotes(_ features: [Float]) -> CategoryID {
    categories[OneVsRest.mostVotes(decisions: decisionFunction(features), count: categories.count)]
  }

  private func probabilities(decisions: [Double]) -> [Double] {
    switch kind {
    case .standard:
      return Temperature.softmax(
        OneVsRest.values(decisions: decisions, count: categories.count), temperature: temperature)
    case .paper:
      let pairwise = zip(pairs, decisions).map { pair, decision in
        (pair.sigmoid ?? .withoutEvidence(smallerSide: 1)).probability(decision)
      }
      return PairwiseCoupling.probabilities(pairs: pairwise, count: categories.count)
    }
  }

  private func decisions(kernel: [Float]) -> [Double] {
    kernel.withUnsafeBufferPointer { kernel in pairs.map { $0.decision(kernel: kernel, starts: starts) } }
  }

  /// Kernel values and cosines of one photo with every training photo.
  private func compare(_ features: [Float]) -> (kernel: [Float], cosines: [Float]) {
    precondition(features.count == dimension, "features of another extractor")
    let photo = kind.usesUnitLength ? features.scaledToUnitLength() : features
    let own = photo.reduce(0.0) { $0 + Double($1) * Double($1) }
    let dots = LinearAlgebra.product(self.features, rows: photos.count, columns: dimension, photo)
    var kernel: [Float] = []
    var cosines: [Float] = []
    for (dot, squaredNorm) in zip(dots, squaredNorms) {
      let squared = own + Double(squaredNorm) - 2 * Double(dot)
      kernel.append(Float(exp(-gamma * max(0, squared))))
      let lengths = (own * Double(squaredNorm)).squareRoot()
      cosines.append(lengths > 0 ? Float(min(1, max(-1, Double(dot) / lengths))) : 0)
    }
    return (kernel, cosines)
  }

  private func category(ofRow row: Int) -> CategoryID {
    let index = starts.lastIndex { $0 <= row } ?? 0
    return categories[min(index, categories.count - 1)]
  }
}
