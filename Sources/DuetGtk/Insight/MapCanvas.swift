// The drawing of the map and what a pointer and the keyboard do on it. Main thread. It shows the places it is
// given; what is chosen and how far it is zoomed is its own. Nothing here changes the project.

import CGtk
import DuetEngine

@MainActor final class MapCanvas {
  struct Item: Equatable {
    let photo: PhotoID
    let point: PhotoMap.Point
    /// The category's place in the user's order.
    let mark: CategoryMark
    let name: String
  }

  /// Pixels in which a click finds a photo, and up to which a drag is a click.
  private static let reach = 14.0
  private static let clickSlack = 4.0
  private static let wheelStep = 1.15
  /// Pixels that the arrow keys look ahead for.
  private static let keyStep = 1.25

  /// A GtkDrawingArea.
  let root = Widget(gtk_drawing_area_new())
  var geometry = MapGeometry() { didSet { if geometry != oldValue { redraw() } } }
  private(set) var items: [Item] = []
  private(set) var selected: Set<PhotoID> = []
  /// The photo that the keyboard is at.
  private(set) var focused: PhotoID?
  private(set) var lasso: [MapGeometry.Pixel] = []
  var testPlace: PhotoMap.Point? { didSet { if testPlace != oldValue { redraw() } } }
  /// Whether a plain drag draws a lasso; with Shift it always does.
  var drawsLasso = false
  /// The person wants to see a photo, at this place on the canvas.
  var onOpen: (@MainActor (PhotoID, MapGeometry.Pixel) -> Void)?
  /// What is chosen has changed.
  var onSelect: (@MainActor () -> Void)?
  let thumbnails: MapThumbnails
  private var start = MapGeometry.Pixel(x: 0, y: 0)
  private var last = MapGeometry.Pixel(x: 0, y: 0)
  private var pointer = MapGeometry.Pixel(x: 0, y: 0)
  private var isLasso = false

  init(textures: TextureLoader) {
    thumbnails = MapThumbnails(textures: textures)
    gtk_widget_set_focusable(root.widget, 1)
    gtk_widget_set_overflow(root.widget, GTK_OVERFLOW_HIDDEN)
    root.style("photo-map").expand(horizontally: true, vertically: true).size(width: 320, height: 320)
    root.accessibleName(L("Map of the photos"))
    thumbnails.onReady = { [weak self] in self?.redraw() }
    root.draw { [weak self] cr, width, height in self?.draw(cr, width, height) }
    listen()
  }

  func show(_ new: [Item]) {
    guard new != items else { return }
    items = new
    let present = Set(new.map(\.photo))
    if !selected.isSubset(of: present) { select(selected.intersection(present)) }
    if let focused, !present.contains(focused) { self.focused = nil }
    redraw()
  }

  func select(_ photos: Set<PhotoID>) {
    guard photos != selected else { return }
    selected = photos
    redraw()
    onSelect?()
  }

  private func redraw() { gtk_widget_queue_draw(root.widget) }

  private func draw(_ cr: OpaquePointer, _ width: Double, _ height: Double) {
    (geometry.width, geometry.height) = (width, height)
    var colour = GdkRGBA()
    gtk_style_context_get_color(gtk_widget_get_style_context(root.widget), &colour)
    MapDrawing(
      geometry: geometry, items: items, selected: selected, focused: focused, lasso: lasso, testPlace: testPlace,
      text: colour, thumbnails: thumbnails,
      testName: GObjectRef(adopting: gtk_widget_create_pango_layout(root.widget, L("Test photo")))
    ).draw(cr)
  }

  // -- Pointer: the gestures call these, and so do tests

  func press(_ at: MapGeometry.Pixel, withLasso: Bool) {
    (start, last) = (at, at)
    isLasso = withLasso || drawsLasso
    lasso = isLasso ? [at] : []
    gtk_widget_grab_focus(root.widget)
  }

  func drag(to at: MapGeometry.Pixel) {
    if isLasso { lasso.append(at) } else { geometry.pan(dx: at.x - last.x, dy: at.y - last.y) }
    last = at
    redraw()
  }

