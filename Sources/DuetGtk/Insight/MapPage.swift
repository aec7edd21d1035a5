// The map of the photos: the canvas, its legend, and what can be done with the photos inside a lasso. Main thread.
// The map is computed elsewhere, once for a set of photos: moving a photo changes its colour, not its place.

import CGtk
import DuetEngine

@MainActor final class MapPage {
  let root = Widget.column(spacing: 0)
  let canvas: MapCanvas
  let popover: PhotoPopover
  let lasso = Widget(gtk_toggle_button_new_with_label(L("Lasso")))
  private(set) var map: PhotoMap?
  private let actions: PhotoActions
  private let legend = MapLegend()
  private let stack = Widget(gtk_stack_new())
  private let status = Widget.statusPage(icon: "view-grid-symbolic")
  private let selectionBar = Widget(gtk_revealer_new())
  private let selectionCount = Widget.label(wraps: false).style("caption-heading")
  private let moveButton = Widget(gtk_menu_button_new())
  private let targets = Menu()
  private let layouts = Widget.row(spacing: 0).style("linked")
  private var layout = PhotoMap.Layout.neighbours
  private var wanted: Wanted?
  private var task: Task<Void, Never>?
  private var placeTask: Task<Void, Never>?
  private var targetCategories: [CategoryID] = []
  private var refresh: Observe?

  /// What the map depends on.
  private struct Wanted: Equatable {
    let layout: PhotoMap.Layout
    let photos: Set<PhotoID>
  }

  init(_ actions: PhotoActions) {
    self.actions = actions
    canvas = MapCanvas(textures: actions.textures)
    popover = PhotoPopover(actions)
    build()
    listen()
    refresh = Observe { [weak self] in
      if let self { self.follow(self.actions.workspace.snapshot) }
    }
  }

  private func build() {
    for (index, entry) in [
      (PhotoMap.Layout.neighbours, L("Neighbours together")), (.principal, L("Distances true")),
    ].enumerated() {
      let (layout, title) = entry
      let button = Widget(gtk_toggle_button_new_with_label(title))
      if index == 0 { gtk_toggle_button_set_active(button.cast(), 1) }
      if let first = layoutButtons.first { gtk_toggle_button_set_group(button.cast(), first.cast()) }
      button.on("toggled") { [weak self] in
        if let raw = $0.object(0), gtk_toggle_button_get_active(UnsafeMutablePointer(raw)) != 0 { self?.use(layout) }
      }
      layoutButtons.append(button)
      layouts.append(button)
    }
    lasso.tooltip(L("Draw around photos to choose them; or hold Shift and drag"))
    let fit = Widget.iconButton("zoom-fit-best-symbolic", name: L("Show all")) { [weak canvas] in
      canvas?.geometry.reset()
    }
    let closer = Widget.iconButton("zoom-in-symbolic", name: L("Closer")) { [weak self] in self?.zoom(by: 1.5) }
    let further = Widget.iconButton("zoom-out-symbolic", name: L("Further away")) { [weak self] in
      self?.zoom(by: 1 / 1.5)
    }
    let gap = Widget.label(wraps: false).expand(horizontally: true)
    let tools = Widget.row(spacing: 6, layouts, gap, lasso, further, closer, fit)
    let clear = Widget.button(L("Choose none")) { [weak canvas] in canvas?.select([]) }
    clear.style("flat")
    gtk_menu_button_set_label(moveButton.pointer, L("Move to"))
    gtk_menu_button_set_menu_model(moveButton.pointer, targets.model)
    gtk_menu_button_set_direction(moveButton.pointer, GTK_ARROW_UP)
    let bar = Widget.row(spacing: 6, selectionCount.expand(horizontally: true), moveButton, clear)
    gtk_revealer_set_child(selectionBar.pointer, bar.widget)

    let frame = Widget.column(spacing: 0, canvas.root)
    gtk_widget_set_overflow(frame.widget, GTK_OVERFLOW_HIDDEN)
    frame.style("card")
    let hint = Widget.label(L("Wheel: zoom. Drag: move the map. Shift and drag: choose photos."))
    hint.style("dim-label", "caption")
    let page = Widget.column(spacing: 12, tools, frame, legend.root, selectionBar, hint).margin(18)
    gtk_stack_add_named(stack.pointer, status.widget, "status")
    gtk_stack_add_named(stack.pointer, page.widget, "map")
    root.append(stack.expand(horizontally: true, vertically: true))
    // A box lets go of the popover when it is destroyed; a drawing area would not.
    gtk_widget_set_parent(popover.root.widget, frame.widget)
    popoverHost = frame
  }

