// What a person can set about the training of the Boundary page. A value; any thread.

/// Settings of one training. `loss`, `output`, `alpha` and `learningRate` may change while it runs; `hidden`,
/// `members` and `seed` describe the network, so a change starts it anew.
public struct BoundarySettings: Sendable, Codable, Equatable {
  public static let hiddenSizes = 1...256
  public static let mostHiddenLayers = 3
  public static let learningRates = 0.000_01...1.0
  public static let speeds = 1...50

  public var loss: BoundaryLoss
  public var output: BoundaryOutput
  /// The share of the arrows in the loss, 0...1.
  public var alpha: Double
  /// Neurons in each hidden layer; tanh after each.
  public var hidden: [Int]
  /// Networks in the ensemble: 1 or 3. They differ in their first weights; the answer is their mean logit.
  public var members: Int
  public var learningRate: Double
  public var seed: UInt64
  /// Epochs between two pictures while playing.
  public var epochsPerFrame: Int

  public init(
    loss: BoundaryLoss = .tips, output: BoundaryOutput = .logit, alpha: Double = 0.5, hidden: [Int] = [80],
    members: Int = 1, learningRate: Double = 0.05, seed: UInt64 = 0, epochsPerFrame: Int = 1
  ) {
    self.loss = loss
    self.output = output
    self.alpha = alpha
    self.hidden = hidden
    self.members = members
    self.learningRate = learningRate
    self.seed = seed
    self.epochsPerFrame = epochsPerFrame
  }

  /// The nearest settings that can be trained with; what comes from a file is not trusted.
  public var sanitised: BoundarySettings {
    var result = self
    result.alpha = alpha.isFinite ? min(max(alpha, 0), 1) : 0.5
    result.hidden = hidden.prefix(Self.mostHiddenLayers).map { $0.brought(into: Self.hiddenSizes) }
    if result.hidden.isEmpty { result.hidden = [80] }
    result.members = members >= 2 ? 3 : 1
    result.learningRate = learningRate.isFinite ? learningRate.brought(into: Self.learningRates) : 0.05
    result.epochsPerFrame = epochsPerFrame.brought(into: Self.speeds)
    if case .contrast(let margin) = loss, !(margin.isFinite && abs(margin) <= 100) {
      result.loss = .contrast(margin: 1)
    }
    return result
  }

  /// Whether a network made for `self` is one for `other`, too.
  func hasSameNetwork(as other: BoundarySettings) -> Bool {
    hidden == other.hidden && members == other.members && seed == other.seed
  }
}

extension Comparable {
  func brought(into range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
