// One photo in a list of photos to look at: its picture, a sentence, and what can be done about it. Main thread.
// The list owns the rows and makes them again after every check; a row keeps nothing.

import CGtk
import DuetEngine

@MainActor struct PhotoRow {
  /// Pixels.
  private static let side: Int32 = 64

  let photo: PhotoID
  let name: String
  let sentence: String
  /// Where a click moves the photo, with the category's name; nil: there is no such button.
  var target: (id: CategoryID, name: String)?
  /// Whether the person can say that it is right where it is.
  var canBeConfirmed = false

  func make(_ actions: PhotoActions) -> Widget {
    let row = Widget(adw_action_row_new())
    adw_preferences_row_set_title(row.cast(), plain(name))
    adw_action_row_set_subtitle(row.cast(), plain(sentence))
    adw_action_row_set_title_lines(row.cast(), 1)
    gtk_list_box_row_set_activatable(row.cast(), 0)
    let picture = actions.thumbnail(photo, side: Self.side, name: name).margin(horizontally: 0, vertically: 6)
    adw_action_row_add_prefix(row.cast(), picture.widget)
    let photo = photo
    if let target {
      let move = Widget.button(L("Move to {name}", ["name": target.name])) { actions.move([photo], to: target.id) }
      move.accessibleName(L("Move {photo} to {name}", ["photo": name, "name": target.name]))
      add(move, to: row)
    }
    if canBeConfirmed {
      let right = Widget.button(L("This is right")) { actions.confirm([photo]) }
      right.accessibleName(L("{photo} is right where it is", ["photo": name]))
      add(right, to: row)
    }
    let go = Widget.iconButton("find-location-symbolic", name: L("Go to {photo}", ["photo": name])) {
      actions.go(photo)
    }
    add(go.style("flat"), to: row)
    return row
  }

  private func add(_ button: Widget, to row: Widget) {
    button.align(vertically: GTK_ALIGN_CENTER)
    adw_action_row_add_suffix(row.cast(), button.widget)
  }
}

/// A framed list of rows, of which the first hundred are made; the rest come with a click.
@MainActor final class RowList {
  private static let step = 100

  let root = Widget.column(spacing: 6)
  private let list = Widget(gtk_list_box_new())
  private let more: Widget
  private var waiting: ArraySlice<@MainActor () -> Widget> = []
  private(set) var rows: [Widget] = []

  init() {
    gtk_list_box_set_selection_mode(list.pointer, GTK_SELECTION_NONE)
    list.style("boxed-list")
    more = .button(L("Show more")) {}
    more.style("flat")
    root.append(list)
    root.append(more)
    more.on("clicked") { [weak self] _ in self?.showMore() }
  }

  func show(_ rows: [@MainActor () -> Widget]) {
    for old in self.rows { gtk_list_box_remove(list.pointer, old.widget) }
    self.rows = []
    waiting = rows[...]
    showMore()
    root.isVisible = !rows.isEmpty
  }

  private func showMore() {
    for make in waiting.prefix(Self.step) {
      let row = make()
      gtk_list_box_append(list.pointer, row.widget)
      rows.append(row)
    }
    waiting = waiting.dropFirst(Self.step)
    more.isVisible = !waiting.isEmpty
  }
}
