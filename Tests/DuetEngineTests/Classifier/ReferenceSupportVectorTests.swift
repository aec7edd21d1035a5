// The paper's classifier against scikit-learn's SVC on real photos: the same decision values and answers.
// Needs the shared reference data (`DUETML_SHARED`, else ../shared beside the package); skipped without it.

import Foundation
import Testing

@testable import DuetEngine

private let reference: URL? = {
  let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let shared = ProcessInfo.processInfo.environment["DUETML_SHARED"].map { URL(filePath: $0) }
    ?? package.deletingLastPathComponent().appending(path: "shared")
  let file = shared.appending(path: "reference/svc.safetensors")
  return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

@Suite(.enabled(if: reference != nil, "needs shared/reference/svc.safetensors"))
struct ReferenceSupportVectorTests {
  @Test func decisionValuesAndPredictionsAgreeWithScikitLearn() throws {
    let tensors = try Tensors(#require(reference))
    let trainY: [Int64] = try tensors.values("train_y")
    let trainX: [Float] = try tensors.values("train_x")
    let testX: [Float] = try tensors.values("test_x")
    let expectedDecisions: [Double] = try tensors.values("decision_ovo")
    let expectedPredictions: [Int64] = try tensors.values("predict")
    let gamma: [Double] = try tensors.values("gamma")
    try #require(trainX.count == 100 * 1280 && testX.count == 100 * 1280 && expectedDecisions.count == 100 * 45)

    let set = TrainingSet(
      categories: (0..<10).map { CategoryID($0) }, photos: (0..<100).map { PhotoID($0) },
      labels: trainY.map { Int($0) }, features: trainX, dimension: 1280)
    let model = try Trainer.train(set, kind: .paper)
    guard case .machines(let machines) = model.scorer else {
      Issue.record("the paper's way has support vector machines")
      return
    }
    #expect(abs(machines.gamma - gamma[0]) < 1e-9 * gamma[0])

    var largest = 0.0
    var agreeing = 0
    for photo in 0..<100 {
      let features = Array(testX[photo * 1280..<(photo + 1) * 1280])
      for (pair, value) in model.decisionFunction(features).enumerated() {
        largest = max(largest, abs(value - expectedDecisions[photo * 45 + pair]))
      }
      if model.predictByVotes(features).rawValue == expectedPredictions[photo] { agreeing += 1 }
    }
    #expect(largest < 1e-3, "largest difference \(largest)")
    #expect(agreeing == 100)
  }

  /// Every pair's decision values of all training photos, against the same problem solved to 1e-10.
  @Test func decisionValuesAreThoseOfTheOptimum() throws {
    let tensors = try Tensors(#require(reference))
    let trainY: [Int64] = try tensors.values("train_y")
    let set = TrainingSet(
      categories: (0..<10).map { CategoryID($0) }, photos: (0..<100).map { PhotoID($0) },
      labels: trainY.map { Int($0) }, features: try tensors.values("train_x"), dimension: 1280)
    for kind in [ClassifierKind.paper, .svm] {
      let rows = try CanonicalRows(set, scaling: kind.scaling)
      let dots = GramMatrix.dotProducts(of: rows.features, count: rows.count, dimension: rows.dimension)
      let kernel = dots.rbf(gamma: Gamma.scale(rows.features, dimension: rows.dimension))
      var largest = 0.0
      for (first, second) in PairwiseClassifier.pairs(of: 10) {
        let problem = PairwiseProblem(
          first: first, second: second, starts: rows.starts, kernel: kernel, cost: SupportVectorTrainer.cost(kind))
        let (used, exact) = (problem.solution(), problem.solution(tolerance: 1e-10))
        for row in problem.rows.indices {
          let isFirst = row < problem.firsts
          largest = max(largest, abs(used.decision(row: row, isFirst: isFirst) - exact.decision(row: row, isFirst: isFirst)))
        }
      }
      #expect(largest < 1e-5, "\(kind): \(largest)")
    }
  }

  /// The default recipe is at least as good as the paper's on the same photos, and its bars say less nonsense.
  @Test func theStandardRecipeIsBetterCalibrated() throws {
    let tensors = try Tensors(#require(reference))
    let trainY: [Int64] = try tensors.values("train_y")
    let testY: [Int64] = try tensors.values("test_y")
    let testX: [Float] = try tensors.values("test_x")
    let set = TrainingSet(
      categories: (0..<10).map { CategoryID($0) }, photos: (0..<100).map { PhotoID($0) },
      labels: trainY.map { Int($0) }, features: try tensors.values("train_x"), dimension: 1280)
    func logLoss(_ kind: ClassifierKind) throws -> (loss: Double, right: Int) {
      let model = try Trainer.train(set, kind: kind)
      var result = (loss: 0.0, right: 0)
      for photo in 0..<100 {
        let prediction = model.predict(Array(testX[photo * 1280..<(photo + 1) * 1280]))
        result.loss -= log(prediction.bars[Int(testY[photo])].probability) / 100
        if prediction.label.rawValue == testY[photo] { result.right += 1 }
      }
      return result
    }
    let (standard, paper) = (try logLoss(.standard), try logLoss(.paper))
    #expect(standard.loss < paper.loss)
    #expect(standard.right >= 85)
  }
}

/// As much of safetensors as this file needs: an 8-byte header length, a JSON header, little-endian arrays.
private struct Tensors {
  private let data: Data
  private let start: Int
  private let entries: [String: [String: Any]]

  init(_ url: URL) throws {
    data = try Data(contentsOf: url)
    let length = data.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
    start = 8 + length
    entries = try JSONSerialization.jsonObject(with: data[8..<start]) as? [String: [String: Any]] ?? [:]
  }

  func values<T: BitwiseCopyable>(_ name: String) throws -> [T] {
    let offsets = try #require(entries[name]?["data_offsets"] as? [Int])
    return data[start + offsets[0]..<start + offsets[1]].withUnsafeBytes { bytes in
      (0..<bytes.count / MemoryLayout<T>.size).map {
        bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<T>.size, as: T.self)
      }
    }
  }
}
