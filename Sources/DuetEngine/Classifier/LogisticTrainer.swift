// The default recipe: multinomial logistic regression whose penalty and temperature are chosen by the log loss
// of photos that were held out (LogisticPath.swift). Pure functions; any thread.

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
  /// With no more photos than this, folds come near to leaving out one photo at a time.
  private static let fewPhotos = 250
  /// Folds with few and with many photos.
  private static let folds = (few: 10, many: 5)
  /// So many held-out photos are evidence enough for a temperature: with thousands of photos one fold is.
  private static let evidence = 300

  /// Where nothing could be held out (one photo a category): less sure than real photos would have it (the best
  /// temperature after one photo was 0.06 to 0.48, on clothes and groceries, 2 and 10 categories).
  static let temperatureWithoutEvidence = 0.6

  /// - Parameter added: what `rows` are made of, where they are more than photos.
  static func train(
    _ rows: CanonicalRows, dots: GramMatrix, groups: [Int], added: CounterfactualRows? = nil
  ) -> (weights: LogisticWeights, temperature: Double) {
    let k = rows.categories.count
    let (folds, used) = chosenFolds(rows, groups)
    let path = LogisticPath(
      kernel: TrainingKernel(rows, dots: dots, bias: added?.bias), labels: rows.labels, categories: k, folds: folds,
      used: used, weights: added?.weights ?? [Float](repeating: 1, count: rows.count), isPhoto: added?.isPhoto)
    let choice = path.choose()
    var weights = LinearAlgebra.product(
      choice.solution.coefficients, rows: k, inner: rows.count, rows.features, columns: rows.dimension)
    added?.indifference?.apply(to: &weights)
    let intercepts = (0..<k).map { category in
      let own = choice.solution.coefficients[category * rows.count..<(category + 1) * rows.count]
      guard let added else { return own.reduce(0.0) { $0 + Double($1) } }
      return zip(own, added.bias).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }
    return (
      LogisticWeights(weights: weights, intercepts: intercepts, penalty: Double(choice.penalty)),
      choice.temperature ?? temperatureWithoutEvidence
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
}
