// The plane on the screen, and what a pointer does on it. Main thread. It shows the scene that it is given; what a
// person does is told to its owner, which changes the scene. The keyboard is in PlaneCanvas+Keys.

import CGtk
import DuetEngine

@MainActor final class PlaneCanvas {
  typealias Pixel = PlaneGeometry.Pixel

  /// Pixels in which a click finds an arrow's tip or a point to draw from, and up to which a drag is a click.
  private static let reach = 16.0
  private static let arrowReach = 7.0
  private static let clickSlack = 5.0

  /// A GtkDrawingArea.
  let root = Widget(gtk_drawing_area_new())
  var scene = PlaneScene() { didSet { if scene != oldValue { sceneChanged(since: oldValue) } } }
  private(set) var geometry = PlaneGeometry()
  let field = FieldPicture()
  /// The boundary without the arrow that is tried out; empty while none is.
  var before: [FieldPicture.Line] = [] { didSet { if before != oldValue { redraw() } } }
  /// The arrow that the pointer is drawing.
  private(set) var drawn: Mark?

  // What the person wants. Capture owners weakly.
  var onPick: @MainActor (BoundaryPoint.ID?) -> Void = { _ in }
  var onSelect: @MainActor (Mark.ID) -> Void = { _ in }
  /// An arrow was drawn from a point, or from the tip of one that was there: the same id then.
  var onDraw: @MainActor (Mark) -> Void = { _ in }
  var onAdd: @MainActor (_ place: [Double], _ label: Int) -> Void = { _, _ in }
  var onDelete: @MainActor () -> Void = {}
  var onKeep: @MainActor () -> Void = {}
  var onDiscard: @MainActor () -> Void = {}
  /// How long the last frame took to draw, for the measurement of the frame rate.
  private(set) var lastDrawing = Duration.zero

  /// What is visible has changed; the second number is the plot's height over its width.
  var onView: @MainActor (BoundaryBounds, _ aspect: Double) -> Void = { _, _ in }
  private var content = BoundaryBounds(minX: -1, maxX: 1, minY: -1, maxY: 1)
  private var told: BoundaryBounds?

  private var pointsPicture: CairoPicture?
  private var pointsKey: PointsKey?
  private var start = Pixel(x: 0, y: 0)
  private var last = Pixel(x: 0, y: 0)
  /// What the press took hold of.
  private var grip: Mark?

  /// What the picture of the points was made for.
  private struct PointsKey: Equatable {
    let geometry: PlaneGeometry
    let style: PlaneStyle
    let scale: Double
  }

  init() {
    gtk_widget_set_focusable(root.widget, 1)
    gtk_widget_set_overflow(root.widget, GTK_OVERFLOW_HIDDEN)
    root.style("boundary-plane").expand(horizontally: true, vertically: true).size(width: 300, height: 200)
    root.accessibleName(L("Points and boundary"))
    root.draw { [weak self] cr, width, height in self?.draw(cr, width, height) }
    PlaneStyle.follow(root) { [weak self] in self?.redraw() }
    listen()
  }

  func redraw() { gtk_widget_queue_draw(root.widget) }

  /// The network's answers; nil leaves the plane empty.
  func show(_ new: BoundaryField?) {
    field.show(new)
    redraw()
  }

  /// What must be visible, and how long a step is on each axis.
  func show(bounds: BoundaryBounds, scales: [FeatureScale]) {
    content = bounds
    if scales.count == 2 { geometry.units = .init(x: scales[0].unit, y: scales[1].unit) }
    refit()
    redraw()
  }

  /// Fits the plane to the widget, and tells the owner where the field is wanted from now on.
  private func refit() {
    geometry.fit(content)
    guard geometry.bounds != told, geometry.width > 2 else { return }
    told = geometry.bounds
    onView(geometry.bounds, geometry.frame.height / geometry.frame.width)
  }

  private func sceneChanged(since old: PlaneScene) {
    if scene.points != old.points { pointsPicture = nil }
    redraw()
  }