  private var layoutButtons: [Widget] = []
  private var popoverHost: Widget?

  private func listen() {
    let group = ActionGroup(on: root, prefix: "map")
    group.add("move") { [weak self] in self?.moveSelected(to: CategoryID($0)) }
    lasso.on("toggled") { [weak self] _ in
      if let self { self.canvas.drawsLasso = gtk_toggle_button_get_active(self.lasso.cast()) != 0 }
    }
    canvas.onSelect = { [weak self] in self?.showSelection() }
    canvas.onOpen = { [weak self] photo, at in self?.open(photo, at) }
  }

  private func zoom(by factor: Double) {
    canvas.geometry.zoom(by: factor, at: .init(x: canvas.geometry.width / 2, y: canvas.geometry.height / 2))
  }

  private func use(_ new: PhotoMap.Layout) {
    layout = new
    follow(actions.workspace.snapshot)
  }

  // -- Operations

  func moveSelected(to category: CategoryID) {
    actions.move(canvas.selected.sorted(), to: category)
    canvas.select([])
  }

  private func open(_ photo: PhotoID, _ at: MapGeometry.Pixel) {
    popover.show(photo)
    var place = GdkRectangle(x: Int32(at.x), y: Int32(at.y), width: 1, height: 1)
    gtk_popover_set_pointing_to(popover.root.cast(), &place)
    gtk_popover_popup(popover.root.cast())
  }

  // -- Showing

  private func showSelection() {
    let count = canvas.selected.count
    selectionCount.text = LN("{count} photo chosen", "{count} photos chosen", count)
    gtk_revealer_set_reveal_child(selectionBar.pointer, count > 0 ? 1 : 0)
  }

  private func follow(_ snapshot: ProjectSnapshot) {
    showLegend(snapshot)
    showItems(snapshot)
    placeTest(snapshot)
    let photos = snapshot.categories.flatMap(\.photos).filter(\.hasFeatures).map(\.id)
    let new = Wanted(layout: layout, photos: Set(photos))
    guard new != wanted else { return }
    wanted = new
    task?.cancel()
    guard photos.count > 2 else {
      map = nil
      return showStatus(L("No map yet"), L("Add some photos first: three at least."))
    }
    if map == nil { showStatus(L("Laying out the photos…"), "") }
    task = Task { [weak self, actions] in
      do {
        let map = try await actions.workspace.map(new.layout)
        self?.show(map, for: new)
      } catch is CancellationError {
      } catch { self?.showStatus(L("There is no map"), Workspace.sentence(for: error)) }
    }
  }

  private func showStatus(_ title: String, _ sentence: String) {
    status.setStatus(title, sentence)
    gtk_stack_set_visible_child_name(stack.pointer, "status")
  }

  private func show(_ new: PhotoMap, for question: Wanted) {
    guard question == wanted else { return }
    map = new
    showItems(actions.workspace.snapshot)
    placeTest(actions.workspace.snapshot)
    gtk_stack_set_visible_child_name(stack.pointer, "map")
  }

  private func showItems(_ snapshot: ProjectSnapshot) {
    guard let map else { return canvas.show([]) }
    let places = PhotoPlaces(snapshot)
    let order = Dictionary(uniqueKeysWithValues: snapshot.categories.enumerated().map { ($1.id, $0) })
    canvas.show(
      map.places.compactMap { place in
        guard let now = places[place.photo], let index = order[now.category.id] else { return nil }
        let name = L("{photo} in {name}", ["photo": now.photo.name, "name": places.name(of: now.category.id)])
        return MapCanvas.Item(photo: place.photo, point: place.point, mark: CategoryMark(index: index), name: name)
      })
  }

  private func placeTest(_ snapshot: ProjectSnapshot) {
    placeTask?.cancel()
    guard let map, snapshot.test != nil else { return canvas.testPlace = nil }
    placeTask = Task { [weak self, actions] in
      let place = await actions.workspace.placeOfTestPhoto(on: map)
      if !Task.isCancelled { self?.canvas.testPlace = place }
    }
  }

  private func showLegend(_ snapshot: ProjectSnapshot) {
    let names = snapshot.categories.map { snapshot.name(of: $0.id) }
    let ids = snapshot.categories.map(\.id)
    guard names != legend.names || ids != targetCategories else { return }
    legend.show(names)
    targetCategories = ids
    targets.removeAll()
    for (name, id) in zip(names, ids) { targets.add(name, "map.move", target: id.rawValue) }
  }

  /// Ends what is under way.
  func stop() {
    refresh?.cancel()
    task?.cancel()
    placeTask?.cancel()
  }
}
