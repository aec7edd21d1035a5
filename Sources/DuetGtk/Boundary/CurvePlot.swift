// Curves over epochs as places on the screen. Pure; any thread.
// Training may go on for a hundred thousand epochs: of all values that fall into one column of pixels, only the first,
// the lowest, the highest and the last are kept, which gives the same picture.

struct CurvePlot: Equatable {
  struct Curve: Equatable {
    /// What the legend calls it.
    let name: String
    /// Its colour: 0 is the run in progress, then saved runs.
    let colour: Int
    /// Test curves are dashed.
    let isTest: Bool
    /// From the first epoch to the last; values that are not numbers leave a gap.
    let values: [Value]
  }

  struct Value: Equatable {
    let epoch: Int
    let value: Double
  }

  struct Pixel: Equatable {
    var x: Double
    var y: Double
  }

  /// Pixels left free for the labels.
  static let inset = (left: 38.0, top: 8.0, right: 10.0, bottom: 20.0)

  let curves: [Curve]
  let width: Double
  let height: Double
  let epochs: PlotAxis
  let values: PlotAxis

  /// - Parameter range: of the values, where it is known (0...1 for a share); else it follows the curves.
  init(_ curves: [Curve], range: ClosedRange<Double>? = nil, width: Double, height: Double) {
    (self.curves, self.width, self.height) = (curves, width, height)
    let last = max(10, curves.compactMap(\.values.last?.epoch).max() ?? 0)
    epochs = PlotAxis(from: 0, to: Double(last), count: max(2, Int(width / 90)))
    let count = max(2, Int(height / 40))
    if let range {
      values = PlotAxis(from: range.lowerBound, to: range.upperBound, count: count)
    } else {
      let finite = curves.lazy.flatMap(\.values).map(\.value).filter(\.isFinite)
      values = PlotAxis(around: min(0, finite.min() ?? 0)...max(1e-3, finite.max() ?? 1), count: count)
    }
  }

  var frame: (x: Double, y: Double, width: Double, height: Double) {
    (
      Self.inset.left, Self.inset.top, max(1, width - Self.inset.left - Self.inset.right),
      max(1, height - Self.inset.top - Self.inset.bottom)
    )
  }

  func x(_ epoch: Double) -> Double { frame.x + epochs.share(epoch) * frame.width }
  func y(_ value: Double) -> Double { frame.y + (1 - values.share(value)) * frame.height }

  /// The lines of a curve, apart where a value is missing.
  func lines(_ curve: Curve) -> [[Pixel]] {
    var lines: [[Pixel]] = []
    var line: [Pixel] = []
    var column = Column()
    func end() {
      line += column.taken()
      if !line.isEmpty { lines.append(line) }
      line = []
    }
    for step in curve.values {
      guard step.value.isFinite else {
        end()
        continue
      }
      let place = Pixel(x: x(Double(step.epoch)), y: y(min(values.upper, max(values.lower, step.value))))
      if !column.holds(place) { line += column.taken() }
      column.add(place)
    }
    end()
    return lines
  }

  /// The places of one column of pixels.
  private struct Column {
    private var first: Pixel?
    private var last = Pixel(x: 0, y: 0)
    private var lowest = Pixel(x: 0, y: 0)
    private var highest = Pixel(x: 0, y: 0)

    func holds(_ place: Pixel) -> Bool { first.map { $0.x.rounded(.down) == place.x.rounded(.down) } ?? true }

    mutating func add(_ place: Pixel) {
      if first == nil { (first, lowest, highest) = (place, place, place) }
      if place.y < lowest.y { lowest = place }
      if place.y > highest.y { highest = place }
      last = place
    }

    /// The places worth drawing, from left to right, without repetition; the column is empty then.
    mutating func taken() -> [Pixel] {
      guard let first else { return [] }
      self.first = nil
      let middle = [lowest, highest].sorted { $0.x < $1.x }
      return ([first] + middle + [last]).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
  }
}
