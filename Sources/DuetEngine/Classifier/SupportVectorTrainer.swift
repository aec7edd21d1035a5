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
    let problems = PairwiseClassifier.pairs(of: rows.categories.count).map { pair in
      PairwiseProblem(
        first: pair.first, second: pair.second, starts: rows.starts, kernel: kernel, cost: cost(kind))
    }
    var pairs = problems.map { $0.classifier() }
    var temperature = Temperature.withoutEvidence
    if kind == .paper {
      for index in pairs.indices {
        pairs[index].sigmoid = sigmoid(rows, kernel, problems[index], groups)
      }
    } else {
      temperature = cooled(rows, kernel, problems, pairs, groups)
    }
    let machines = SupportVectorMachines(
      gamma: gamma, pairs: pairs, features: rows.features, dimension: rows.dimension)
    return (machines, temperature)
  }

  /// The temperature from one-vs-rest values of held-out photos: every pair is solved again without the
  /// photos of each fold, and all of the fold's photos are put to all pairs.
  private static func cooled(
    _ rows: CanonicalRows, _ kernel: GramMatrix, _ problems: [PairwiseProblem], _ pairs: [PairwiseClassifier],
    _ groups: [Int]
  ) -> Double {
    let folds = CalibrationFolds.assign(starts: rows.starts, groups: groups)
    let held = folds.indices.filter { folds[$0] >= 0 }
    var decisions = [[Double]](repeating: [], count: rows.count)
    for (problem, full) in zip(problems, pairs) {
      for fold in Set(held.map { folds[$0] }).sorted() {
        let classifier = problem.classifier(without: fold, of: folds) ?? full
        for row in held where folds[row] == fold {
          decisions[row].append(decision(classifier, row, kernel, rows.starts))
        }
      }
    }
    let labels = rows.labels
    return Temperature.fit(
      values: held.map { OneVsRest.values(decisions: decisions[$0], count: rows.categories.count) },
      labels: held.map { labels[$0] })
  }

  /// Platt's sigmoid of one pair, from decision values of the pair's photos that were held out of it.
  private static func sigmoid(
    _ rows: CanonicalRows, _ kernel: GramMatrix, _ problem: PairwiseProblem, _ groups: [Int]
  ) -> PlattSigmoid {
    let starts = rows.starts
    let folds = CalibrationFolds.assign(starts: starts, groups: groups, limit: CalibrationFolds.platt)
    let firsts = starts[problem.first]..<starts[problem.first + 1]
    var decisions: [Double] = []
    var isFirst: [Bool] = []
    for fold in 0..<CalibrationFolds.platt {
      guard let classifier = problem.classifier(without: fold, of: folds) else { continue }
      for row in problem.rows where folds[row] == fold {
        decisions.append(decision(classifier, row, kernel, starts))
        isFirst.append(firsts.contains(row))
      }
    }
    let smaller = min(firsts.count, problem.rows.count - firsts.count)
    return PlattScaling.fit(decisions: decisions, isFirst: isFirst) ?? .withoutEvidence(smallerSide: smaller)
  }

  private static func decision(
    _ classifier: PairwiseClassifier, _ row: Int, _ kernel: GramMatrix, _ starts: [Int]
  ) -> Double {
    kernel.values.withUnsafeBufferPointer { values in
      classifier.decision(
        kernel: UnsafeBufferPointer(rebasing: values[row * kernel.count..<(row + 1) * kernel.count]), starts: starts)
    }
  }
}
