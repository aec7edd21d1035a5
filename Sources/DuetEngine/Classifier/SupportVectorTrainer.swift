// From photos with labels to support vector machines and their calibration: all pairs of categories and all
// folds share one matrix of kernel values. Pure functions; any thread.

import Foundation

enum SupportVectorTrainer {
  /// C: the price of a training photo on the wrong side of its margin.
  static func cost(_ kind: ClassifierKind) -> Double { kind == .paper ? 1 : 10 }

  /// Gamma is scikit-learn's "scale". The temperature belongs to `ClassifierKind.svm`; in the paper's way
  /// every pair has a sigmoid instead.
  static func train(
    _ rows: CanonicalRows, dots: GramMatrix, groups: [Int], kind: ClassifierKind
  ) -> (machines: SupportVectorMachines, temperature: Double) {
    let gamma = Gamma.scale(rows.features, dimension: rows.dimension)
    let kernel = dots.rbf(gamma: gamma)
    let order = PairwiseClassifier.pairs(of: rows.categories.count)
    let folds = CalibrationFolds.assign(
      starts: rows.starts, groups: groups, limit: kind == .paper ? CalibrationFolds.platt : CalibrationFolds.most)
    // One task a pair: its machine, and what its calibration needs.
    let solved = LinearAlgebra.inParallel(order.count) { index in
      let problem = PairwiseProblem(
        first: order[index].first, second: order[index].second, starts: rows.starts, kernel: kernel, cost: cost(kind))
      return solve(problem, rows, kernel, folds, kind)
    }
    let machines = SupportVectorMachines(
      gamma: gamma, pairs: solved.map(\.machine), features: rows.features, dimension: rows.dimension)
    let temperature = kind == .paper
      ? Temperature.withoutEvidence : temperature(rows, folds, solved.map(\.heldOut))
    return (machines, temperature)
  }

  /// - Returns: the machine, and for `svm` the decision values of all held-out rows of the model, by row.
  private static func solve(
    _ problem: PairwiseProblem, _ rows: CanonicalRows, _ kernel: GramMatrix, _ folds: [Int], _ kind: ClassifierKind
  ) -> (machine: PairwiseClassifier, heldOut: [Int: Double]) {
    let full = problem.solution()
    var machine = problem.classifier(full)
    let used = Set(folds.filter { $0 >= 0 }).sorted()
    guard kind != .paper else {
      machine.sigmoid = sigmoid(problem, folds, used)
      return (machine, [:])
    }
    var heldOut: [Int: Double] = [:]
    for fold in used {
      let classifier = problem.solution(without: fold, of: folds).map(problem.classifier) ?? machine
      for row in folds.indices where folds[row] == fold {
        heldOut[row] = decision(classifier, row, kernel, rows.starts)
      }
    }
    return (machine, heldOut)
  }

  /// The temperature from one-vs-rest values of held-out photos.
  private static func temperature(_ rows: CanonicalRows, _ folds: [Int], _ heldOut: [[Int: Double]]) -> Double {
    let held = folds.indices.filter { folds[$0] >= 0 }
    let labels = rows.labels
    let values = held.map { row in
      OneVsRest.values(decisions: heldOut.map { $0[row] ?? 0 }, count: rows.categories.count)
    }
    return Temperature.fit(values: values, labels: held.map { labels[$0] })
  }

  /// Platt's sigmoid of one pair, from decision values of the pair's photos that were held out of it.
  private static func sigmoid(_ problem: PairwiseProblem, _ folds: [Int], _ used: [Int]) -> PlattSigmoid {
    var decisions: [Double] = []
    var isFirst: [Bool] = []
    for fold in used {
      guard let solution = problem.solution(without: fold, of: folds) else { continue }
      for (place, row) in problem.rows.enumerated() where folds[row] == fold {
        decisions.append(solution.decision(row: place, isFirst: place < problem.firsts))
        isFirst.append(place < problem.firsts)
      }
    }
    let smaller = min(problem.firsts, problem.rows.count - problem.firsts)
    return PlattScaling.fit(decisions: decisions, isFirst: isFirst) ?? .withoutEvidence(smallerSide: smaller)
  }

  /// Of any row of the model.
  private static func decision(
    _ classifier: PairwiseClassifier, _ row: Int, _ kernel: GramMatrix, _ starts: [Int]
  ) -> Double {
    kernel.values.withUnsafeBufferPointer { values in
      classifier.decision(
        kernel: UnsafeBufferPointer(rebasing: values[row * kernel.count..<(row + 1) * kernel.count]), starts: starts)
    }
  }
}
