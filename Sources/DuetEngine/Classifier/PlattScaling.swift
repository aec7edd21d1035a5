// From a decision value to the probability of a pair's first category: Platt's sigmoid, fitted by
// Newton's method with backtracking as in Lin, Lin & Weng, "A note on Platt's probabilistic outputs for
// support vector machines", Machine Learning 68, 2007. Pure functions; any thread.

import Foundation

/// `P(first | f) = 1 / (1 + exp(slope f + shift))`. A usable slope is negative.
struct PlattSigmoid: Sendable, Equatable {
  var slope: Double
  var shift: Double

  func probability(_ decision: Double) -> Double {
    let t = slope * decision + shift
    // Either form alone overflows on one side.
    return t >= 0 ? exp(-t) / (1 + exp(-t)) : 1 / (1 + exp(t))
  }

  /// For pairs too small for held-out decision values: a photo on the margin (f = +1 or -1) gets Laplace's
  /// rule of succession for the smaller side's `n` photos, (n + 1) / (n + 2); halfway is 1/2.
  static func withoutEvidence(smallerSide n: Int) -> PlattSigmoid {
    PlattSigmoid(slope: -log(Double(n) + 1), shift: 0)
  }
}

enum PlattScaling {
  private static let maximumSteps = 100
  private static let smallestStep = 1e-10
  /// Keeps the Hessian positive definite.
  private static let ridge = 1e-12
  private static let gradientTolerance = 1e-8
  /// A slope flatter than this says that held-out decisions do not tell the two sides apart.
  private static let flattestSlope = -1e-3

  /// The sigmoid that makes held-out decisions most likely, against targets pulled in from 0 and 1 by one
  /// made-up photo a side: (n+ + 1)/(n+ + 2) and 1/(n- + 2).
  ///
  /// With few photos held-out decisions can point the wrong way. A sigmoid that would then turn the
  /// probabilities round, or a fit that is not finite, is never used: nil is returned.
  static func fit(decisions: [Double], isFirst: [Bool]) -> PlattSigmoid? {
    precondition(decisions.count == isFirst.count)
    let firsts = Double(isFirst.count { $0 })
    let seconds = Double(isFirst.count) - firsts
    guard firsts > 0, seconds > 0 else { return nil }
    let targets = isFirst.map { $0 ? (firsts + 1) / (firsts + 2) : 1 / (seconds + 2) }
    var current = PlattSigmoid(slope: 0, shift: log((seconds + 1) / (firsts + 1)))
    var loss = crossEntropy(current, decisions, targets)
    for _ in 0..<maximumSteps {
      var (h11, h22, h21, g1, g2) = (ridge, ridge, 0.0, 0.0, 0.0)
      for (f, target) in zip(decisions, targets) {
        let p = current.probability(f)
        let weight = p * (1 - p)
        h11 += f * f * weight
        h22 += weight
        h21 += f * weight
        g1 += f * (target - p)
        g2 += target - p
      }
      if abs(g1) < gradientTolerance && abs(g2) < gradientTolerance { break }
      let determinant = h11 * h22 - h21 * h21
      let slopeStep = -(h22 * g1 - h21 * g2) / determinant
      let shiftStep = -(h11 * g2 - h21 * g1) / determinant
      let descent = g1 * slopeStep + g2 * shiftStep
      guard descent.isFinite else { return nil }
      var length = 1.0
      var improved = false
      while length >= smallestStep && !improved {
        let next = PlattSigmoid(
          slope: current.slope + length * slopeStep, shift: current.shift + length * shiftStep)
        let nextLoss = crossEntropy(next, decisions, targets)
        if nextLoss < loss + 1e-4 * length * descent {
          (current, loss, improved) = (next, nextLoss, true)
        } else {
          length /= 2
        }
      }
      if !improved { break }
    }
    let usable = current.slope.isFinite && current.shift.isFinite && current.slope < flattestSlope
    return usable ? current : nil
  }

  /// `-sum t log p + (1 - t) log(1 - p)` in a form that neither overflows nor loses small values.
  private static func crossEntropy(_ sigmoid: PlattSigmoid, _ decisions: [Double], _ targets: [Double]) -> Double {
    zip(decisions, targets).reduce(0) { sum, pair in
      let t = sigmoid.slope * pair.0 + sigmoid.shift
      return sum + (t >= 0 ? pair.1 * t + log1p(exp(-t)) : (pair.1 - 1) * t + log1p(exp(t)))
    }
  }
}
