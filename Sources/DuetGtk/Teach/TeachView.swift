// The left of the window: categories with their photos, and the bar with the Train button. Main thread.
// It reads the workspace and sends operations; the only state of its own is what is selected.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class TeachView {
  let root: Widget
  /// One a category, in the user's order.
  private(set) var cards: [(id: CategoryID, card: CategoryCard)] = []
  let trainBar: TrainBar
  let copiesBanner: CopiesBanner
  /// Drops between the categories; for tests.
  private(set) var dropTarget: GObjectRef?

  private let workspace: Workspace
  private let textures: TextureLoader
  private let showsAskButtons: Bool
  /// Why no assistant may be asked; nil: they may.
  var askingIsLocked: String? { didSet { for (_, card) in cards { card.askingIsLocked = askingIsLocked } } }
  private let onAsk: @MainActor (CategoryID) -> Void
  private let intake: Intake
  private let importBar: ImportBar
  private let empty: EmptyProject
  private let pages = Widget(gtk_stack_new())
  private let list = Widget.column(spacing: 12)
  private let scroller: Widget
  private let addButton: Widget
  private var editsNextNewCategory = false
  /// A category was just added below; it has a place only once the list was laid out again.
  private var awaitsPlaceOfNewest = false
  private var refresh: Observe?
  private var marks: Observe?
  private var markEnd: HighlightEnd?

  /// - Parameters:
  ///   - textures: shared with other views of the same workspace, or nil for its own.
  ///   - showsAskButtons: false in the baseline system.
  ///   - onAsk: the person wants to hear the assistant's opinion of a category. Capture owners weakly.
  init(
    workspace: Workspace, textures: TextureLoader? = nil, showsAskButtons: Bool,
    onAsk: @escaping @MainActor (CategoryID) -> Void
  ) {
    self.workspace = workspace
    self.textures = textures ?? TextureLoader(workspace: workspace)
    self.showsAskButtons = showsAskButtons
    self.onAsk = onAsk
    intake = Intake(workspace: workspace)
    trainBar = TrainBar(workspace: workspace)
    importBar = ImportBar(workspace: workspace)
    copiesBanner = CopiesBanner(workspace: workspace)
    let later = Later()
    empty = EmptyProject(workspace: workspace) { later.view?.addCategory() }
    addButton = .button(icon: "list-add-symbolic", L("Add category")) {}
    scroller = .scroller(list)
    let line = Widget(gtk_separator_new(GTK_ORIENTATION_HORIZONTAL))
    root = .column(spacing: 0, copiesBanner.root, pages, importBar.root, line, trainBar.root)
    later.view = self
    build()
    refresh = Observe { [weak self] in
      if let self { self.show(self.workspace.snapshot) }
    }
    marks = Observe { [weak self] in
      if let self { self.mark(self.workspace.highlight) }
    }
    markEnd = HighlightEnd(workspace: workspace, clicksIn: root)
  }

  private func build() {
    list.margin(18)
    addButton.style("flat", "add-category").size(height: 48)
    addButton.on("clicked") { [weak self] _ in self?.addCategory() }
    list.append(addButton)
    pages.expand(horizontally: true, vertically: true).style("teach-pages")
    gtk_stack_add_named(pages.pointer, empty.root.widget, "empty")
    gtk_stack_add_named(pages.pointer, scroller.widget, "categories")
    let adjustment = GObjectRef(retaining: OpaquePointer(gtk_scrolled_window_get_vadjustment(scroller.pointer)))
    adjustment.on("changed") { [weak self] _ in self?.scrollToNewest() }
    dropTarget = pages.acceptPhotos { [weak self] in self?.intake.take($0) }
    pages.acceptPastedPhotos { [weak self] in self?.intake.take($0) }
  }

  /// The eleventh is refused by the workspace, with a sentence.
  func addCategory() {
    editsNextNewCategory = workspace.snapshot.categories.count < Category.limit
    intake.addCategory()
  }

  private func show(_ snapshot: ProjectSnapshot) {
    let new = arrange(snapshot.categories.map(\.id))
    for (index, category) in snapshot.categories.enumerated() {
      cards[index].card.show(category, number: index + 1, among: snapshot.categories)
    }
    showPage(isEmpty: snapshot.categories.isEmpty)
    awaitsPlaceOfNewest = false
    if editsNextNewCategory, let card = new.last {
      editsNextNewCategory = false
      awaitsPlaceOfNewest = true
      card.name.edit()
    }
  }

  private func scrollToNewest() {
    guard awaitsPlaceOfNewest else { return }
    awaitsPlaceOfNewest = false
    // In the middle of a layout GTK would move the scroll bar and leave the content where it is.
    Task { [scroller] in
      guard let adjustment = gtk_scrolled_window_get_vadjustment(scroller.pointer) else { return }
      let end = gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment)
      gtk_adjustment_set_value(adjustment, end)
    }
  }

  /// Selects a photo among the others of its category and scrolls to it.
  func reveal(_ photo: PhotoID) {
    guard let category = workspace.snapshot.categories.first(where: { $0.photos.contains { $0.id == photo } }),
      let card = cards.first(where: { $0.id == category.id })?.card
    else { return }
    for other in cards where other.id != category.id { other.card.grid.list.unselectAll() }
    card.grid.reveal(photo)
    scroll(to: card)
  }

  /// Marks what an assistant speaks of, and scrolls to the first of it.
  private func mark(_ highlight: Highlight?) {
    var photos: Set<PhotoID> = []
    var category: CategoryID?
    switch highlight {
    case .photos(let ids): photos = Set(ids)
    case .category(let id): category = id
    case .bar, .test, nil: break
    }
    var first: CategoryCard?
    for (id, card) in cards {
      card.root.toggleStyle("marked", id == category)
      if card.grid.mark(photos) || id == category { first = first ?? card }
    }
    if let first { scroll(to: first) }
  }

  private func scroll(to card: CategoryCard) {
    var place = (x: 0.0, y: 0.0)
    gtk_widget_translate_coordinates(card.root.widget, list.widget, 0, 0, &place.x, &place.y)
    gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(scroller.pointer), place.y)
  }

  /// The other page is hidden too, so that screen readers find one button "Add category", not two.
  private func showPage(isEmpty: Bool) {
    let (page, other) = isEmpty ? (empty.root, scroller) : (scroller, empty.root)
    page.isVisible = true
    gtk_stack_set_visible_child(pages.pointer, page.widget)
    other.isVisible = false
  }

  /// Makes one card a category, in this order. Returns the cards that are new.
  private func arrange(_ ids: [CategoryID]) -> [CategoryCard] {
    let old = Dictionary(uniqueKeysWithValues: cards.map { ($0.id, $0.card) })
    for (id, card) in cards where !ids.contains(id) { list.remove(card.root) }
    var new: [CategoryCard] = []
    var previous: Widget?
    cards = ids.map { id in
      let card = old[id] ?? makeCard(id)
      if old[id] == nil {
        gtk_box_insert_child_after(list.cast(), card.root.widget, previous?.widget)
        new.append(card)
      } else {
        gtk_box_reorder_child_after(list.cast(), card.root.widget, previous?.widget)
      }
      previous = card.root
      return (id, card)
    }
    return new
  }

  private func makeCard(_ id: CategoryID) -> CategoryCard {
    let card = CategoryCard(
      id, workspace: workspace, textures: textures, showsAskButton: showsAskButtons, onAsk: onAsk)
    card.askingIsLocked = askingIsLocked
    return card
  }
}

/// Lets a part of the view call the view, which does not exist yet while its parts are made.
@MainActor private final class Later {
  weak var view: TeachView?
}
