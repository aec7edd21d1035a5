// The figures of a report, each worked out by hand.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct EvaluationReportTests {
  private let first = [
    CheckedAnswer(truth: 0, probabilities: [0.8, 0.2]),  // right
    CheckedAnswer(truth: 1, probabilities: [0.8, 0.2]),  // wrong
    CheckedAnswer(truth: 1, probabilities: [0.4, 0.6]),  // right
    CheckedAnswer(truth: 1, probabilities: [0.1, 0.9]),  // right
  ]
  private let second = [
    CheckedAnswer(truth: 0, probabilities: [0.1, 0.9]),  // wrong
    CheckedAnswer(truth: 0, probabilities: [0.6, 0.4]),  // right
  ]

  @Test func figuresByHand() {
    let report = EvaluationReport(rounds: [first, second, []], categories: 2)
    #expect(abs(report.accuracy - 0.625) < 1e-12)  // mean of 3/4 and 1/2
    #expect(abs(report.standardDeviation - (0.03125).squareRoot()) < 1e-12)  // 2 x 0.125^2 / 1
    #expect(report.testCount == 6)
    #expect(report.confusionMatrix == [[2, 1], [1, 2]])
    let product = 0.8 * 0.2 * 0.6 * 0.9 * 0.1 * 0.6
    #expect(abs(report.logLoss + log(product) / 6) < 1e-12)
    // Bins of 1/15: two answers at 0.8 (one right), two at 0.6 (both right), two at 0.9 (one right).
    #expect(abs(report.expectedCalibrationError - (0.6 + 0.8 + 0.8) / 6) < 1e-12)
  }

  @Test func certainAnswersStayFinite() {
    let report = EvaluationReport(
      rounds: [[CheckedAnswer(truth: 1, probabilities: [1, 0]), CheckedAnswer(truth: 0, probabilities: [1, 0])]],
      categories: 2)
    #expect(report.logLoss.isFinite && report.logLoss > 10)
    #expect(report.expectedCalibrationError == 0.5)
    #expect(report.standardDeviation == 0)
  }

  /// 3/5 is the upper end of the ninth bin of fifteen: with 0.59 it shares a bin, with 0.61 it does not.
  @Test func binsHoldTheirUpperEnd() {
    func error(_ right: Double, _ wrong: Double) -> Double {
      EvaluationMetrics.expectedCalibrationError([
        CheckedAnswer(truth: 0, probabilities: [right, 1 - right]),
        CheckedAnswer(truth: 1, probabilities: [wrong, 1 - wrong]),
      ])
    }
    #expect(abs(error(0.6, 0.59) - abs(1 - 1.19) / 2) < 1e-12)
    #expect(abs(error(0.6, 0.61) - (0.4 + 0.61) / 2) < 1e-12)
  }

  @Test func nothingCheckedIsAllZeros() {
    let report = EvaluationReport(rounds: [], categories: 2)
    #expect(report.accuracy == 0 && report.logLoss == 0 && report.testCount == 0)
    #expect(report.confusionMatrix == [[0, 0], [0, 0]])
  }

  @Test func theFirstOfEqualBarsIsTheAnswer() {
    #expect(CheckedAnswer(truth: 1, probabilities: [0.5, 0.5]).answer == 0)
  }
}
