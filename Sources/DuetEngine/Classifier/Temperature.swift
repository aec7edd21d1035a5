// Softmax with a temperature: how sure the bars are, learnt from photos that the machines had not seen.
// Guo, Pleiss, Sun & Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, with the values of
// cross-validation in place of a validation set. Pure functions; any thread.

import Foundation

enum Temperature {
  /// Where nothing could be held out (one photo a category): with two categories a photo on the margin, where
  /// the values differ by 1, gets 2/3, Laplace's rule of succession for one photo a side.
  static let withoutEvidence = 1 / log(2.0)
  /// The ends of the search.
  static let lowest = 0.05
  static let highest = 20.0
  /// The photos' worth of doubt below. On real photos a whole one made bars visibly too low, none can make
  /// them 100 %; both cost log loss.
  private static let doubt = 0.5
  private static let mostSteps = 60
  /// The search ends at steps this small, as a share of 1/T.
  private static let precision = 1e-12

  /// `exp(v_c / T) / sum exp(v / T)`; sums to 1 and never overflows.
  static func softmax(_ values: [Double], temperature: Double) -> [Double] {
    let largest = values.max() ?? 0
    let powers = values.map { exp(($0 - largest) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The temperature with the least log loss of held-out scores, and that loss.
  ///
  /// The loss is taken against labels of which half a photo's worth in n + 1 is spread over all categories:
  /// without that, scores that are all right would ask for a temperature of zero and bars of 100 %.
  /// In b = 1/T the loss is convex: its derivative is mean(E_p[v] - target . v), its second one mean(Var_p[v]).
  /// Newton's steps are kept inside the bracket that the derivative's sign closes.
  /// - Parameter scores: [photos, categories]; the category of each photo is in `labels`.
  static func fit(scores: [Double], labels: [Int], categories: Int) -> (temperature: Double, loss: Double) {
    precondition(scores.count == labels.count * categories)
    guard !labels.isEmpty else { return (withoutEvidence, log(Double(categories))) }
    let spread = doubt / Double(labels.count + 1)
    var (low, high) = (1 / highest, 1 / lowest)
    var inverse = 1.0
    var at = derivatives(scores, labels, categories, spread, inverse)
    for _ in 0..<mostSteps {
      if at.first > 0 { high = inverse } else { low = inverse }
      let wanted = at.second > 0 ? inverse - at.first / at.second : (low + high) / 2
      // An end that Newton runs into twice in a row is the answer; otherwise half way is safer.
      let next = wanted <= low ? (low == 1 / highest ? low : (low + high) / 2)
        : wanted >= high ? (high == 1 / lowest ? high : (low + high) / 2) : wanted
      if abs(next - inverse) <= precision * inverse { break }
      inverse = next
      at = derivatives(scores, labels, categories, spread, inverse)
    }
    return (1 / inverse, at.loss / Double(labels.count))
  }

  /// As `fit(scores:labels:categories:)`, one row of values a photo.
  static func fit(values: [[Double]], labels: [Int]) -> Double {
    precondition(values.count == labels.count)
    guard let categories = values.first?.count else { return withoutEvidence }
    return fit(scores: values.flatMap { $0 }, labels: labels, categories: categories).temperature
  }

  /// The loss and its derivatives after `inverse` = 1/T, sums over all photos.
  private static func derivatives(
    _ scores: [Double], _ labels: [Int], _ categories: Int, _ spread: Double, _ inverse: Double
  ) -> (loss: Double, first: Double, second: Double) {
    var result = (loss: 0.0, first: 0.0, second: 0.0)
    scores.withUnsafeBufferPointer { scores in
      for (photo, label) in labels.enumerated() {
        let row = UnsafeBufferPointer(rebasing: scores[photo * categories..<(photo + 1) * categories])
        var (largest, mean) = (row[0], 0.0)
        for value in row {
          largest = max(largest, value)
          mean += value
        }
        mean /= Double(categories)
        // Moments of v - largest under softmax(v / T).
        var (sum, one, two) = (0.0, 0.0, 0.0)
        for value in row {
          let distance = value - largest
          let power = exp(distance * inverse)
          sum += power
          one += power * distance
          two += power * distance * distance
        }
        let target = (1 - spread) * row[label] + spread * mean - largest
        let expected = one / sum
        result.loss += log(sum) - inverse * target
        result.first += expected - target
        result.second += two / sum - expected * expected
      }
    }
    return result
  }
}
