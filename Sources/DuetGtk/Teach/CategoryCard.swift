// One category: name, count, photos, and what can be done with them. Main thread. The whole card is a drop
// area. It shows what `TeachView` hands it and sends operations; what is selected is its only state.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

@MainActor final class CategoryCard {
  let root = Widget.column(spacing: 6)
  let name: CategoryName
  let grid: PhotoGrid
  /// For tests: drops and keys are emitted on these.
  private(set) var dropTarget: GObjectRef?
  private(set) var pasteKeys: GObjectRef?
  private(set) var deleteKeys: GObjectRef?
  private let id: CategoryID
  private let workspace: Workspace
  private let intake: Intake
  private let count = Widget.label(wraps: false).style("dim-label", "caption")
  let ask: Widget
  /// Why no assistant may be asked; nil: they may.
  var askingIsLocked: String? { didSet { ask.lock(askingIsLocked) } }
  private let add: Widget
  private let placeholder: Widget
  private let selectionBar = Widget(gtk_revealer_new())
  private let selectionCount = Widget.label(wraps: false)
  private let moveButton = Widget(gtk_menu_button_new())
  private let menuButton = Widget(gtk_menu_button_new())
  private var photoMenu: PhotoMenu?
  private let textures: TextureLoader
  /// Open while the person pairs a photo with a counterfactual.
  private(set) var whatIf: CounterfactualDialog?

  init(
    _ category: CategoryID, workspace: Workspace, textures: TextureLoader, showsAskButton: Bool,
    onAsk: @escaping @MainActor (CategoryID) -> Void
  ) {
    id = category
    self.workspace = workspace
    self.textures = textures
    intake = Intake(workspace: workspace)
    name = CategoryName(category, workspace: workspace)
    grid = PhotoGrid(workspace: workspace, textures: textures)
    ask = .button(icon: "user-available-symbolic", L("Ask")) { onAsk(category) }
    add = .iconButton("list-add-symbolic", name: L("Add photos")) {}
    placeholder = .button(L("Drop photos here, or choose some")) {}
    ask.isVisible = showsAskButton
    build()
    listen()
  }

  // -- Building

  private func build() {
    ask.style("flat")
    add.style("flat")
    menuButton.style("flat")
    gtk_menu_button_set_icon_name(menuButton.pointer, "view-more-symbolic")
    gtk_widget_set_valign(count.widget, GTK_ALIGN_CENTER)
    let header = Widget.row(spacing: 6, name.root, count, ask, add, menuButton)
    placeholder.style("flat", "drop-hint", "dim-label").size(height: 84)

    let remove = Widget.button(L("Remove")) { [weak self] in self?.removeSelected() }
    remove.style("flat")
    gtk_menu_button_set_label(moveButton.pointer, L("Move to"))
    moveButton.style("flat")
    selectionCount.style("caption-heading").expand(horizontally: true)
    let whatIf = Widget.button(L("What if …?")) { [weak self] in self?.askWhatIf() }
    whatIf.style("flat").tooltip(L("Say what would change this photo, or what does not matter in it"))
    let bar = Widget.row(spacing: 6, selectionCount, whatIf, moveButton, remove).style("selection-bar")
    gtk_revealer_set_child(selectionBar.pointer, bar.widget)

    for part in [header, placeholder, grid.root, selectionBar] { root.append(part) }
    root.style("card", "category-card")
  }

  private func listen() {
    add.on("clicked") { [weak self] _ in self?.choosePhotos() }
    placeholder.on("clicked") { [weak self] _ in self?.choosePhotos() }
    let target = root.acceptPhotos { [weak self] in self?.take($0) }
    // Before the name entry, which would take the files' names as text.
    gtk_event_controller_set_propagation_phase(target.pointer, GTK_PHASE_CAPTURE)
    dropTarget = target
    pasteKeys = root.acceptPastedPhotos { [weak self] in self?.take($0) }
    grid.list.selection.on("selection-changed") { [weak self] _ in self?.showSelection() }
    grid.onMenu = { [weak self] x, y in
      if let self { self.photoMenu?.open(atX: x, y: y, in: self.grid.view) }
    }
    deleteKeys = grid.view.onKey { [weak self] key, _ in self?.takeKey(key) ?? false }

    let menu = PhotoMenu(
      host: root, onMove: { [weak self] in self?.moveSelected(to: $0) },
      onRemove: { [weak self] in self?.removeSelected() }, onSelectAll: { [weak self] in self?.grid.list.selectAll() },
      onWhatIf: { [weak self] in self?.askWhatIf() })
    gtk_menu_button_set_menu_model(moveButton.pointer, menu.targets.model)
    photoMenu = menu
    addCategoryMenu()
  }

