// What a brush did to a photo, stroke by stroke, so that a stroke can be taken back; and the pixels that are painted
// in the end. Values; any thread. The window draws with it and the engine makes the region of it.

/// One stroke: a round brush moved along a line, in pixels of the photo.
public struct BrushStroke: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public let x: Double
    public let y: Double

    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// Half of the brush's width, in pixels of the photo.
  public let radius: Double
  /// Takes paint away instead of putting it on.
  public let erases: Bool
  public private(set) var points: [Point]

  /// - Parameter radius: above 0.
  public init(radius: Double, erases: Bool = false, from point: Point) {
    self.radius = radius
    self.erases = erases
    points = [point]
  }

  public mutating func move(to point: Point) { points.append(point) }
}

/// All strokes on one photo, in order; later ones paint over earlier ones.
public struct BrushStrokes: Sendable, Equatable {
  public let width: Int
  public let height: Int
  public private(set) var strokes: [BrushStroke] = []

  /// - Precondition: both sides in 1...``RegionMask/largestSide``.
  public init(width: Int, height: Int) {
    precondition((1...RegionMask.largestSide).contains(width) && (1...RegionMask.largestSide).contains(height))
    self.width = width
    self.height = height
  }

  public mutating func begin(_ stroke: BrushStroke) { strokes.append(stroke) }

  /// Goes on with the last stroke.
  public mutating func move(to point: BrushStroke.Point) {
    if !strokes.isEmpty { strokes[strokes.count - 1].move(to: point) }
  }

  /// Takes the last stroke back; nothing where there is none.
  public mutating func undo() { if !strokes.isEmpty { strokes.removeLast() } }

  public mutating func clear() { strokes = [] }

  /// The pixels whose centres are within a brush's reach of its line.
  public var region: RegionMask {
    var painted = [Bool](repeating: false, count: width * height)
    for stroke in strokes {
      if stroke.points.count == 1, let only = stroke.points.first { fill(&painted, only, only, stroke) }
      for (start, end) in zip(stroke.points, stroke.points.dropFirst()) { fill(&painted, start, end, stroke) }
    }
    return RegionMask(width: width, height: height, isPainted: painted)
  }

  /// A capsule: every pixel that is at most a radius away from the line between two points.
  private func fill(
    _ painted: inout [Bool], _ start: BrushStroke.Point, _ end: BrushStroke.Point, _ stroke: BrushStroke
  ) {
    let reach = stroke.radius
    guard [start.x, start.y, end.x, end.y, reach].allSatisfy(\.isFinite) else { return }
    func pixels(_ a: Double, _ b: Double, below count: Int) -> Range<Int> {
      let (low, high) = (max(0, min(a, b) - reach), min(Double(count), max(a, b) + reach + 1))
      return low < high ? Int(low)..<Int(high.rounded(.up)) : 0..<0
    }
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = dx * dx + dy * dy
    let columns = pixels(start.x, end.x, below: width)
    for y in pixels(start.y, end.y, below: height) {
      let py = Double(y) + 0.5 - start.y
      for x in columns {
        let px = Double(x) + 0.5 - start.x
        let along = length > 0 ? min(1, max(0, (px * dx + py * dy) / length)) : 0
        let (ox, oy) = (px - along * dx, py - along * dy)
        if ox * ox + oy * oy <= reach * reach { painted[y * width + x] = !stroke.erases }
      }
    }
  }
}
