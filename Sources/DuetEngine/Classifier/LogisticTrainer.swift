// The default recipe: multinomial logistic regression whose penalty and temperature are chosen by the log loss
// of photos that were held out. Pure functions; any thread. Folds are shared out over the cores.

/// `score_c(x) = weights_c . x + intercept_c` of a scaled row x; probabilities are softmax(score / temperature).
struct LogisticWeights: Sendable, Equatable {
  /// [categories, dimension].
  var weights: [Float]
  var intercepts: [Double]
  /// The penalty that was chosen.
  var penalty: Double

  /// Scores of one scaled row.
  func scores(_ row: [Float]) -> [Double] {
    let products = LinearAlgebra.product(weights, rows: intercepts.count, columns: row.count, row)
    return zip(products, intercepts).map { Double($0) + $1 }
  }
}

enum LogisticTrainer {
  /// Candidates, strongest first: each is solved from the one before. Photos of clothes ask for the first
  /// (few, alike), groceries for the last (many, distinct).
  static let penalties: [Float] = [0.03, 0.004, 0.0005]
  /// The largest entry of the gradient that is left, as a share of the penalty.
  private static let tolerance: Float = 0.01
  /// The same while folds are compared: their scores are only averaged over.
  private static let foldTolerance: Float = 0.1
  /// The same two for what 16 steps must gain, as a share of the loss.
  private static let leastGain = 1e-6
  private static let foldLeastGain = 1e-4
  /// With no more photos than this, folds come near to leaving out one photo at a time.
  private static let fewPhotos = 250
  /// Folds with few and with many photos.
  private static let folds = (few: 10, many: 5)
  /// So many held-out photos are evidence enough: with thousands of photos one fold is.
  private static let evidence = 500

  /// Where nothing could be held out (one photo a category): less sure than real photos would have it (the best
  /// temperature after one photo was 0.06 to 0.48, on clothes and groceries, 2 and 10 categories).
  static let temperatureWithoutEvidence = 0.6

  /// - Parameter added: what `rows` are made of, where they are more than photos.
  static func train(
    _ rows: CanonicalRows, dots: GramMatrix, groups: [Int], added: CounterfactualRows? = nil
  ) -> (weights: LogisticWeights, temperature: Double) {
    let k = rows.categories.count
    let kernel = TrainingKernel(rows, dots: dots, bias: added?.bias)
    let rowWeights = added?.weights ?? [Float](repeating: 1, count: rows.count)
    let labels = rows.labels
    let (folds, used) = chosenFolds(rows, groups)
    // The whole set and each fold in turn, every one along the path of penalties.
    let paths = LinearAlgebra.inParallel(used.count + 1) { index in
      let fold = index == 0 ? nil : used[index - 1]
      let solver = LogisticSolver(
        kernel: kernel, labels: labels.map { Int32($0) }, categories: k,
        weights: zip(folds, rowWeights).map { fold != nil && $0 == fold ? 0 : $1 })
      var solutions: [LogisticSolution] = []
      for penalty in penalties {
        let tolerance = penalty * (fold == nil ? Self.tolerance : foldTolerance)
        solutions.append(
          solver.solve(
            penalty: penalty, from: solutions.last, tolerance: tolerance,
            leastGain: fold == nil ? leastGain : foldLeastGain))
      }
      return solutions
    }
    // Only photos are evidence for how sure the bars may be.
    let asked = added.map { added in zip(folds, added.isPhoto).map { $1 ? $0 : -1 } } ?? folds
    let choice = choose(paths: Array(paths.dropFirst()), used: used, folds: asked, labels: labels, categories: k)
    let solution = paths[0][choice.index]
    var weights = LinearAlgebra.product(
      solution.coefficients, rows: k, inner: rows.count, rows.features, columns: rows.dimension)
    added?.indifference?.apply(to: &weights)
    let intercepts = (0..<k).map { category in
      let own = solution.coefficients[category * rows.count..<(category + 1) * rows.count]
      guard let added else { return own.reduce(0.0) { $0 + Double($1) } }
      return zip(own, added.bias).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
    return (
      LogisticWeights(weights: weights, intercepts: intercepts, penalty: Double(penalties[choice.index])),
      choice.temperature
    )
  }

  /// A fold for every row, -1 where it is not held out, and the folds that there are.
  private static func chosenFolds(_ rows: CanonicalRows, _ groups: [Int]) -> (folds: [Int], used: [Int]) {
    let folds = CalibrationFolds.assign(
      starts: rows.starts, groups: groups, limit: rows.count <= fewPhotos ? Self.folds.few : Self.folds.many)
    var used: [Int] = []
    var held = 0
    for fold in Set(folds.filter { $0 >= 0 }).sorted() where held < evidence {
      used.append(fold)
      held += folds.count { $0 == fold }
    }
    return (folds.map { used.contains($0) ? $0 : -1 }, used)
  }

  /// The penalty whose held-out scores, at their best temperature, cost the least log loss.
  private static func choose(
    paths: [[LogisticSolution]], used: [Int], folds: [Int], labels: [Int], categories: Int
  ) -> (index: Int, temperature: Double) {
    let held = folds.indices.filter { folds[$0] >= 0 }
    guard !held.isEmpty else { return (0, temperatureWithoutEvidence) }
    let heldLabels = held.map { labels[$0] }
    var best: (index: Int, temperature: Double, loss: Double)?
    for index in penalties.indices {
      var values: [Double] = []
      values.reserveCapacity(held.count * categories)
      for row in held {
        guard let place = used.firstIndex(of: folds[row]) else { continue }
        for category in 0..<categories {
          values.append(Double(paths[place][index].scores[category * folds.count + row]))
        }
      }
      let fitted = Temperature.fit(scores: values, labels: heldLabels, categories: categories)
      if fitted.loss < best?.loss ?? .infinity { best = (index, fitted.temperature, fitted.loss) }
    }
    return best.map { ($0.index, $0.temperature) } ?? (0, temperatureWithoutEvidence)
  }
}
