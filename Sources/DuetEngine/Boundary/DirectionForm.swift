// How an arrow's direction becomes a number to minimise: functions of the directional derivative, and the cosine.
// Pure; any thread.

import Foundation

/// A term's value with its derivatives by one row's logit and input gradient.
struct DirectionPart: Sendable, Equatable {
  var value: Double
  var logitSlope: Double
  var gradientSlopes: [Double]
}

/// d = sign ∇f·along for f the logit or the probability p(z), where ∇p = p (1 - p) ∇z.
struct DirectionalDerivative: Sendable {
  let value: Double
  /// ∂d/∂z and ∂d/∂(∇z).
  private let byLogit: Double
  private let byGradient: [Double]

  init(logit: Double, gradient: [Double], along: [Double], sign: Double, output: BoundaryOutput) {
    let rise = sign * zip(gradient, along).reduce(0) { $0 + $1.0 * $1.1 }
    switch output {
    case .logit:
      value = rise
      byLogit = 0
      byGradient = along.map { sign * $0 }
    case .probability:
      let p = Logistic.probability(logit)
      let steepness = p * (1 - p)
      value = steepness * rise
      byLogit = steepness * (1 - 2 * p) * rise
      byGradient = along.map { sign * steepness * $0 }
    }
  }

  /// A function of d with its value and slope at d, by the chain rule.
  func part(value: Double, slope: Double) -> DirectionPart {
    DirectionPart(value: value, logitSlope: slope * byLogit, gradientSlopes: byGradient.map { slope * $0 })
  }
}

enum DirectionForm: Sendable, Equatable {
  /// factor (tanh(gain d) + 1).
  case step(gain: Double, factor: Double)
  /// max(0, d).
  case hinge
  /// log(1 + e^{gain d + shift}) / divisor.
  case softplus(gain: Double, shift: Double, divisor: Double)
  /// 1 + sign cos(∇z, along).
  case cosine

  /// The length that is added to a gradient's, squared, so that a cosine has a slope where the gradient is 0.
  private static let least = 1e-8

  func evaluate(
    logit: Double, gradient: [Double], along: [Double], sign: Double, output: BoundaryOutput
  ) -> DirectionPart {
    if self == .cosine { return Self.cosine(gradient, along, sign) }
    let d = DirectionalDerivative(logit: logit, gradient: gradient, along: along, sign: sign, output: output)
    switch self {
    case .step(let gain, let factor):
      let t = tanh(gain * d.value)
      return d.part(value: factor * (t + 1), slope: factor * gain * (1 - t * t))
    case .softplus(let gain, let shift, let divisor):
      let inner = gain * d.value + shift
      return d.part(
        value: Logistic.softplus(inner) / divisor, slope: gain * Logistic.probability(inner) / divisor)
    case .hinge, .cosine:
      return d.part(value: max(0, d.value), slope: d.value > 0 ? 1 : 0)
    }
  }

  private static func cosine(_ gradient: [Double], _ along: [Double], _ sign: Double) -> DirectionPart {
    let length = along.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let unit = along.map { $0 / length }
    let norm = (gradient.reduce(0) { $0 + $1 * $1 } + least).squareRoot()
    let dot = zip(gradient, unit).reduce(0) { $0 + $1.0 * $1.1 }
    let cosine = dot / norm
    return DirectionPart(
      value: 1 + sign * cosine, logitSlope: 0,
      gradientSlopes: zip(gradient, unit).map { sign * ($1 / norm - cosine * $0 / (norm * norm)) })
  }
}
