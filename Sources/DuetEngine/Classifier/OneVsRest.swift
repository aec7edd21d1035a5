// From the decision values of all pairs to one value a category. Pure functions; any thread.

enum OneVsRest {
  /// scikit-learn's aggregation (`_ovr_decision_function`): a category's votes, plus the sum s of its margins
  /// squeezed into (-1/3, 1/3) by `s / (3 (|s| + 1))`, so that margins decide between equal votes and never
  /// outweigh a vote. With two categories there is one margin, and it is kept as it is, as there: the
  /// values are d/2 and -d/2.
  /// - Parameter decisions: of the pairs (0,1), (0,2), ..., (1,2), ...; at 0 and above for the first.
  static func values(decisions: [Double], count k: Int) -> [Double] {
    precondition(decisions.count == k * (k - 1) / 2)
    if k == 2 { return [decisions[0] / 2, -decisions[0] / 2] }
    var votes = [Double](repeating: 0, count: k)
    var margins = votes
    for (decision, pair) in zip(decisions, PairwiseClassifier.pairs(of: k)) {
      votes[decision >= 0 ? pair.first : pair.second] += 1
      margins[pair.first] += decision
      margins[pair.second] -= decision
    }
    return zip(votes, margins).map { votes, margin in votes + margin / (3 * (abs(margin) + 1)) }
  }

  /// The category with most votes, the first one where several have as many: libsvm's prediction.
  /// A pair votes for its first category only above 0, as there.
  static func mostVotes(decisions: [Double], count k: Int) -> Int {
    var votes = [Int](repeating: 0, count: k)
    for (decision, pair) in zip(decisions, PairwiseClassifier.pairs(of: k)) {
      votes[decision > 0 ? pair.first : pair.second] += 1
    }
    return votes.indexOfLargest
  }
}

extension Array where Element: Comparable {
  /// The index of the largest element, the first one where several are equal; 0 for an empty array.
  var indexOfLargest: Int {
    var best = 0
    for index in indices where self[index] > self[best] { best = index }
    return best
  }
}
