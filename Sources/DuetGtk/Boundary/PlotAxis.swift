// Round numbers along an axis. Pure; any thread.

import Foundation

struct PlotAxis: Equatable {
  let lower: Double
  let upper: Double
  /// Places of the labels, from `lower` to `upper`.
  let ticks: [Double]

  /// An axis whose labels are 1, 2 or 5 times a power of ten apart, with ends at labels.
  /// - Parameters:
  ///   - range: what must be on it; a single value gets some room around it.
  ///   - count: about how many labels there is room for.
  init(around range: ClosedRange<Double>, count: Int) {
    let room = range.lowerBound == range.upperBound ? max(0.5, abs(range.lowerBound) / 2) : 0
    let (low, high) = (range.lowerBound - room, range.upperBound + room)
    let step = Self.step(high - low, count)
    let (first, last) = ((low / step).rounded(.down), (high / step).rounded(.up))
    lower = first * step
    upper = last * step
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// An axis from `lower` to `upper` exactly, with labels at the round numbers between them.
  init(from lower: Double, to upper: Double, count: Int) {
    (self.lower, self.upper) = (lower, upper)
    let step = Self.step(upper - lower, count)
    guard step > 0, step.isFinite else {
      ticks = []
      return
    }
    let (first, last) = ((lower / step).rounded(.up), (upper / step).rounded(.down))
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// 0 at `lower`, 1 at `upper`.
  func share(_ value: Double) -> Double { upper > lower ? (value - lower) / (upper - lower) : 0 }

  /// A label without needless decimals: 0.25, 100, 1.5k.
  static func label(_ value: Double) -> String {
    let value = abs(value) < 1e-9 ? 0 : value
    if abs(value) >= 1000 { return String(format: "%gk", (value / 100).rounded() / 10) }
    return String(format: "%g", (value * 1000).rounded() / 1000)
  }

  private static func step(_ length: Double, _ count: Int) -> Double {
    let rough = length / Double(max(1, count))
    guard rough > 0, rough.isFinite else { return 1 }
    let power = pow(10, log10(rough).rounded(.down))
    return power * ([1.0, 2, 5].first { $0 * power >= rough * 0.999 } ?? 10)
  }
}
