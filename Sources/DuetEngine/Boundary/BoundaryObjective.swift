// What training minimises, written out as a weighted sum of small terms, each a function of a logit or of a logit and
// its gradient by the features. Values; any thread. Set, marks and settings go in; terms come out, once a training
// run and not once an epoch.

import Foundation

/// A weighted sum of terms over two blocks of rows: `rows`, of which only logits are needed, and `gradientRows`, of
/// which input gradients are needed too.
struct BoundaryObjective: Sendable, Equatable {
  enum Term: Sendable, Equatable {
    /// Cross-entropy of row's logit with a target probability of label 1.
    case label(row: Int, target: Double)
    /// log(1 + e^{margin - sign (f(row) - f(tip))}), two rows.
    case contrast(row: Int, tip: Int, sign: Double, margin: Double)
    /// form(d), d = sign ∇f·along, a gradient row.
    case direction(row: Int, along: [Double], sign: Double, form: DirectionForm)
    /// (∇f·along)², a gradient row.
    case flat(row: Int, along: [Double])
  }

  struct Weighted: Sendable, Equatable {
    var weight: Double
    var term: Term
  }

  /// [count, 2], scaled features.
  private(set) var rows: [Double] = []
  private(set) var gradientRows: [Double] = []
  private(set) var terms: [Weighted] = []
  let output: BoundaryOutput

  private static let inputs = 2

  /// - Parameter output: what `f` is in the terms; the tips always take the logit.
  init(output: BoundaryOutput) { self.output = output }

  mutating func row(_ x: [Double]) -> Int {
    rows += x
    return rows.count / Self.inputs - 1
  }

  mutating func gradientRow(_ x: [Double]) -> Int {
    gradientRows += x
    return gradientRows.count / Self.inputs - 1
  }

  mutating func add(_ term: Term, weight: Double) {
    if weight != 0 { terms.append(Weighted(weight: weight, term: term)) }
  }

  /// The objective's value, and its gradient by the network's parameters added to `gradient`.
  func evaluate(_ network: BoundaryNetwork, addingGradientTo gradient: inout [Double]) -> Double {
    let plain = NetworkPass(network, rows: rows, withGradients: false)
    let probes = NetworkPass(network, rows: gradientRows, withGradients: true)
    let result = slopes(
      logits: plain.logits, probeLogits: probes.logits, probeGradients: probes.inputGradients)
    plain.addGradient(logitSlopes: result.logits, to: &gradient)
    probes.addGradient(
      logitSlopes: result.probeLogits, gradientSlopes: result.probeGradients, to: &gradient)
    return result.value
  }

  struct Slopes: Sendable, Equatable {
    var value = 0.0
    var logits: [Double]
    var probeLogits: [Double]
    var probeGradients: [Double]
  }

  /// The value and its derivatives by every logit and every component of every input gradient.
  func slopes(logits: [Double], probeLogits: [Double], probeGradients: [Double]) -> Slopes {
    var result = Slopes(
      logits: [Double](repeating: 0, count: logits.count),
      probeLogits: [Double](repeating: 0, count: probeLogits.count),
      probeGradients: [Double](repeating: 0, count: probeGradients.count))
    for item in terms {
      let weight = item.weight
      switch item.term {
      case .label(let row, let target):
        let z = logits[row]
        result.value += weight * (Logistic.softplus(z) - target * z)
        result.logits[row] += weight * (Logistic.probability(z) - target)

      case .contrast(let row, let tip, let sign, let margin):
        let (own, far) = (score(logits[row]), score(logits[tip]))
        let excess = margin - sign * (own.value - far.value)
        let slope = weight * Logistic.probability(excess) * sign
        result.value += weight * Logistic.softplus(excess)
        result.logits[row] -= slope * own.slope
        result.logits[tip] += slope * far.slope

      case .direction(let row, let along, let sign, let form):
        let gradient = Array(probeGradients[row * Self.inputs..<(row + 1) * Self.inputs])
        let part = form.evaluate(
          logit: probeLogits[row], gradient: gradient, along: along, sign: sign, output: output)
        result.add(part, weight: weight, row: row)

      case .flat(let row, let along):
        let gradient = Array(probeGradients[row * Self.inputs..<(row + 1) * Self.inputs])
        let d = DirectionalDerivative(
          logit: probeLogits[row], gradient: gradient, along: along, sign: 1, output: output)
        result.add(d.part(value: d.value * d.value, slope: 2 * d.value), weight: weight, row: row)
      }
    }
    return result
  }

  /// f and its derivative by the logit.
  private func score(_ logit: Double) -> (value: Double, slope: Double) {
    switch output {
    case .logit: return (logit, 1)
    case .probability:
      let p = Logistic.probability(logit)
      return (p, p * (1 - p))
    }
  }
}

extension BoundaryObjective.Slopes {
  fileprivate mutating func add(_ part: DirectionPart, weight: Double, row: Int) {
    value += weight * part.value
    probeLogits[row] += weight * part.logitSlope
    for (axis, slope) in part.gradientSlopes.enumerated() {
      probeGradients[row * part.gradientSlopes.count + axis] += weight * slope
    }
  }
}

/// The logistic function and its integral, safe for large numbers.
enum Logistic {
  /// 1 / (1 + e^{-z}).
  static func probability(_ z: Double) -> Double {
    if z >= 0 { return 1 / (1 + exp(-z)) }
    let e = exp(z)
    return e / (1 + e)
  }

  /// log(1 + e^z).
  static func softplus(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }
}
