// The solver of one multinomial logistic regression, in the span of the training photos.
// A value with scratch memory of its own; any thread, one thread at a time.
//
// It minimises  sum_t w_t (log sum_c exp F_ct - F_(y_t)t) + penalty / 2 sum_c a_c' K a_c  with  F = a K,  by
// limited-memory BFGS (Nocedal, "Updating quasi-Newton matrices with limited storage", Math. Comp. 35, 1980)
// in the features' own geometry, preconditioned with (K + c)^-1. Because K (K + c)^-1 r = r - c (K + c)^-1 r, a
// step changes coefficients and scores together and costs one matrix product in all.

import CKernels
import COpenBLAS

/// Coefficients and scores, both [categories, photos].
struct LogisticSolution: Sendable {
  /// `a`: at the optimum (share of the label - probability) / penalty, 0 for held-out photos.
  var coefficients: [Float]
  /// `F = a K`: before the softmax, held-out photos included.
  var scores: [Float]
  var steps = 0
}

struct LogisticSolver {
  /// Pairs of steps and gradient changes that are remembered.
  private static let memory = 6
  private static let mostSteps = 300
  private static let leastStep: Float = 1e-4
  /// A step teaches nothing where the gradient along it changed by less than this, as a cosine: rounding.
  private static let leastCurvature: Float = 1e-6
  /// Part of the promised descent that a step must keep (Armijo).
  private static let descent = 1e-4
  /// Scores are single precision: a loss may seem to rise by this share at the optimum.
  private static let rounding = 1e-6
  /// After so many steps scores, which were added up step by step, are computed afresh, and what these
  /// steps gained is looked at.
  private static let round = 16

  let kernel: TrainingKernel
  let labels: [Int32]
  let categories: Int
  /// 0 for photos that are held out, else 1.
  let weights: [Float]

  private var size: Int { categories * kernel.count }

  /// What was learnt from one step, as L-BFGS remembers it; P is (K + c)^-1.
  private struct Step {
    var coefficients: [Float]
    var scores: [Float]
    var residual: [Float]
    var preconditioned: [Float]
    var inverseCurvature: Float
  }

  /// - Parameter tolerance: stops when no entry of `residual + penalty * coefficients` is larger.
  /// - Parameter leastGain: stops also when 16 steps lowered the loss by less than this share: with small
  ///   penalties coefficients are large, and single precision cannot go on to any tolerance.
  func solve(
    penalty: Float, from start: LogisticSolution? = nil, tolerance: Float, leastGain: Double = 1e-6
  ) -> LogisticSolution {
    var now = start ?? LogisticSolution(
      coefficients: [Float](repeating: 0, count: size), scores: [Float](repeating: 0, count: size))
    if start != nil { kernel.apply(now.coefficients, &now.scores, columns: categories) }
    now.steps = 0
    var (loss, residual) = evaluate(now, penalty)
    var preconditioned = product(residual)
    var history: [Step] = []
    var isFresh = true
    var lossBefore = Double.infinity
    while now.steps < Self.mostSteps {
      if largest(residual) < tolerance {
        // Scores were added up step by step: the last word has a product of the coefficients.
        guard !isFresh else { break }
        kernel.apply(now.coefficients, &now.scores, columns: categories)
        (loss, residual) = evaluate(now, penalty)
        preconditioned = product(residual)
        (history, isFresh) = ([], true)
        continue
      }
      if now.steps % Self.round == 0, !isFresh {
        kernel.apply(now.coefficients, &now.scores, columns: categories)
        (loss, residual) = evaluate(now, penalty)
        preconditioned = product(residual)
        isFresh = true
        if lossBefore - loss < leastGain * (1 + loss) { break }
        lossBefore = loss
      }
      let direction = direction(residual, preconditioned, history)
      let slope = Double(dot(residual, direction.scores))
      var length: Float = 1
      var next = moved(now, direction, length)
      var (nextLoss, nextResidual) = evaluate(next, penalty)
      // Written so that a loss that is not a number is refused too.
      while !(nextLoss <= loss - Self.descent * Double(length) * slope + Self.rounding * (1 + loss)) {
        length /= 2
        guard length > Self.leastStep else { break }
        next = moved(now, direction, length)
        (nextLoss, nextResidual) = evaluate(next, penalty)
      }
      next.steps += 1
      guard length > Self.leastStep else {
        if isFresh { break }
        // The memory misled: begin again from here without it.
        kernel.apply(now.coefficients, &now.scores, columns: categories)
        (loss, residual) = evaluate(now, penalty)
        preconditioned = product(residual)
        (history, isFresh) = ([], true)
        now.steps += 1
        continue
      }
      let nextPreconditioned = product(nextResidual)
      let step = Step(
        coefficients: difference(next.coefficients, now.coefficients), scores: difference(next.scores, now.scores),
        residual: difference(nextResidual, residual),
        preconditioned: difference(nextPreconditioned, preconditioned), inverseCurvature: 0)
      let curvature = dot(step.scores, step.residual)
      let scale = (dot(step.scores, step.scores) * dot(step.residual, step.residual)).squareRoot()
      if curvature > Self.leastCurvature * scale, curvature > .leastNormalMagnitude * 1e8 {
        if history.count == Self.memory { history.removeFirst() }
        history.append(step)
        history[history.count - 1].inverseCurvature = 1 / curvature
      }
      (now, loss, residual, preconditioned) = (next, nextLoss, nextResidual, nextPreconditioned)
      isFresh = false
    }
    if !isFresh { kernel.apply(now.coefficients, &now.scores, columns: categories) }
    return now
  }

