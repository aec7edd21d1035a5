// How good a classifier was on photos that it had not seen. Values and pure functions; any thread.

import Foundation

/// One answer that can be checked: what the photo shows, and what the model said.
public struct CheckedAnswer: Sendable, Equatable {
  /// Index of the right category.
  public let truth: Int
  /// One a category, adding up to 1.
  public let probabilities: [Double]
  /// The category of the largest bar.
  public var answer: Int { probabilities.indexOfLargest }
  /// The height of the largest bar.
  public var confidence: Double { probabilities.max() ?? 0 }

  public init(truth: Int, probabilities: [Double]) {
    self.truth = truth
    self.probabilities = probabilities
  }
}

public struct EvaluationReport: Sendable, Equatable {
  /// Share of right answers; over several rounds, the mean of the rounds.
  public let accuracy: Double
  /// Standard deviation of the accuracy between rounds (with n - 1); 0 for a single round.
  public let standardDeviation: Double
  /// Expected calibration error over ``EvaluationMetrics/bins`` bins, all rounds together.
  public let expectedCalibrationError: Double
  /// Mean of `-log(probability of the right category)`, natural logarithm, all rounds together.
  public let logLoss: Double
  /// Answers that were checked, all rounds together.
  public let testCount: Int
  /// `confusionMatrix[right][answered]`, in the order of the categories, all rounds together.
  public let confusionMatrix: [[Int]]

  /// - Parameter rounds: the checked answers of every repeat or fold; empty rounds do not count.
  /// - Parameter categories: how many there are.
  public init(rounds: [[CheckedAnswer]], categories: Int) {
    let rounds = rounds.filter { !$0.isEmpty }
    let accuracies = rounds.map { round in
      Double(round.count { $0.answer == $0.truth }) / Double(round.count)
    }
    let mean = accuracies.isEmpty ? 0 : accuracies.reduce(0, +) / Double(accuracies.count)
    let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    accuracy = mean
    standardDeviation = accuracies.count > 1 ? (squares / Double(accuracies.count - 1)).squareRoot() : 0
    let answers = rounds.flatMap { $0 }
    testCount = answers.count
    logLoss = EvaluationMetrics.logLoss(answers)
    expectedCalibrationError = EvaluationMetrics.expectedCalibrationError(answers)
    var matrix = [[Int]](repeating: [Int](repeating: 0, count: categories), count: categories)
    for answer in answers { matrix[answer.truth][answer.answer] += 1 }
    confusionMatrix = matrix
  }
}

public enum EvaluationMetrics {
  /// Bins of equal width over the confidence.
  public static let bins = 15
  /// A category with probability 0 that was right would cost infinity.
  static let leastProbability = 1e-15

  public static func logLoss(_ answers: [CheckedAnswer]) -> Double {
    guard !answers.isEmpty else { return 0 }
    return answers.reduce(0) { $0 - log(max(leastProbability, $1.probabilities[$1.truth])) } / Double(answers.count)
  }

  /// `sum_b (n_b / n) |share of right answers in b - mean confidence in b|`:
  /// Naeini, Cooper & Hauskrecht, AAAI 2015. A bin holds its upper end, not its lower one.
  public static func expectedCalibrationError(_ answers: [CheckedAnswer]) -> Double {
    guard !answers.isEmpty else { return 0 }
    var right = [Double](repeating: 0, count: bins)
    var confidence = right
    for answer in answers {
      let bin = min(bins - 1, max(0, Int((answer.confidence * Double(bins)).rounded(.up)) - 1))
      right[bin] += answer.answer == answer.truth ? 1 : 0
      confidence[bin] += answer.confidence
    }
    return zip(right, confidence).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(answers.count)
  }
}

/// Why there is nothing to report.
public enum EvaluationError: Error, Sendable, Equatable {
  /// Every category needs at least this many photos for the protocol that was asked for.
  case tooFewPhotos(category: CategoryID, needed: Int)
  /// No category has two different photos, or fewer than two categories have photos.
  case nothingToHoldOut

  /// - Parameter name: what the category is called.
  public func message(name: (CategoryID) -> String) -> String {
    switch self {
    case .tooFewPhotos(let category, let needed):
      L("The category “{name}” has too few photos: {count} are needed. Add photos or ask for fewer.",
        ["name": name(category), "count": needed])
    case .nothingToHoldOut:
      L("There are too few photos to test with: two categories with two different photos each are needed.")
    }
  }
}
