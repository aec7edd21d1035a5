// The losses by name: what training minimises when there are arrows. Values; any thread. Formulas for a
// researcher are in the docstrings, the same in short form for the window's help in `formula`.

/// How steeply a softplus punishes an arrow that is not obeyed: (A, B) in log(1 + e^{Ad}) / B.
public enum SoftplusStrength: String, Sendable, Codable, CaseIterable, Hashable {
  case weak, medium, strong

  var gain: Double {
    switch self {
    case .weak: 1
    case .medium: 5
    case .strong: 20
    }
  }

  var divisor: Double {
    switch self {
    case .weak: 2
    case .medium: 5
    case .strong: 10
    }
  }
}

/// What an arrow's derivative is taken of. Sources disagree, so both are there.
public enum BoundaryOutput: String, Sendable, Codable, CaseIterable {
  /// z, the logit.
  case logit
  /// p = 1 / (1 + e^{-z}), the probability of label 1.
  case probability

  public var title: String {
    switch self {
    case .logit: L("Logit")
    case .probability: L("Probability")
    }
  }
}

/// Notation: z the logit, y the point's label (0 or 1), s = 2y - 1, u the arrow's direction at length 1, f the chosen
/// ``BoundaryOutput``, d = s ∇f·u the directional derivative of the score of the point's own label (an obeyed arrow
/// has d < 0), CE the mean cross-entropy of the training points, a the share of the arrows, and "mean" the mean over
/// the arrows that are on, each term times its arrow's weight. Without arrows every loss is CE.
public enum BoundaryLoss: Sendable, Codable, Equatable, Hashable {
  /// L = CE = mean of log(1 + e^z) - y z. Arrows are ignored.
  case crossEntropy
  /// The demonstration code of Erskine et al. (arXiv 2403.19339):
  /// L = (1 - a) CE + a mean 100 |tanh(20 s ∇f·u) + 1|, there with a = 1/2 and the logit.
  case sign
  /// Erskine's thesis: L = (1 - a) CE + a mean (tanh(200 d) + 1).
  case thesisTanh
  /// Erskine's thesis: L = (1 - a) CE + a mean max(0, d).
  case thesisHinge
  /// Erskine's thesis: L = (1 - a) CE + a mean log(1 + e^{A d}) / B, with (A, B) = (1, 2) for weak, (5, 5) for medium
  /// and (20, 10) for strong.
  case thesisSoftplus(SoftplusStrength)
  /// Gradient supervision, Teney et al. 2020: L = (1 - a) CE + a mean (1 - cos(t, x' - x)), x' the tip and t = -s ∇z
  /// the direction in which the other label's logit grows. The probability's gradient is parallel: the same loss.
  case cosine
  /// Contrast of the arrow's two ends: L = (1 - a) CE + a mean log(1 + e^{m - δ}), δ = s (f(x) - f(x')) how far the
  /// score of the point's own label falls from the point x to the tip x', m the margin.
  case contrast(margin: Double)
  /// The default mode: the tip is a labelled point, the middle of the arrow a hint for the boundary.
  ///
  /// L = [(1 - a) Σ CE(x, y) + a Σ_marks w M] / [(1 - a) n + a Σ w], over n training points, where M of a mark with
  /// arrow Δ = x' - x is, with the constants of ``TipConstants``:
  /// - `becomesOther`: CE(x', 1 - y) + h/2 CE(x + qΔ, y) + h/2 CE(x + (1 - q)Δ, 1 - y): the boundary should cross the
  ///   arrow between its shares q and 1 - q, so around the midpoint;
  /// - `direction`: k log(1 + e^{m + s ∇z·Δ}), s ∇z·Δ the first-order change of the own label's logit along the arrow;
  /// - `doesNotMatter`: r times the mean of (∇z·Δ)² at the point, the midpoint and the tip (Ross et al. 2017; with
  ///   the other losses, (∇f·u)²).
  case tips

