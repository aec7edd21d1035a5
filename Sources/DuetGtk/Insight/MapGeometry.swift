// Where things on the map are on the screen, and what a lasso holds. A value; any thread.

import DuetEngine

struct MapGeometry: Equatable {
  struct Pixel: Equatable {
    var x: Double
    var y: Double
  }

  /// Pixels left free around the sheet.
  private static let margin = 24.0
  private static let zooms = 1.0...40.0

  /// Of the widget, in pixels.
  var width = 1.0
  var height = 1.0
  /// 1: the whole sheet is visible.
  private(set) var zoom = 1.0
  /// The place on the sheet that is in the middle of the widget.
  private(set) var centre = PhotoMap.Point(x: 0.5, y: 0.5)

  /// Pixels a side of the sheet.
  private var side: Double { max(1, min(width, height) - 2 * Self.margin) * zoom }

  func pixel(_ point: PhotoMap.Point) -> Pixel {
    Pixel(x: width / 2 + (point.x - centre.x) * side, y: height / 2 + (point.y - centre.y) * side)
  }

  func point(_ pixel: Pixel) -> PhotoMap.Point {
    PhotoMap.Point(x: centre.x + (pixel.x - width / 2) / side, y: centre.y + (pixel.y - height / 2) / side)
  }

  /// Zooms so that what is under `pixel` stays under it.
  mutating func zoom(by factor: Double, at pixel: Pixel) {
    let fixed = point(pixel)
    zoom = min(Self.zooms.upperBound, max(Self.zooms.lowerBound, zoom * factor))
    move(to: PhotoMap.Point(x: fixed.x - (pixel.x - width / 2) / side, y: fixed.y - (pixel.y - height / 2) / side))
  }

  /// Moves the sheet with the pointer.
  mutating func pan(dx: Double, dy: Double) {
    move(to: PhotoMap.Point(x: centre.x - dx / side, y: centre.y - dy / side))
  }

  mutating func reset() {
    zoom = 1
    centre = PhotoMap.Point(x: 0.5, y: 0.5)
  }

  /// Brings a place into the middle third of the widget if it is not visible.
  mutating func reveal(_ point: PhotoMap.Point) {
    let place = pixel(point)
    if !(Self.margin...max(Self.margin, width - Self.margin)).contains(place.x)
      || !(Self.margin...max(Self.margin, height - Self.margin)).contains(place.y)
    {
      move(to: point)
    }
  }

  /// Some of the sheet always stays visible.
  private mutating func move(to point: PhotoMap.Point) {
    centre = PhotoMap.Point(x: min(1, max(0, point.x)), y: min(1, max(0, point.y)))
  }

  /// The index of the nearest place within `reach` pixels; the later one of equals, which is drawn on top.
  func nearest(_ places: [PhotoMap.Point], to target: Pixel, reach: Double) -> Int? {
    var best: (index: Int, distance: Double)?
    for (index, place) in places.enumerated() {
      let at = pixel(place)
      let distance = (at.x - target.x) * (at.x - target.x) + (at.y - target.y) * (at.y - target.y)
      if distance <= reach * reach, distance <= best?.distance ?? .infinity { best = (index, distance) }
    }
    return best?.index
  }

  /// Whether `pixel` is inside the closed line (even-odd rule).
  static func contains(_ line: [Pixel], _ pixel: Pixel) -> Bool {
    guard line.count > 2, var last = line.last else { return false }
    var isInside = false
    for corner in line {
      if (corner.y > pixel.y) != (last.y > pixel.y) {
        let crossing = corner.x + (pixel.y - corner.y) / (last.y - corner.y) * (last.x - corner.x)
        if pixel.x < crossing { isInside.toggle() }
      }
      last = corner
    }
    return isInside
  }
}
