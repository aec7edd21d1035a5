// From candidates for the penalty to one solution: the penalty whose held-out scores cost the least log loss.
// A value; any thread. There are two orders of work with the same rule of choice: with few photos every core walks
// paths of its own; with many photos a single product keeps all cores busy, and candidates are tried in turn.

/// Training photos, and which of them are held out when.
struct LogisticPath: Sendable {
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

  /// What a candidate's held-out scores cost at their best temperature.
  struct Candidate: Sendable {
    let index: Int
    let temperature: Double
    let loss: Double
  }

  struct Choice: Sendable {
    let solution: LogisticSolution
    let penalty: Float
    /// Nil where nothing could be held out.
    let temperature: Double?
  }

  let kernel: TrainingKernel
  /// The category of every row.
  let labels: [Int]
  let categories: Int
  /// The fold of every row, -1 where it is never held out.
  let folds: [Int]
  /// The folds that there are.
  let used: [Int]
  /// How often each row counts.
  let weights: [Float]
  /// False for rows that were added to the photos; nil: all are photos.
  var isPhoto: [Bool]?

  func choose() -> Choice {
    guard !used.isEmpty else {
      return Choice(
        solution: solve(without: nil, Self.penalties[0], from: nil), penalty: Self.penalties[0], temperature: nil)
    }
    return kernel.usesAllCores ? oneByOne() : allAtOnce()
  }

  /// Every fold and the whole set walk the path side by side: the whole set keeps a core busy that would else be idle.
  private func allAtOnce() -> Choice {
    let walks: [Int?] = [nil] + used
    let paths = LinearAlgebra.inParallel(walks.count) { walk in
      var solutions: [LogisticSolution] = []
      for penalty in Self.penalties {
        solutions.append(solve(without: walks[walk], penalty, from: solutions.last))
      }
      return solutions
    }
    var best: Candidate?
    for index in Self.penalties.indices {
      let candidate = judge(index, paths.dropFirst().map { $0[index] })
      if candidate.loss < best?.loss ?? .infinity { best = candidate }
    }
    let index = best?.index ?? 0
    return Choice(solution: paths[0][index], penalty: Self.penalties[index], temperature: best?.temperature)
  }

  /// Weaker penalties are tried for as long as they help: past the best one photos are only learnt by heart. The whole
  /// set is solved last, for the chosen penalty alone, from where the folds ended.
  private func oneByOne() -> Choice {
    var best: (candidate: Candidate, solutions: [LogisticSolution])?
    var solutions: [LogisticSolution] = []
    for index in Self.penalties.indices {
      let before = solutions
      solutions = LinearAlgebra.inParallel(used.count) { place in
        solve(without: used[place], Self.penalties[index], from: before.isEmpty ? nil : before[place])
      }
      let candidate = judge(index, solutions)
      guard candidate.loss < best?.candidate.loss ?? .infinity else { break }
      best = (candidate, solutions)
    }
    let index = best?.candidate.index ?? 0
    let solution = solve(without: nil, Self.penalties[index], from: mean(of: best?.solutions ?? []))
    return Choice(solution: solution, penalty: Self.penalties[index], temperature: best?.candidate.temperature)
  }

  /// - Parameter fold: held out of it; nil: the whole set, which is solved more exactly.
  private func solve(without fold: Int?, _ penalty: Float, from start: LogisticSolution?) -> LogisticSolution {
    let solver = LogisticSolver(
      kernel: kernel, labels: labels.map { Int32($0) }, categories: categories,
      weights: zip(folds, weights).map { fold != nil && $0 == fold ? 0 : $1 })
    return solver.solve(
      penalty: penalty, from: start, tolerance: penalty * (fold == nil ? Self.tolerance : Self.foldTolerance),
      leastGain: fold == nil ? Self.leastGain : Self.foldLeastGain)
  }

  /// - Parameter solutions: one a fold of `used`.
  private func judge(_ index: Int, _ solutions: [LogisticSolution]) -> Candidate {
    // Only photos are evidence for how sure the bars may be.
    let held = folds.indices.filter { folds[$0] >= 0 && isPhoto?[$0] ?? true }
    var values: [Double] = []
    values.reserveCapacity(held.count * categories)
    for row in held {
      guard let place = used.firstIndex(of: folds[row]) else { continue }
      for category in 0..<categories {
        values.append(Double(solutions[place].scores[category * folds.count + row]))
      }
    }
    let fitted = Temperature.fit(scores: values, labels: held.map { labels[$0] }, categories: categories)
    return Candidate(index: index, temperature: fitted.temperature, loss: fitted.loss)
  }

  /// Every photo's coefficients, averaged over the folds that trained on it. Its scores are left to the solver.
  private func mean(of solutions: [LogisticSolution]) -> LogisticSolution? {
    guard var mean = solutions.first else { return nil }
    for solution in solutions.dropFirst() {
      for index in mean.coefficients.indices { mean.coefficients[index] += solution.coefficients[index] }
    }
    for index in mean.coefficients.indices {
      // A photo that one of the folds held out was trained on in the others.
      let trained = solutions.count - (folds[index % folds.count] >= 0 ? 1 : 0)
      mean.coefficients[index] /= Float(max(1, trained))
    }
    return mean
  }
}