  /// All losses, in the order of the window's list.
  public static let all: [BoundaryLoss] = [
    .tips, .crossEntropy, .sign, .thesisTanh, .thesisHinge, .thesisSoftplus(.weak), .thesisSoftplus(.medium),
    .thesisSoftplus(.strong), .cosine, .contrast(margin: 1),
  ]

  /// The name on the command line and in files: `tips`, `ce`, `sign`, `tanh`, `hinge`, `softplus-weak`, ...
  public var identifier: String {
    switch self {
    case .crossEntropy: "ce"
    case .sign: "sign"
    case .thesisTanh: "tanh"
    case .thesisHinge: "hinge"
    case .thesisSoftplus(let strength): "softplus-\(strength.rawValue)"
    case .cosine: "cosine"
    case .contrast: "contrast"
    case .tips: "tips"
    }
  }

  public static func named(_ identifier: String) -> BoundaryLoss? { all.first { $0.identifier == identifier } }

  public var title: String {
    switch self {
    case .crossEntropy: L("Labels only")
    case .sign: L("Sign (demo code)")
    case .thesisTanh: L("Tanh (thesis)")
    case .thesisHinge: L("Hinge (thesis)")
    case .thesisSoftplus(.weak): L("Softplus, weak (thesis)")
    case .thesisSoftplus(.medium): L("Softplus, medium (thesis)")
    case .thesisSoftplus(.strong): L("Softplus, strong (thesis)")
    case .cosine: L("Cosine")
    case .contrast: L("Contrast with a margin")
    case .tips: L("Tips")
    }
  }

  /// One line of mathematics for the window's help; the same in every language.
  public var formula: String {
    switch self {
    case .crossEntropy: "L = CE"
    case .sign: "L = (1−a)·CE + a·mean 100·|s+1|,  s = (2y−1)·tanh(20 ∇f·u)"
    case .thesisTanh: "L = (1−a)·CE + a·mean (tanh(200 d) + 1)"
    case .thesisHinge: "L = (1−a)·CE + a·mean max(0, d)"
    case .thesisSoftplus(let strength):
      "L = (1−a)·CE + a·mean log(1 + e^{\(Int(strength.gain)) d}) / \(Int(strength.divisor))"
    case .cosine: "L = (1−a)·CE + a·mean (1 − cos(−(2y−1)∇z, x′−x))"
    case .contrast(let margin): "L = (1−a)·CE + a·mean log(1 + e^{m−δ}),  δ = (2y−1)(f(x)−f(x′)),  m = \(margin)"
    case .tips:
      "L = [(1−a)·Σ CE(x, y) + a·Σ w·(CE(x′, 1−y) + ½h·CE(x+qΔ, y) + ½h·CE(x+(1−q)Δ, 1−y))] / [(1−a)·n + a·Σ w]"
    }
  }

  /// A sentence for the window's help: what the loss does with an arrow.
  public var help: String {
    switch self {
    case .crossEntropy: L("Learns from the labels alone; arrows are ignored.")
    case .sign: L("Pushes hard until the answer falls along each arrow. Often harms: the arrow's length is not used.")
    case .thesisTanh: L("A step: an arrow is obeyed or not. Where it is flat, there is nothing to learn from.")
    case .thesisHinge: L("Punishes an arrow only while the answer still rises along it.")
    case .thesisSoftplus: L("A smooth hinge: the further the answer falls along the arrow, the better.")
    case .cosine: L("Turns the direction of steepest change towards the arrow, however steep it is.")
    case .contrast: L("Wants the answer at the arrow's tip to differ from the answer at its point by a margin.")
    case .tips: L("The tip counts as a point of the other kind, and the boundary should cross the arrow's middle.")
    }
  }

  /// Whether logit or probability makes a difference.
  public var hasOutput: Bool {
    switch self {
    case .crossEntropy, .cosine, .tips: false
    default: true
    }
  }

  public var usesArrows: Bool { self != .crossEntropy }
}
