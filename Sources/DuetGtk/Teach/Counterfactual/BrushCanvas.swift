// A photo that can be painted on, with the pointer or with the keyboard. Main thread. What is painted is its own; it
// changes nothing in the project.

import CGtk
import DuetEngine

@MainActor final class BrushCanvas {
  typealias Point = BrushStroke.Point

  /// A GtkOverlay: the photo with a drawing area on it.
  let root = Widget(gtk_overlay_new())
  /// The GtkDrawingArea, which has the keyboard.
  let area = Widget(gtk_drawing_area_new())
  /// For tests.
  private(set) var keys: GObjectRef?
  private let picture = Widget(gtk_picture_new())
  /// Nil until a photo is shown.
  private(set) var strokes: BrushStrokes?
  /// The brush's width as a share of the photo's shorter side.
  var brushWidth = 0.15 { didSet { redraw() } }
  /// Whether the brush takes paint away.
  var erases = false { didSet { redraw() } }
  /// Where the keyboard's brush is, in pixels of the photo; nil while the pointer leads.
  private(set) var cursor: Point?
  /// How much of the photo is painted, 0 to 1, as far as it was counted: for those who do not see it.
  var paintedShare = 0.0 { didSet { describe() } }
  /// A stroke has ended, or was taken back.
  var onChange: (@MainActor () -> Void)?
  /// The person wants a larger (above 1) or smaller brush. Whoever owns the size slider moves it.
  var onResize: (@MainActor (Double) -> Void)?
  private var pointer: Point?
  private var start = (x: 0.0, y: 0.0)

  /// How far an arrow key moves the brush, in parts of its width.
  private static let keyStep = 0.5

  init() {
    gtk_picture_set_content_fit(picture.pointer, GTK_CONTENT_FIT_CONTAIN)
    gtk_overlay_set_child(root.pointer, picture.widget)
    gtk_overlay_add_overlay(root.pointer, area.widget)
    gtk_widget_set_focusable(area.widget, 1)
    area.accessibleName(L("Photo to paint on"))
    area.tooltip(
      [
        L("Drag to paint. With the keyboard, arrow keys move the brush and Space paints."),
        L("Shift with arrow keys paints a line, plus and minus change the size, Backspace takes a stroke back."),
      ].joined(separator: "\n"))
    root.style("brush-canvas").expand(horizontally: true, vertically: true).size(width: 320, height: 280)
    area.draw { [weak self] cr, width, height in self?.draw(cr, width, height) }
    listen()
    describe()
  }

  func show(_ texture: Texture) {
    gtk_picture_set_paintable(picture.pointer, texture.pointer)
    let side = 1...RegionMask.largestSide
    guard side.contains(texture.width), side.contains(texture.height) else { return }
    strokes = BrushStrokes(width: texture.width, height: texture.height)
    redraw()
  }

  func undoStroke() {
    strokes?.undo()
    changed()
  }

  func clear() {
    strokes?.clear()
    changed()
  }

  private func changed() {
    redraw()
    describe()
    onChange?()
  }

  private func redraw() { gtk_widget_queue_draw(area.widget) }

  // -- Geometry: the photo is as large as fits, in the middle

  private var frame: BrushFrame? {
    strokes.map {
      BrushFrame(
        photo: (Double($0.width), Double($0.height)),
        area: (Double(gtk_widget_get_width(area.widget)), Double(gtk_widget_get_height(area.widget))))
    }
  }

  private var radius: Double { strokes.map { brushWidth / 2 * Double(min($0.width, $0.height)) } ?? 0 }

  private func draw(_ cr: OpaquePointer, _ width: Double, _ height: Double) {
    guard let strokes else { return }
    BrushDrawing(
      strokes: strokes,
      frame: BrushFrame(photo: (Double(strokes.width), Double(strokes.height)), area: (width, height)),
      brush: (cursor ?? pointer).map { ($0, radius) }
    ).draw(cr)
  }

  // -- Pointer: the gesture calls these, and so do tests; in pixels of the area

