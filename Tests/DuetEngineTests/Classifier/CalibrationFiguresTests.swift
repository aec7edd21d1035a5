// What the default classifier promises on real photos: right answers, bars that mean what they say, and strangers
// recognised. Each limit is the promise, loosened by the noise of the mean over these random choices.

import Testing

@testable import DuetEngine

@Suite(.enabled(if: SharedPhotos.areThere, SharedPhotos.needs), .serialized)
struct CalibrationFiguresTests {
  struct Promise: Sendable {
    let photos: String
    let perCategory: Int
    let accuracy: Double
    let calibrationError: Double
    let logLoss: Double
  }

  /// Standard errors over 30 repeats: accuracy 0.003 to 0.009, log loss 0.008 to 0.02, calibration error 0.01.
  private static let promises = [
    Promise(photos: "clothing10", perCategory: 5, accuracy: 0.69, calibrationError: 0.08, logLoss: 0.98),
    Promise(photos: "clothing10", perCategory: 20, accuracy: 0.79, calibrationError: 0.04, logLoss: 0.60),
    Promise(photos: "grocery10", perCategory: 5, accuracy: 0.86, calibrationError: 0.08, logLoss: 0.45),
    Promise(photos: "grocery10", perCategory: 20, accuracy: 0.945, calibrationError: 0.04, logLoss: 0.173),
  ]

  @Test(arguments: promises) func barsMeanWhatTheySay(promise: Promise) throws {
    let set = try SharedPhotos.named(promise.photos).set
    let report = try HoldOutEvaluation(perCategory: promise.perCategory, repeats: 30).run(set)
    #expect(report.accuracy >= promise.accuracy)
    #expect(report.expectedCalibrationError <= promise.calibrationError)
    #expect(report.logLoss <= promise.logLoss)
  }

  /// On the same photos the default is at least as often right as the support vector machine it replaced,
  /// and its bars are better.
  @Test(arguments: ["clothing10", "grocery10"]) func itIsBetterThanTheSupportVectorMachine(photos: String) throws {
    let set = try SharedPhotos.named(photos).set
    let evaluation = HoldOutEvaluation(perCategory: 10, repeats: 10)
    let (standard, svm) = (try evaluation.run(set), try evaluation.run(set, kind: .svm))
    #expect(standard.accuracy >= svm.accuracy - 0.01)
    #expect(standard.logLoss < svm.logLoss)
  }

  struct Strangers: Sendable {
    let photos: String
    let others: String
    /// Share of the eight other categories of the set that is refused.
    let refused: Double
  }

  /// Two categories of 30 photos, 40 times: standard errors 0.008 accepted, 0.013 to 0.022 refused.
  @Test(arguments: [
    Strangers(photos: "clothing10", others: "grocery10", refused: 0.5),
    Strangers(photos: "grocery10", others: "clothing10", refused: 0.8),
  ]) func strangersAreRecognised(strangers: Strangers) throws {
    let set = try SharedPhotos.named(strangers.photos).set
    let others = try SharedPhotos.named(strangers.others).set
    let repeats = 40
    var random = SplitMix64(seed: 0)
    var (accepted, refused, refusedOthers) = (0.0, 0.0, 0.0)
    for _ in 0..<repeats {
      let chosen = Array(random.permutation(set.categories.count).prefix(2))
      var (training, same): ([Int], [Int]) = ([], [])
      for label in chosen {
        let rows = set.labels.indices.filter { set.labels[$0] == label }
        let order = random.permutation(rows.count).map { rows[$0] }
        training += order.prefix(30)
        same += order.dropFirst(30)
      }
      let model = try Trainer.train(set.rows(training))
      let different = set.labels.indices.filter { !chosen.contains(set.labels[$0]) }
      accepted += model.knownShare(set, same) / Double(repeats)
      refused += (1 - model.knownShare(set, different)) / Double(repeats)
      // Every third photo of the other set: they are refused almost without exception.
      let sample = Array(stride(from: 0, to: others.labels.count, by: 3))
      refusedOthers += (1 - model.knownShare(others, sample)) / Double(repeats)
    }
    #expect(accepted >= 0.9)
    #expect(refused >= strangers.refused)
    #expect(refusedOthers >= 0.99)
  }
}

extension TrainedModel {
  fileprivate func knownShare(_ set: TrainingSet, _ rows: [Int]) -> Double {
    let known = rows.count { predict(Array(set.features[$0 * dimension..<($0 + 1) * dimension])).known }
    return Double(known) / Double(rows.count)
  }
}
