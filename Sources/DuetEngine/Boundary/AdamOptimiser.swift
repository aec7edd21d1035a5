// Adam: Kingma & Ba, "Adam: a method for stochastic optimization", 2015, with the paper's constants. A value.

struct AdamOptimiser: Sendable, Equatable, Codable {
  private static let firstDecay = 0.9
  private static let secondDecay = 0.999
  private static let least = 1e-8

  private var firstMoments: [Double]
  private var secondMoments: [Double]
  /// The decays raised to the number of steps, by one multiplication a step.
  private var firstPower = 1.0
  private var secondPower = 1.0

  init(count: Int) {
    firstMoments = [Double](repeating: 0, count: count)
    secondMoments = firstMoments
  }

  func isSound(count: Int) -> Bool {
    firstMoments.count == count && secondMoments.count == count && firstMoments.allSatisfy(\.isFinite)
      && secondMoments.allSatisfy { $0.isFinite && $0 >= 0 } && (0...1).contains(firstPower)
      && (0...1).contains(secondPower)
  }

  /// m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²; w -= rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + least).
  mutating func step(_ parameters: inout [Double], gradient: [Double], learningRate: Double) {
    firstPower *= Self.firstDecay
    secondPower *= Self.secondDecay
    let (firstCorrection, secondCorrection) = (1 / (1 - firstPower), 1 / (1 - secondPower))
    for i in 0..<parameters.count {
      firstMoments[i] = Self.firstDecay * firstMoments[i] + (1 - Self.firstDecay) * gradient[i]
      secondMoments[i] = Self.secondDecay * secondMoments[i] + (1 - Self.secondDecay) * gradient[i] * gradient[i]
      let size = (secondMoments[i] * secondCorrection).squareRoot() + Self.least
      parameters[i] -= learningRate * firstMoments[i] * firstCorrection / size
    }
  }
}