  func press(x: Double, y: Double) {
    guard let point = frame?.photo(x: x, y: y), radius > 0 else { return }
    cursor = nil
    let stroke = BrushStroke(radius: radius, erases: erases, from: point)
    strokes?.begin(stroke)
    gtk_widget_grab_focus(area.widget)
    redraw()
  }

  func drag(x: Double, y: Double) {
    guard let point = frame?.photo(x: x, y: y) else { return }
    strokes?.move(to: point)
    pointer = point
    redraw()
  }

  func release() { changed() }

  private func listen() {
    let drag = GObjectRef(adopting: gtk_gesture_drag_new())
    drag.on("drag-begin") { [weak self] arguments in
      self?.start = (arguments.double(1), arguments.double(2))
      self?.press(x: arguments.double(1), y: arguments.double(2))
    }
    drag.on("drag-update") { [weak self] arguments in
      guard let self else { return }
      self.drag(x: self.start.x + arguments.double(1), y: self.start.y + arguments.double(2))
    }
    drag.on("drag-end") { [weak self] _ in self?.release() }
    area.addController(drag)
    let motion = GObjectRef(adopting: gtk_event_controller_motion_new())
    motion.on("motion") { [weak self] arguments in
      self?.pointer = self?.frame?.photo(x: arguments.double(1), y: arguments.double(2))
      self?.redraw()
    }
    motion.on("leave") { [weak self] _ in
      self?.pointer = nil
      self?.redraw()
    }
    area.addController(motion)
    keys = area.onKey { [weak self] key, modifiers in self?.take(key, modifiers) ?? false }
  }

  // -- Keyboard

  private func take(_ key: UInt32, _ modifiers: UInt32) -> Bool {
    let paints = modifiers & GDK_SHIFT_MASK.rawValue != 0
    let control = modifiers & GDK_CONTROL_MASK.rawValue != 0
    switch Int32(bitPattern: key) {
    case GDK_KEY_Left: step(x: -1, y: 0, paints: paints)
    case GDK_KEY_Right: step(x: 1, y: 0, paints: paints)
    case GDK_KEY_Up: step(x: 0, y: -1, paints: paints)
    case GDK_KEY_Down: step(x: 0, y: 1, paints: paints)
    case GDK_KEY_space, GDK_KEY_KP_Space: paint(from: here, to: nil)
    case GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add: onResize?(1.25)
    case GDK_KEY_minus, GDK_KEY_KP_Subtract: onResize?(0.8)
    case GDK_KEY_BackSpace: undoStroke()
    case GDK_KEY_z where control: undoStroke()
    default: return false
    }
    return true
  }

  /// The middle of the photo until the keyboard was used.
  private var here: Point {
    cursor ?? Point(x: Double(strokes?.width ?? 0) / 2, y: Double(strokes?.height ?? 0) / 2)
  }

  private func step(x: Double, y: Double, paints: Bool) {
    guard let strokes else { return }
    let (from, reach) = (here, max(1, 2 * radius * Self.keyStep))
    let to = Point(
      x: min(Double(strokes.width), max(0, from.x + x * reach)),
      y: min(Double(strokes.height), max(0, from.y + y * reach)))
    cursor = to
    if paints { return paint(from: from, to: to) }
    redraw()
    describe()
  }

  private func paint(from: Point, to: Point?) {
    guard radius > 0 else { return }
    cursor = to ?? from
    paint(BrushStroke(radius: radius, erases: erases, from: from), to: to)
  }

  /// A whole stroke at once; nil for `to`: a dot.
  func paint(_ stroke: BrushStroke, to: Point?) {
    strokes?.begin(stroke)
    if let to { strokes?.move(to: to) }
    changed()
  }

  /// For those who do not see it.
  private func describe() {
    guard let strokes else { return }
    let percent = { (value: Double, of: Int) in Int((100 * value / Double(max(1, of))).rounded()) }
    area.accessibleDescription(
      L("Brush at {x} % from the left and {y} % from the top. {share} % of the photo is painted.",
        [
          "x": percent(here.x, strokes.width), "y": percent(here.y, strokes.height),
          "share": Int((100 * paintedShare).rounded()),
        ]))
  }
}
