// The training photos that the test photo looks most like: the reason for the answer, as pictures.
// Each is a button that leads to it, moves it or removes it. Main thread.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class Neighbours {
  /// Side of a thumbnail, in pixels.
  private static let side: Int32 = 64

  let root = Widget.column(spacing: 6)
  private let pictures = Widget.column(spacing: 6)
  private let actions: PhotoActions
  private(set) var buttons: [(button: Widget, popover: PhotoPopover)] = []
  private var shown: [Shown] = []

  /// How many photos are shown.
  var count: Int { shown.count }

  private struct Shown: Equatable {
    let photo: PhotoID
    let text: String
  }

  init(_ actions: PhotoActions) {
    self.actions = actions
    let title = Widget.label(L("Because it looks like these"))
    title.style("caption", "dim-label")
    gtk_label_set_max_width_chars(title.pointer, 10)
    root.append(title)
    root.append(pictures)
    root.expand(horizontally: false)
  }

  func show(_ snapshot: ProjectSnapshot) {
    let new = (snapshot.test?.prediction?.nearest ?? []).compactMap { neighbour -> Shown? in
      guard let category = snapshot.category(neighbour.category),
        let photo = category.photos.first(where: { $0.id == neighbour.photo })
      else { return nil }  // removed since
      return Shown(photo: photo.id, text: L("{photo} in {name}", ["photo": photo.name, "name": category.name]))
    }
    root.isVisible = !new.isEmpty
    guard new != shown else { return }
    shown = new
    while let old = gtk_widget_get_first_child(pictures.widget) { gtk_box_remove(pictures.cast(), old) }
    buttons = new.map(makeButton)
    for (button, _) in buttons { pictures.append(button) }
  }

  private func makeButton(_ neighbour: Shown) -> (button: Widget, popover: PhotoPopover) {
    let popover = PhotoPopover(actions)
    let button = Widget(gtk_menu_button_new())
    let picture = actions.thumbnail(neighbour.photo, side: Self.side, name: neighbour.text)
    gtk_menu_button_set_child(button.pointer, picture.widget)
    gtk_menu_button_set_popover(button.pointer, popover.root.widget)
    gtk_menu_button_set_has_frame(button.pointer, 0)
    gtk_menu_button_set_direction(button.pointer, GTK_ARROW_LEFT)
    // The popover is filled when it opens: by then the photo may have been renamed or moved.
    popover.root.on("map") { [weak popover] _ in popover?.show(neighbour.photo) }
    popover.show(neighbour.photo)
    button.style("neighbour").accessibleName(neighbour.text).tooltip(neighbour.text)
    button.align(horizontally: GTK_ALIGN_START)
    return (button, popover)
  }
}
