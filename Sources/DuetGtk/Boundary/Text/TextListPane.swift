// The reviews of a set, in a list that makes widgets for what is visible only. Main thread. It shows the session and
// tells it which review was chosen.

import CGtk
import DuetEngine

@MainActor final class TextListPane {
  enum Filter: Int, CaseIterable {
    case all, edited, wrong, heldOut

    var title: String {
      switch self {
      case .all: L("All reviews")
      case .edited: L("With an edit")
      case .wrong: L("Wrong answers")
      case .heldOut: L("Held out")
      }
    }
  }

  let root: Widget
  /// The GtkListView.
  let view: Widget
  let filter: Widget
  let count = Widget.label(wraps: false).style("caption", "dim-label")
  /// What the list shows, in its order.
  private(set) var shown: [TextReview] = []
  private let session: TextSession
  private let names: GObjectRef
  private let selection: GObjectRef
  private var rows: [OpaquePointer: TextRow] = [:]
  private var isShowing = false
  private var refresh: Observe?

  init(session: TextSession) {
    self.session = session
    names = GObjectRef(adopting: gtk_string_list_new(nil))
    g_object_ref(names.raw)  // the selection takes over one reference, as the view does below
    selection = GObjectRef(adopting: gtk_single_selection_new(names.pointer))
    gtk_single_selection_set_autoselect(selection.pointer, 0)
    let factory = GObjectRef(adopting: gtk_signal_list_item_factory_new())
    g_object_ref(factory.raw)
    g_object_ref(selection.raw)
    view = Widget(gtk_list_view_new(selection.pointer, factory.pointer)).accessibleName(L("Reviews"))
    view.style("text-list", "navigation-sidebar")
    filter = withCStrings(Filter.allCases.map(\.title)) { Widget(gtk_drop_down_new_from_strings($0)) }
    filter.accessibleName(L("Which reviews")).expand(horizontally: true)
    let head = Widget.row(spacing: 9, filter, count).margin(horizontally: 9, vertically: 6)
    root = .column(spacing: 0, head, .scroller(view).expand(vertically: true))
    fillRows(of: factory)
    filter.on("notify::selected") { [weak self] _ in self?.show() }
    connectSignal(of: selection.raw, "notify::selected") { [weak self] _ in self?.choose() }
    refresh = Observe { [weak self] in self?.show() }
  }

  var chosenFilter: Filter { Filter(rawValue: Int(gtk_drop_down_get_selected(filter.pointer))) ?? .all }

  private func fillRows(of factory: GObjectRef) {
    factory.on("setup") { [weak self] arguments in
      guard let self, let item = arguments.object(1) else { return }
      let row = TextRow()
      self.rows[item] = row
      gtk_list_item_set_child(item, row.root.widget)
    }
    factory.on("bind") { [weak self] arguments in
      guard let self, let item = arguments.object(1) else { return }
      let position = Int(gtk_list_item_get_position(item))
      if self.shown.indices.contains(position) { self.rows[item]?.show(self.shown[position], self.session) }
    }
    factory.on("teardown") { [weak self] arguments in
      guard let item = arguments.object(1) else { return }
      gtk_list_item_set_child(item, nil)
      self?.rows[item] = nil
    }
  }

  private func show() {
    let (work, answers) = (session.work, session.answers)
    let filter = chosenFilter
    let new = session.shown.filter { review in
      switch filter {
      case .all: true
      case .edited: work.edits[review.id] != nil || work.drafts[review.id] != nil
      case .wrong: answers[review.id].map { $0.label != review.label } ?? false
      case .heldOut: review.isHeldOut
      }
    }
    isShowing = true
    if new.map(\.id) != shown.map(\.id) { replace(by: new) }
    shown = new
    count.text = LN("{count} review", "{count} reviews", new.count)
    let position = new.firstIndex { $0.id == work.selected }
    let wanted = position.map { guint($0) } ?? guint.max  // GTK_INVALID_LIST_POSITION
    if gtk_single_selection_get_selected(selection.pointer) != wanted {
      gtk_single_selection_set_selected(selection.pointer, wanted)
    }
    isShowing = false
    let byID = Dictionary(uniqueKeysWithValues: new.map { ($0.id, $0) })
    for row in rows.values {
      if let review = row.review.flatMap({ byID[$0] }) { row.show(review, session) }
    }
  }

  private func replace(by new: [TextReview]) {
    let old = g_list_model_get_n_items(names.pointer)
    shown = new
    withCStrings(new.map { String($0.id) }) { gtk_string_list_splice(names.pointer, 0, old, $0) }
  }

  private func choose() {
    let position = Int(gtk_single_selection_get_selected(selection.pointer))
    guard !isShowing, shown.indices.contains(position) else { return }
    session.select(shown[position].id)
  }

  /// As the person would, for tests.
  func select(_ position: Int) { gtk_single_selection_set_selected(selection.pointer, guint(position)) }
}
