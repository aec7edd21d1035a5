// The photos of one category, in a scroller of its own: only what is visible has widgets, so a category of
// 1,500 photos costs what one of 20 does. Main thread. Arrow keys, Space, Ctrl and Shift select, as everywhere.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class PhotoGrid {
  /// A square with the room around it that data/style.css gives it, in pixels.
  private static let pitch = Int(PhotoCell.side) + 6
  /// Half a row tells that there is more below.
  private static let maximumHeight = pitch * 5 / 2

  private static let minimumColumns = 2

  let root: Widget
  /// The GtkGridView.
  let view: Widget
  let list = PhotoList()
  /// The person wants the menu for the selected photos, at this place in the grid view.
  var onMenu: (@MainActor (_ x: Double, _ y: Double) -> Void)?
  private let textures: TextureLoader
  private weak var workspace: Workspace?
  /// What an assistant speaks of.
  private(set) var marked: Set<PhotoID> = []
  private var cells: [OpaquePointer: PhotoCell] = [:]
  /// Photos with a “what if?”.
  private var changed: Set<PhotoID> = []

  init(workspace: Workspace, textures: TextureLoader) {
    self.workspace = workspace
    self.textures = textures
    let factory = GObjectRef(adopting: gtk_signal_list_item_factory_new())
    g_object_ref(factory.raw)  // the view takes over one reference of each
    g_object_ref(list.selection.raw)
    view = Widget(gtk_grid_view_new(list.selection.pointer, factory.pointer))
    gtk_grid_view_set_min_columns(view.pointer, guint(Self.minimumColumns))
    gtk_grid_view_set_max_columns(view.pointer, 30)
    view.style("photo-grid")
    root = .scroller(view)
    fillCells(of: factory)
    addMenuGestures()
    followWidth()
    root.handWheelOnAtEnds()
  }

  func show(_ photos: [Photo]) {
    list.show(photos)
    fitHeight()
  }

  /// Shows on photos that something was said about them.
  func markCounterfactuals(_ photos: Set<PhotoID>) {
    changed = photos
    for cell in cells.values { cell.markCounterfactual(photos) }
  }

  /// Selects one photo, scrolls to it and takes the keyboard there.
  func reveal(_ photo: PhotoID) {
    guard let position = list.photos.firstIndex(where: { $0.id == photo }) else { return }
    list.select(photo)
    gtk_widget_grab_focus(view.widget)
    scroll(to: position)
  }

  private func scroll(to position: Int) {
    gtk_widget_activate_action_variant(view.widget, "list.scroll-to-item", g_variant_new_uint32(guint32(position)))
  }

  /// Puts a ring around these photos and around no others, and scrolls to the first; the focus stays where it is.
  /// Returns whether one of them is here.
  @discardableResult
  func mark(_ photos: Set<PhotoID>) -> Bool {
    if photos != marked {
      marked = photos
      for cell in cells.values { cell.mark(cell.photo.map(photos.contains) ?? false) }
    }
    guard let position = list.photos.firstIndex(where: { photos.contains($0.id) }) else { return false }
    scroll(to: position)
    return true
  }

  /// Photos on the screen with a ring.
  var markedOnScreen: [PhotoID] { cells.values.filter(\.isMarked).compactMap(\.photo) }

  // -- Height: a grid view cannot say how high it would like to be, so it follows from width and count.

  private func followWidth() {
    guard let across = gtk_scrolled_window_get_hadjustment(root.pointer) else { return }
    connectSignal(of: UnsafeMutableRawPointer(across), "notify::page-size") { [weak self] _ in
      // This is the middle of a layout pass; a new height has to wait for its end.
      Task { @MainActor [weak self] in self?.fitHeight() }
    }
  }

  private func fitHeight() {
    guard let across = gtk_scrolled_window_get_hadjustment(root.pointer) else { return }
    let columns = max(Self.minimumColumns, Int(gtk_adjustment_get_page_size(across)) / Self.pitch)
    let rows = (list.photos.count + columns - 1) / columns
    let height = Int32(min(rows * Self.pitch, Self.maximumHeight))
    if gtk_scrolled_window_get_min_content_height(root.pointer) != height {
      gtk_scrolled_window_set_min_content_height(root.pointer, height)
    }
  }

  // -- Cells

  private func fillCells(of factory: GObjectRef) {
    factory.on("setup") { [weak self] arguments in
      guard let self, let item = arguments.object(1) else { return }
      let cell = PhotoCell(textures: self.textures)
      self.cells[item] = cell
      self.makeDraggable(cell)
      gtk_list_item_set_child(item, cell.root.widget)
    }
    factory.on("bind") { [weak self] arguments in
      guard let item = arguments.object(1), let photo = PhotoList.photo(ofItem: gtk_list_item_get_item(item)) else {
        return
      }
      guard let self, let cell = self.cells[item] else { return }
      cell.show(photo)
      cell.mark(self.marked.contains(photo.id))
      cell.markCounterfactual(self.changed)
    }
    factory.on("unbind") { [weak self] arguments in
      if let item = arguments.object(1) { self?.cells[item]?.clear() }
    }
    factory.on("teardown") { [weak self] arguments in
      guard let item = arguments.object(1) else { return }
      gtk_list_item_set_child(item, nil)
      self?.cells[item] = nil
    }
  }

  /// Dragging a selected photo takes the whole selection along, any other photo goes alone.
  private func makeDraggable(_ cell: PhotoCell) {
    cell.root.offerDrag(
      GDK_ACTION_MOVE, icon: { [weak self, weak cell] in cell?.photo.flatMap { self?.textures.readyThumbnail($0) } }
    ) { [weak self, weak cell] in
      guard let self, let workspace = self.workspace, let photo = cell?.photo else { return nil }
      return PhotoDrag(self.dragged(from: photo), of: workspace).contentProvider()
    }
  }

  /// The photos that a drag which begins on `photo` carries.
  func dragged(from photo: PhotoID) -> [PhotoID] {
    if !list.isSelected(photo) { list.select(photo) }
    return list.selected
  }

  private func addMenuGestures() {
    let click = GObjectRef(adopting: gtk_gesture_click_new())
    gtk_gesture_single_set_button(click.pointer, guint(GDK_BUTTON_SECONDARY))
    click.on("pressed") { [weak self] arguments in
      guard let self else { return }
      let (x, y) = (arguments.double(2), arguments.double(3))
      guard let photo = self.photo(atX: x, y: y) else { return }
      if !self.list.isSelected(photo) { self.list.select(photo) }
      self.onMenu?(x, y)
    }
    view.addController(click)
    view.onKey { [weak self] key, modifiers in
      let isMenuKey = key == UInt32(GDK_KEY_Menu)
        || (key == UInt32(GDK_KEY_F10) && modifiers & GDK_SHIFT_MASK.rawValue != 0)
      guard let self, isMenuKey, !self.list.selected.isEmpty else { return false }
      self.onMenu?(Double(PhotoCell.side) / 2, Double(PhotoCell.side) / 2)
      return true
    }
  }

  private func photo(atX x: Double, y: Double) -> PhotoID? {
    guard let picked = gtk_widget_pick(view.widget, x, y, GTK_PICK_DEFAULT) else { return nil }
    // Either the picture itself, or the list item's frame around it.
    return cells.values.first {
      $0.root.widget == picked || gtk_widget_get_parent($0.root.widget) == picked
    }?.photo
  }
}
