// What can be done with the selected photos of a category: the menu at the pointer, and the same actions in
// the bar that appears with a selection. Main thread. Action names: `photos.move`, `photos.remove`,
// `photos.all`, `photos.what-if`.

import CGtk
import DuetEngine

@MainActor final class PhotoMenu {
  /// Every other category as a target of `photos.move`; for the button "Move to".
  let targets = Menu()
  private let menu = Menu()
  private let popover: Widget
  /// The grid view that the menu was opened in last.
  private weak var view: Widget?
  private var names: [String] = []
  private var ids: [CategoryID] = []

  /// - Parameters:
  ///   - host: a box, which lets go of the popover when it is destroyed, above `view` in the tree.
  ///   - onMove: the person chose a category for the selected photos.
  ///   - onWhatIf: the person wants to say what would change a photo.
  init(
    host: Widget, onMove: @escaping @MainActor (CategoryID) -> Void, onRemove: @escaping @MainActor () -> Void,
    onSelectAll: @escaping @MainActor () -> Void, onWhatIf: @escaping @MainActor () -> Void = {}
  ) {
    let actions = ActionGroup(on: host, prefix: "photos")
    actions.add("move") { onMove(CategoryID($0)) }
    actions.add("remove", onRemove)
    actions.add("all", onSelectAll)
    actions.add("what-if", onWhatIf)

    let rest = Menu()
    rest.add(L("Remove"), "photos.remove")
    rest.add(L("Select all"), "photos.all")
    menu.add(L("Move to"), submenu: targets)
    let question = Menu()
    question.add(L("What if …?"), "photos.what-if")
    menu.add(section: question)
    menu.add(section: rest)
    popover = Widget(gtk_popover_menu_new_from_model(menu.model))
    gtk_widget_set_parent(popover.widget, host.widget)
    gtk_popover_set_has_arrow(popover.cast(), 0)
    popover.align(horizontally: GTK_ALIGN_START)
    // Back to the photos, so that the keyboard can go on where it was.
    popover.on("closed") { [weak self] _ in
      if let view = self?.view { gtk_widget_grab_focus(view.widget) }
    }
  }

  /// The categories that photos of `category` can go to.
  func show(_ categories: [DuetEngine.Category], except category: CategoryID) {
    let others = categories.filter { $0.id != category }
    let new = others.map(\.name)
    guard new != names || others.map(\.id) != ids else { return }  // an open menu stays as it is
    (names, ids) = (new, others.map(\.id))
    targets.removeAll()
    for other in others { targets.add(other.name, "photos.move", target: other.id.rawValue) }
  }

  /// Opens the menu at a place in `view`, in its coordinates.
  func open(atX x: Double, y: Double, in view: Widget) {
    self.view = view
    guard let host = gtk_widget_get_parent(popover.widget) else { return }
    var place = (x: 0.0, y: 0.0)
    gtk_widget_translate_coordinates(view.widget, host, x, y, &place.x, &place.y)
    var point = GdkRectangle(x: Int32(place.x), y: Int32(place.y), width: 1, height: 1)
    gtk_popover_set_pointing_to(popover.cast(), &point)
    gtk_popover_popup(popover.cast())
  }
}
