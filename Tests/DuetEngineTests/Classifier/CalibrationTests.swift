// Platt's sigmoid, coupling, one-vs-rest values, softmax and temperature, each on cases solved by hand.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct CalibrationTests {
  private func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-9) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < tolerance }
  }

  // MARK: Platt

  /// One photo at +1 against three at -1: the targets 2/3 and 1/5 can both be met, which gives
  /// slope + shift = -log 2 and shift - slope = log 4.
  @Test func plattMeetsItsTargetsWhereItCan() throws {
    let sigmoid = try #require(PlattScaling.fit(decisions: [1, -1, -1, -1], isFirst: [true, false, false, false]))
    #expect(abs(sigmoid.slope + 1.5 * log(2)) < 1e-6)
    #expect(abs(sigmoid.shift - 0.5 * log(2)) < 1e-6)
    #expect(abs(sigmoid.probability(1) - 2.0 / 3) < 1e-6)
    #expect(abs(sigmoid.probability(-1) - 1.0 / 5) < 1e-6)
  }

  @Test func plattNeverTurnsProbabilitiesRound() {
    #expect(PlattScaling.fit(decisions: [-1, -1, 1, 1], isFirst: [true, true, false, false]) == nil)
    #expect(PlattScaling.fit(decisions: [0, 0, 0, 0], isFirst: [true, true, false, false]) == nil)
    #expect(PlattScaling.fit(decisions: [1, 2], isFirst: [true, true]) == nil)
    #expect(PlattScaling.fit(decisions: [], isFirst: []) == nil)
  }

  @Test func aPairWithoutEvidenceFollowsTheRuleOfSuccession() {
    let sigmoid = PlattSigmoid.withoutEvidence(smallerSide: 1)
    #expect(close([sigmoid.probability(1), sigmoid.probability(0), sigmoid.probability(-1)], [2.0 / 3, 0.5, 1.0 / 3]))
    #expect(sigmoid.probability(1e6) == 1)
    #expect(sigmoid.probability(-1e6) == 0)
  }

  // MARK: Coupling

  @Test func couplingOfTwoIsThePairItself() {
    #expect(close(PairwiseCoupling.probabilities(pairs: [0.7], count: 2), [0.7, 0.3]))
  }

  /// Pairs made from (1/2, 3/10, 1/5), r_ij = p_i / (p_i + p_j): the probabilities come back.
  @Test func couplingOfThreeFindsConsistentProbabilities() {
    #expect(close(PairwiseCoupling.probabilities(pairs: [5.0 / 8, 5.0 / 7, 3.0 / 5], count: 3), [0.5, 0.3, 0.2]))
  }

  /// 0 beats 1, 1 beats 2 and 2 beats 0, all alike: nobody is ahead.
  @Test func couplingOfARoundIsEven() {
    #expect(close(PairwiseCoupling.probabilities(pairs: [0.6, 0.4, 0.6], count: 3), [1.0 / 3, 1.0 / 3, 1.0 / 3]))
  }

  /// r01 = 1/2, r02 = r12 = 2/3. By symmetry p0 = p1 = p; the entries of Qp are 13/36 p... set equal:
  /// (1/4 + 1/9) p - 1/4 p - 2/9 q = 2 (4/9) q - 2 (2/9) p, so 5/9 p = 10/9 q: p = 2q.
  @Test func couplingOfTwoEqualsAndAWeakerOne() {
    #expect(close(PairwiseCoupling.probabilities(pairs: [0.5, 2.0 / 3, 2.0 / 3], count: 3), [0.4, 0.4, 0.2]))
  }

  @Test func couplingOfCertainPairsIsFinite() {
    let p = PairwiseCoupling.probabilities(pairs: [1, 1, 1], count: 3)
    #expect(abs(p.reduce(0, +) - 1) < 1e-12)
    #expect(p[0] > 0.999 && p.allSatisfy { $0 >= 0 })
    let round = PairwiseCoupling.probabilities(pairs: [1, 0, 1], count: 3)
    #expect(close(round, [1.0 / 3, 1.0 / 3, 1.0 / 3], 1e-6))
  }

  // MARK: One-vs-rest

  /// (0,1) = 0.5, (0,2) = -1, (1,2) = 2: a vote each, margins -0.5, 1.5 and -1.
  @Test func marginsDecideBetweenEqualVotes() {
    let values = OneVsRest.values(decisions: [0.5, -1, 2], count: 3)
    #expect(close(values, [1 - 0.5 / 4.5, 1 + 1.5 / 7.5, 1 - 1.0 / 6]))
    #expect(values.indexOfLargest == 1)
  }

  @Test func marginsNeverOutweighAVote() {
    // Category 0 wins twice by a hair, category 1 loses once and wins once by a thousand.
    let values = OneVsRest.values(decisions: [0.001, 0.001, 1000], count: 3)
    #expect(values.indexOfLargest == 0)
  }

  @Test func twoCategoriesKeepTheirMargin() {
    #expect(OneVsRest.values(decisions: [-0.8], count: 2) == [-0.4, 0.4])
  }

  @Test func votesGoToTheFirstOfEquals() {
    #expect(OneVsRest.mostVotes(decisions: [1, -1, 1], count: 3) == 0)
    #expect(OneVsRest.mostVotes(decisions: [-1, -1, 1], count: 3) == 1)
    #expect(OneVsRest.mostVotes(decisions: [0], count: 2) == 1)
  }

  // MARK: Softmax and temperature

  @Test func softmaxByHand() {
    #expect(close(Temperature.softmax([0, log(2), log(5)], temperature: 1), [1.0 / 8, 2.0 / 8, 5.0 / 8]))
    #expect(close(Temperature.softmax([0, log(4)], temperature: 2), [1.0 / 3, 2.0 / 3]))
    #expect(Temperature.softmax([1e4, 0], temperature: 0.05) == [1, 0])
  }

  /// Four photos of category 0 with margin 2, one of them answered wrongly. A tenth (half a photo in five) is
  /// spread over both categories, so the larger bar's targets are 0.95 three times and 0.05 once: 0.725 on
  /// average, and 1 / (1 + exp(-2 / T)) = 0.725.
  @Test func temperatureByHand() {
    let values = [[1.0, -1], [1, -1], [1, -1], [-1, 1]]
    let temperature = Temperature.fit(values: values, labels: [0, 0, 0, 0])
    #expect(abs(temperature - 2 / log(0.725 / 0.275)) < 1e-9)
  }

  @Test func temperatureStaysWithinItsEnds() {
    #expect(Temperature.fit(values: [], labels: []) == Temperature.withoutEvidence)
    #expect(close(Temperature.softmax([0.5, -0.5], temperature: Temperature.withoutEvidence), [2.0 / 3, 1.0 / 3]))
    // All wrong: the hottest. All right by a wide margin: not colder than the end.
    #expect(Temperature.fit(values: [[1, -1], [-1, 1]], labels: [1, 0]) == Temperature.highest)
    let easy = [[Double]](repeating: [0.01, -0.01], count: 1000)
    #expect(Temperature.fit(values: easy, labels: [Int](repeating: 0, count: 1000)) == Temperature.lowest)
  }
}
