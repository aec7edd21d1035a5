// Loss and accuracy over the epochs, thinned out so that hours of training stay drawable. A value; any thread.

public struct Curves: Sendable, Equatable, Codable {
  /// More points than a screen has columns are of no use.
  static let mostPoints = 2_000

  /// Figures at every `stride`-th epoch, and of the last one.
  public private(set) var figures: [EpochFigures] = []
  /// 1, 2, 4, ...
  public private(set) var stride = 1

  public init() {}

  public var last: EpochFigures? { figures.last }

  public mutating func append(_ new: EpochFigures) {
    // The last one stays only while it is the last.
    if let last = figures.last, !last.epoch.isMultiple(of: stride) { figures.removeLast() }
    figures.append(new)
    guard figures.count > Self.mostPoints else { return }
    stride *= 2
    figures = figures.enumerated().filter { $1.epoch.isMultiple(of: stride) || $0 == figures.count - 1 }.map(\.element)
  }

  var isSound: Bool {
    figures.count <= Self.mostPoints && stride >= 1
      && figures.allSatisfy { $0.loss.isFinite && $0.trainAccuracy.isFinite && $0.epoch >= 0 }
  }
}