  private func addCategoryMenu() {
    let actions = ActionGroup(on: root, prefix: "category")
    actions.add("choose") { [weak self] in self?.choosePhotos() }
    actions.add("folder") { [weak self] in self?.chooseFolder() }
    actions.add("paste") { [weak self] in self?.paste() }
    actions.add("remove") { [weak self] in self?.remove() }
    let menu = Menu(), end = Menu()
    menu.add(L("Add photos…"), "category.choose")
    menu.add(L("Add a folder of photos…"), "category.folder")
    menu.add(L("Paste"), "category.paste")
    end.add(L("Remove the category"), "category.remove")
    menu.add(section: end)
    gtk_menu_button_set_menu_model(menuButton.pointer, menu.model)
  }

  // -- Showing

  /// - Parameter number: the position of the category, from 1.
  func show(_ category: DuetEngine.Category, number: Int, among categories: [DuetEngine.Category]) {
    name.show(category.name, number: number)
    count.text = LN("{count} photo", "{count} photos", category.photos.count)
    grid.show(category.photos)
    grid.markCounterfactuals(Set(workspace.snapshot.counterfactuals.map(\.photo)))
    grid.root.isVisible = !category.photos.isEmpty
    placeholder.isVisible = category.photos.isEmpty
    photoMenu?.show(categories, except: id)
    moveButton.isVisible = categories.count > 1

    let values = ["name": category.name]
    grid.view.accessibleName(L("Photos of {name}", values))
    ask.accessibleName(L("Ask the assistant about {name}", values))
    ask.tooltip(askingIsLocked ?? L("Ask the assistant about {name}", values))
    add.accessibleName(L("Add photos to {name}", values))
    placeholder.accessibleName(L("Choose photos for {name}", values))
    menuButton.accessibleName(L("More for {name}", values))
    showSelection()
  }

  private func showSelection() {
    let selected = grid.list.selected.count
    selectionCount.text = LN("{count} photo selected", "{count} photos selected", selected)
    gtk_revealer_set_reveal_child(selectionBar.pointer, selected > 0 ? 1 : 0)
  }

  // -- Operations

  private func take(_ offer: PhotoOffer) { intake.take(offer, into: id) }

  private func takeKey(_ key: UInt32) -> Bool {
    guard [UInt32(GDK_KEY_Delete), UInt32(GDK_KEY_KP_Delete)].contains(key), !grid.list.selected.isEmpty else {
      return false
    }
    removeSelected()
    return true
  }

  func removeSelected() {
    let selected = grid.list.selected
    if !selected.isEmpty { workspace.do(.removePhotos(selected)) }
  }

  /// About the first of the selected photos.
  func askWhatIf() {
    guard whatIf == nil, let photo = grid.list.selected.first else { return }
    let window = gtk_widget_get_root(root.widget).map { Widget(WidgetPointer($0)) }
    let dialog = CounterfactualDialog(photo, workspace: workspace, textures: textures, over: window)
    dialog.onClosed = { [weak self] in self?.whatIf = nil }
    whatIf = dialog
    dialog.show()
  }

  func moveSelected(to category: CategoryID) { intake.move(grid.list.selected, to: category) }

  func remove() { workspace.do(.removeCategory(id)) }

  private func paste() {
    if !readClipboard(of: root.widget, { [weak self] in self?.take($0) }) {
      workspace.tell(L("There is no photo to paste. Copy one first."))
    }
  }

  private func choosePhotos() {
    Task { [weak self, root] in
      let urls = await FileChooser.choose(L("Choose photos"), multiple: true, filters: [.photos], over: root)
      if !urls.isEmpty { self?.take(.files(urls)) }
    }
  }

  private func chooseFolder() {
    Task { [weak self, root] in
      let urls = await FileChooser.choose(
        L("Choose folders of photos"), action: GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, multiple: true, over: root)
      if !urls.isEmpty { self?.take(.files(urls)) }
    }
  }
}