  /// The quasi-Newton direction of a gradient, as coefficients and as scores.
  private func direction(
    _ residual: [Float], _ preconditioned: [Float], _ history: [Step]
  ) -> (coefficients: [Float], scores: [Float]) {
    var scores = residual
    var coefficients = preconditioned
    var shares: [Float] = []
    for step in history.reversed() {
      let share = step.inverseCurvature * dot(step.scores, scores)
      add(-share, step.residual, to: &scores)
      add(-share, step.preconditioned, to: &coefficients)
      shares.append(share)
    }
    // Scores of P q are q - c P q; without a memory the loss is taken to curve like 1 / categories.
    add(-kernel.shift, coefficients, to: &scores)
    var scale = Float(categories)
    if let last = history.last {
      let metric = dot(last.residual, last.residual) - kernel.shift * dot(last.residual, last.preconditioned)
      let wanted = 1 / (last.inverseCurvature * metric)
      if metric > 0, wanted.isFinite { scale = wanted }
    }
    cblas_sscal(blasint(size), scale, &scores, 1)
    cblas_sscal(blasint(size), scale, &coefficients, 1)
    for (step, share) in zip(history, shares.reversed()) {
      let back = share - step.inverseCurvature * dot(step.residual, scores)
      add(back, step.scores, to: &scores)
      add(back, step.coefficients, to: &coefficients)
    }
    return (coefficients, scores)
  }

  /// The loss, and `w (softmax - label) + penalty a`: its gradient but for a factor `K`.
  private func evaluate(_ at: LogisticSolution, _ penalty: Float) -> (loss: Double, residual: [Float]) {
    var residual = [Float](repeating: 0, count: size)
    let loss = ck_softmax_residual(at.scores, labels, weights, categories, kernel.count, &residual)
    add(penalty, at.coefficients, to: &residual)
    return (loss + Double(penalty) / 2 * Double(dot(at.coefficients, at.scores)), residual)
  }

  private func moved(
    _ from: LogisticSolution, _ direction: (coefficients: [Float], scores: [Float]), _ length: Float
  ) -> LogisticSolution {
    var result = from
    add(-length, direction.coefficients, to: &result.coefficients)
    add(-length, direction.scores, to: &result.scores)
    return result
  }

  private func product(_ residual: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: size)
    kernel.applyInverse(residual, &result, columns: categories)
    return result
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Float { cblas_sdot(blasint(size), a, 1, b, 1) }

  private func add(_ factor: Float, _ a: [Float], to b: inout [Float]) {
    cblas_saxpy(blasint(size), factor, a, 1, &b, 1)
  }

  private func difference(_ a: [Float], _ b: [Float]) -> [Float] {
    var result = a
    add(-1, b, to: &result)
    return result
  }

  private func largest(_ a: [Float]) -> Float { abs(a[Int(cblas_isamax(blasint(size), a, 1))]) }
}
