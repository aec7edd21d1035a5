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
  private static let halvings = 60

  /// `exp(v_c / T) / sum exp(v / T)`; sums to 1 and never overflows.
  static func softmax(_ values: [Double], temperature: Double) -> [Double] {
    let largest = values.max() ?? 0
    let powers = values.map { exp(($0 - largest) / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The temperature with the least log loss of held-out values.
  ///
  /// The loss is taken against labels of which half a photo's worth in n + 1 is spread over all categories:
  /// without that, values that are all right would ask for a temperature of zero and bars of 100 %.
  /// In 1/T the loss is convex, so its derivative, mean(E_p[v] - target . v), is halved in upon.
  /// - Parameter values: one row of one-vs-rest values for each held-out photo, its category in `labels`.
  static func fit(values: [[Double]], labels: [Int]) -> Double {
    precondition(values.count == labels.count)
    guard !values.isEmpty else { return withoutEvidence }
    let spread = doubt / Double(values.count + 1)
    func slope(_ inverse: Double) -> Double {
      zip(values, labels).reduce(0) { sum, photo in
        let (row, label) = photo
        let expected = zip(softmax(row, temperature: 1 / inverse), row).reduce(0) { $0 + $1.0 * $1.1 }
        let mean = row.reduce(0, +) / Double(row.count)
        return sum + expected - ((1 - spread) * row[label] + spread * mean)
      }
    }
    var (low, high) = (1 / highest, 1 / lowest)
    if slope(low) >= 0 { return highest }
    if slope(high) <= 0 { return lowest }
    for _ in 0..<halvings {
      let middle = (low + high) / 2
      if slope(middle) > 0 { high = middle } else { low = middle }
    }
    return 2 / (low + high)
  }
}