  private func draw(_ cr: OpaquePointer, _ width: Double, _ height: Double) {
    let began = ContinuousClock.now
    if width != geometry.width || height != geometry.height {
      (geometry.width, geometry.height) = (width, height)
      refit()
    }
    let style = PlaneStyle.current
    let scale = Double(gtk_widget_get_scale_factor(root.widget))
    let key = PointsKey(geometry: geometry, style: style, scale: scale)
    if pointsPicture == nil || pointsKey != key {
      pointsPicture = PlaneDrawing.points(scene, geometry, style, scale: scale)
      pointsKey = key
    }
    var shown = scene
    if let drawn { shown.draft = drawn }
    PlaneDrawing(
      geometry: geometry, scene: shown, style: style, field: field, before: before, points: pointsPicture,
      text: PlotText(root, style.ink), scale: scale
    ).draw(cr)
    lastDrawing = ContinuousClock.now - began
  }

  // -- Pointer: the gestures call these, and so do tests

  func press(_ at: Pixel) {
    (start, last) = (at, at)
    gtk_widget_grab_focus(root.widget)
    grip = scene.tool == .arrows ? takeHold(at) : nil
  }

  /// The arrow whose tip is there; else a new one from the point that is there.
  private func takeHold(_ at: Pixel) -> Mark? {
    let held = scene.marks + (scene.draft.map { [$0] } ?? [])
    let tips = held.compactMap { mark in scene.ends(of: mark).map { (mark: mark, tip: $0.to) } }
    if let index = geometry.nearest(tips.map(\.tip), to: at, reach: Self.reach / 2) { return tips[index].mark }
    guard let index = geometry.nearest(scene.points.map(\.x), to: at, reach: Self.reach) else { return nil }
    return Mark(point: scene.points[index].id, kind: scene.draft?.kind ?? .becomesOther, delta: [0, 0])
  }

  func drag(to at: Pixel) {
    last = at
    guard let grip, let point = scene.point(grip.point), !isClick else { return }
    var mark = grip
    let tip = geometry.visible(geometry.place(at))
    mark.delta = [tip[0] - point.x[0], tip[1] - point.x[1]]
    drawn = mark
    redraw()
  }

  func release() {
    defer { (grip, drawn) = (nil, nil) }
    redraw()
    guard let drawn else { return isClick ? click(start) : () }
    onDraw(drawn)
  }

  private var isClick: Bool { drawn == nil && start.distance(to: last) <= Self.clickSlack }

  private func click(_ at: Pixel) {
    if case .add(let label) = scene.tool {
      return geometry.contains(at) ? onAdd(geometry.place(at), label) : ()
    }
    let arrows = scene.marks.compactMap { mark in scene.ends(of: mark).map { (mark: mark, ends: $0) } }
    let isOnPoint = geometry.nearest(scene.points.map(\.x), to: at, reach: PlaneDrawing.pointRadius + 2) != nil
    if !isOnPoint, let index = geometry.nearest(arrows.map(\.ends), to: at, reach: Self.arrowReach) {
      return onSelect(arrows[index].mark.id)
    }
    let nearest = geometry.contains(at) ? geometry.nearest(scene.points.map(\.x), to: at) : nil
    onPick(nearest.map { scene.points[$0].id })
  }

  private func listen() {
    let drag = GObjectRef(adopting: gtk_gesture_drag_new())
    drag.on("drag-begin") { [weak self] in self?.press(.init(x: $0.double(1), y: $0.double(2))) }
    drag.on("drag-update") { [weak self] arguments in
      guard let self else { return }
      self.drag(to: .init(x: self.start.x + arguments.double(1), y: self.start.y + arguments.double(2)))
    }
    drag.on("drag-end") { [weak self] _ in self?.release() }
    root.addController(drag)
    root.onKey { [weak self] key, modifiers in self?.take(key, modifiers) ?? false }
  }
}
