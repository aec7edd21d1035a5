// Where places of the plane are on the screen, and back. A value; any thread.
// Both axes have the same scale in the units that the set measures distances in, so that an arrow points on the screen
// where it points for the model.

import DuetEngine

struct PlaneGeometry: Equatable {
  struct Pixel: Equatable {
    var x: Double
    var y: Double

    /// Pixels as the crow flies.
    func distance(to other: Pixel) -> Double {
      ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
    }
  }

  /// Pixels left free for the numbers on the axes.
  static let inset = (left: 34.0, top: 10.0, right: 10.0, bottom: 24.0)

  /// Of the widget, in pixels.
  var width = 1.0
  var height = 1.0
  /// What is visible, in data units; never empty.
  var bounds = BoundaryBounds(minX: -1, maxX: 1, minY: -1, maxY: 1)
  /// How long one step of the set's scale is on each axis, in data units; positive.
  var units = Units(x: 1, y: 1)

  struct Units: Equatable {
    var x: Double
    var y: Double
  }

  /// Pixels left for the plot.
  private var free: (x: Double, y: Double) {
    (
      max(1, width - Self.inset.left - Self.inset.right), max(1, height - Self.inset.top - Self.inset.bottom)
    )
  }

  /// Pixels a data unit, on each axis.
  var scale: (x: Double, y: Double) {
    let (wide, high) = (bounds.width / units.x, bounds.height / units.y)
    guard wide > 0, high > 0 else { return (1, 1) }
    let step = min(free.x / wide, free.y / high)
    return (step / units.x, step / units.y)
  }

  /// The plot's left upper corner and size, in pixels: as large as the scale allows, in the middle.
  var frame: (x: Double, y: Double, width: Double, height: Double) {
    let (wide, high) = (bounds.width * scale.x, bounds.height * scale.y)
    return (Self.inset.left + (free.x - wide) / 2, Self.inset.top + (free.y - high) / 2, wide, high)
  }

  /// Makes all of `content` visible, and as much around it as the widget has room for.
  mutating func fit(_ content: BoundaryBounds) {
    let step = min(free.x * units.x / max(1e-12, content.width), free.y * units.y / max(1e-12, content.height))
    let (wide, high) = (free.x * units.x / step, free.y * units.y / step)
    let middle = (x: (content.minX + content.maxX) / 2, y: (content.minY + content.maxY) / 2)
    bounds = BoundaryBounds(
      minX: middle.x - wide / 2, maxX: middle.x + wide / 2, minY: middle.y - high / 2, maxY: middle.y + high / 2)
  }

  /// - Parameter place: two coordinates in data units.
  func pixel(_ place: [Double]) -> Pixel {
    let (frame, scale) = (frame, scale)
    return Pixel(x: frame.x + (place[0] - bounds.minX) * scale.x, y: frame.y + (bounds.maxY - place[1]) * scale.y)
  }

  /// Two coordinates in data units, outside the bounds where the pixel is outside the plot.
  func place(_ pixel: Pixel) -> [Double] {
    let (frame, scale) = (frame, scale)
    return [bounds.minX + (pixel.x - frame.x) / scale.x, bounds.maxY - (pixel.y - frame.y) / scale.y]
  }

  /// The nearest place that is visible.
  func visible(_ place: [Double]) -> [Double] {
    [min(bounds.maxX, max(bounds.minX, place[0])), min(bounds.maxY, max(bounds.minY, place[1]))]
  }

  func contains(_ pixel: Pixel) -> Bool {
    let frame = frame
    return pixel.x >= frame.x && pixel.x <= frame.x + frame.width && pixel.y >= frame.y
      && pixel.y <= frame.y + frame.height
  }

  /// The index of the nearest place within `reach` pixels; the later one of equals, which is drawn on top.
  func nearest(_ places: [[Double]], to target: Pixel, reach: Double = .infinity) -> Int? {
    var best: (index: Int, distance: Double)?
    for (index, place) in places.enumerated() {
      let distance = pixel(place).distance(to: target)
      if distance <= reach, distance <= best?.distance ?? .infinity { best = (index, distance) }
    }
    return best?.index
  }

  /// The index of the nearest line from one place to another, within `reach` pixels of it.
  func nearest(_ lines: [(from: [Double], to: [Double])], to target: Pixel, reach: Double) -> Int? {
    var best: (index: Int, distance: Double)?
    for (index, line) in lines.enumerated() {
      let distance = Self.distance(of: target, from: pixel(line.from), to: pixel(line.to))
      if distance <= reach, distance <= best?.distance ?? .infinity { best = (index, distance) }
    }
    return best?.index
  }

  private static func distance(of point: Pixel, from start: Pixel, to end: Pixel) -> Double {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = dx * dx + dy * dy
    let along = length > 0 ? ((point.x - start.x) * dx + (point.y - start.y) * dy) / length : 0
    let share = min(1, max(0, along))
    return point.distance(to: Pixel(x: start.x + share * dx, y: start.y + share * dy))
  }
}