  func release() {
    let line = lasso
    lasso = []
    redraw()
    if abs(last.x - start.x) + abs(last.y - start.y) <= Self.clickSlack { return click(start) }
    guard isLasso else { return }
    select(Set(items.filter { MapGeometry.contains(line, geometry.pixel($0.point)) }.map(\.photo)))
  }

  private func click(_ at: MapGeometry.Pixel) {
    let reach = MapDrawing.showsThumbnails(geometry, items) ? MapDrawing.thumbnailSide / 2 : Self.reach
    guard let index = geometry.nearest(items.map(\.point), to: at, reach: reach) else { return select([]) }
    focused = items[index].photo
    redraw()
    onOpen?(items[index].photo, geometry.pixel(items[index].point))
  }

  private func listen() {
    let drag = GObjectRef(adopting: gtk_gesture_drag_new())
    drag.on("drag-begin") { [weak self] arguments in
      guard let gesture = arguments.object(0) else { return }
      let shift = gtk_event_controller_get_current_event_state(gesture).rawValue & GDK_SHIFT_MASK.rawValue != 0
      self?.press(.init(x: arguments.double(1), y: arguments.double(2)), withLasso: shift)
    }
    drag.on("drag-update") { [weak self] arguments in
      guard let self else { return }
      self.drag(to: .init(x: self.start.x + arguments.double(1), y: self.start.y + arguments.double(2)))
    }
    drag.on("drag-end") { [weak self] _ in self?.release() }
    root.addController(drag)
    let motion = GObjectRef(adopting: gtk_event_controller_motion_new())
    motion.on("motion") { [weak self] in self?.pointer = .init(x: $0.double(1), y: $0.double(2)) }
    root.addController(motion)
    let wheel = GObjectRef(adopting: gtk_event_controller_scroll_new(GTK_EVENT_CONTROLLER_SCROLL_VERTICAL))
    wheel.on("scroll") { [weak self] arguments in
      guard let self else { return }
      self.geometry.zoom(by: arguments.double(2) < 0 ? Self.wheelStep : 1 / Self.wheelStep, at: self.pointer)
      arguments.answer(true)
    }
    root.addController(wheel)
    root.onKey { [weak self] key, _ in self?.take(key) ?? false }
  }

  // -- Keyboard: arrows go from photo to photo, Return opens, plus, minus and 0 zoom

  private func take(_ key: UInt32) -> Bool {
    let middle = MapGeometry.Pixel(x: geometry.width / 2, y: geometry.height / 2)
    switch Int32(bitPattern: key) {
    case GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add: geometry.zoom(by: Self.keyStep, at: middle)
    case GDK_KEY_minus, GDK_KEY_KP_Subtract: geometry.zoom(by: 1 / Self.keyStep, at: middle)
    case GDK_KEY_0, GDK_KEY_KP_0: geometry.reset()
    case GDK_KEY_Left: step(x: -1, y: 0)
    case GDK_KEY_Right: step(x: 1, y: 0)
    case GDK_KEY_Up: step(x: 0, y: -1)
    case GDK_KEY_Down: step(x: 0, y: 1)
    case GDK_KEY_space: if let focused { select(selected.symmetricDifference([focused])) }
    case GDK_KEY_Return, GDK_KEY_KP_Enter:
      guard let item = items.first(where: { $0.photo == focused }) else { return false }
      onOpen?(item.photo, geometry.pixel(item.point))
    default: return false
    }
    return true
  }

  /// Goes to the photo that is nearest in a direction; sideways distance counts twice.
  func step(x: Double, y: Double) {
    let middle = PhotoMap.Point(x: 0.5, y: 0.5)
    let from = items.first { $0.photo == focused }?.point ?? middle
    var best: (item: Item, cost: Double)?
    for item in items where item.photo != focused {
      let (dx, dy) = (item.point.x - from.x, item.point.y - from.y)
      let ahead = dx * x + dy * y
      guard ahead > 0 || focused == nil else { continue }
      let cost = abs(ahead) + 2 * abs(dx * y - dy * x)
      if cost < best?.cost ?? .infinity { best = (item, cost) }
    }
    guard let next = best?.item else { return }
    focused = next.photo
    geometry.reveal(next.point)
    root.accessibleDescription(next.name)
    redraw()
  }
}
