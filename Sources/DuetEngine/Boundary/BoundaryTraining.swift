// A training of the Boundary page at one moment: networks, the optimiser's state, the epoch. A value; any thread.
// A copy is a complete stop: the copy goes on exactly as the original would have.

/// Figures after one epoch. Losses are mean cross-entropies, so that all kinds of training can be compared.
public struct EpochFigures: Sendable, Equatable, Codable {
  public var epoch: Int
  /// Cross-entropy of the training points.
  public var loss: Double
  public var trainAccuracy: Double
  /// Nil where there are no test points.
  public var testLoss: Double?
  public var testAccuracy: Double?
  /// What was minimised, before the epoch's step.
  public var objective: Double
}

public struct BoundaryTraining: Sendable, Equatable, Codable {
  public private(set) var networks: [BoundaryNetwork]
  private var optimisers: [AdamOptimiser]
  /// Steps taken so far; each uses all points (full batch).
  public private(set) var epoch = 0

  /// New networks as `settings` says; each member has a seed of its own.
  public init(_ settings: BoundarySettings) {
    let settings = settings.sanitised
    var seeds = SplitMix64(seed: settings.seed)
    networks = (0..<settings.members).map { _ in BoundaryNetwork(hidden: settings.hidden, seed: seeds.next()) }
    optimisers = networks.map { AdamOptimiser(count: $0.parameters.count) }
  }

  /// Whether a training from a file can go on.
  var isSound: Bool {
    !networks.isEmpty && networks.count <= 3 && networks.count == optimisers.count && epoch >= 0
      && networks.allSatisfy { $0.isSound && $0.inputs == 2 && $0.sizes == networks[0].sizes }
      && zip(networks, optimisers).allSatisfy { $1.isSound(count: $0.parameters.count) }
  }

  /// One epoch: every member takes one step on all training points and marks.
  ///
  /// - Throws: ``BoundaryError``: nothing to train on, or numbers became endless; the training is then as it was.
  public mutating func step(
    on set: PointSet, marks: [Mark], settings: BoundarySettings
  ) throws(BoundaryError) -> EpochFigures {
    let figures = try run(1, on: set, marks: marks, settings: settings)
    guard let last = figures.last else { throw .noPoints }
    return last
  }

  /// As ``step(on:marks:settings:)``, `count` times.
  public mutating func run(
    _ count: Int, on set: PointSet, marks: [Mark], settings: BoundarySettings
  ) throws(BoundaryError) -> [EpochFigures] {
    try set.checkTrainable()
    let objective = BoundaryObjective(set, marks: marks, settings: settings)
    let measured = MeasuredPoints(set)
    var figures: [EpochFigures] = []
    for _ in 0..<count {
      let before = self
      let value = advance(objective, learningRate: settings.learningRate)
      guard value.isFinite, networks.allSatisfy({ $0.parameters.allSatisfy(\.isFinite) }) else {
        self = before
        throw .diverged
      }
      figures.append(measured.figures(of: self, objective: value))
    }
    return figures
  }

  /// One epoch without figures; the objective's mean over the members before the step.
  mutating func advance(_ objective: BoundaryObjective, learningRate: Double) -> Double {
    var value = 0.0
    for member in networks.indices {
      var gradient = [Double](repeating: 0, count: networks[member].parameters.count)
      value += objective.evaluate(networks[member], addingGradientTo: &gradient)
      optimisers[member].step(&networks[member].parameters, gradient: gradient, learningRate: learningRate)
    }
    epoch += 1
    return value / Double(networks.count)
  }

  /// Mean logits over the members for `rows` ([count, 2], scaled features).
  func logits(_ rows: [Double]) -> [Double] {
    var sum = networks[0].logits(rows)
    for network in networks.dropFirst() {
      for (index, logit) in network.logits(rows).enumerated() { sum[index] += logit }
    }
    return sum.map { $0 / Double(networks.count) }
  }

  /// The share of `points` that is answered rightly; nil where there are none.
  func accuracy(on points: [BoundaryPoint], of set: PointSet) -> Double? {
    LabelledRows(points, set).figures(of: self).map { $0.accuracy }
  }
}

/// Points to measure on, gathered once for many epochs.
struct MeasuredPoints: Sendable {
  private let training: LabelledRows
  private let test: LabelledRows

  init(_ set: PointSet) {
    training = LabelledRows(set.training, set)
    test = LabelledRows(set.test, set)
  }

  func figures(of model: BoundaryTraining, objective: Double) -> EpochFigures {
    let own = training.figures(of: model)
    let held = test.figures(of: model)
    return EpochFigures(
      epoch: model.epoch, loss: own?.loss ?? 0, trainAccuracy: own?.accuracy ?? 0, testLoss: held?.loss,
      testAccuracy: held?.accuracy, objective: objective)
  }
}

struct LabelledRows: Sendable {
  private let rows: [Double]
  private let labels: [Int]

  init(_ points: [BoundaryPoint], _ set: PointSet) {
    rows = points.flatMap { set.scaled($0.x) }
    labels = points.map(\.label)
  }

  /// Mean cross-entropy and accuracy; a logit of exactly 0 answers label 0. Nil without points.
  func figures(of model: BoundaryTraining) -> (loss: Double, accuracy: Double)? {
    guard !labels.isEmpty else { return nil }
    var (loss, right) = (0.0, 0)
    for (z, label) in zip(model.logits(rows), labels) {
      loss += Logistic.softplus(z) - Double(label) * z
      if (z > 0) == (label == 1) { right += 1 }
    }
    return (loss / Double(labels.count), Double(right) / Double(labels.count))
  }
}
