// One request of the ledger: what it was for, where it went, and, opened, the photos that went along. Main thread.
// Pictures are decoded elsewhere, and only once somebody opens the row.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

@MainActor enum LedgerRow {
  /// Of a picture, in pixels.
  private static let side: Int32 = 64
  /// More pictures than these would take long to make; the number is there in any case.
  private static let mostPictures = 200

  static func make(_ entry: LedgerEntry) -> Widget {
    let hasPhotos = entry.photoCount > 0
    let row = Widget(hasPhotos ? adw_expander_row_new() : adw_action_row_new())
    let title = LedgerText.purpose(entry.purpose), detail = LedgerText.detail(entry)
    adw_preferences_row_set_title(row.cast(), plain(title))
    let icon = Widget(
      gtk_image_new_from_icon_name(entry.isThisComputer ? "computer-symbolic" : "network-transmit-symbolic"))
    let place = Widget.label(LedgerText.place(entry), wraps: false).style("caption", "place-badge")
    if !entry.isThisComputer { place.style("internet") }
    gtk_label_set_ellipsize(place.pointer, PANGO_ELLIPSIZE_MIDDLE)
    place.align(vertically: GTK_ALIGN_CENTER).tooltip(entry.host)
    if hasPhotos {
      adw_expander_row_set_subtitle(row.cast(), plain(detail))
      adw_expander_row_add_prefix(row.cast(), icon.widget)
      adw_expander_row_add_action(row.cast(), place.widget)
      let line = pictures(of: entry, in: row)
      adw_expander_row_add_row(row.cast(), line.widget)
    } else {
      adw_action_row_set_subtitle(row.cast(), plain(detail))
      adw_action_row_add_prefix(row.cast(), icon.widget)
      adw_action_row_add_suffix(row.cast(), place.widget)
      gtk_list_box_row_set_activatable(row.cast(), 0)
    }
    row.accessibleName(L("{purpose}, {place}, {detail}", [
      "purpose": title, "place": LedgerText.place(entry), "detail": detail,
    ]))
    return row
  }

  private static func pictures(of entry: LedgerEntry, in row: Widget) -> Widget {
    let flow = Widget(gtk_flow_box_new()).margin(12)
    gtk_flow_box_set_selection_mode(flow.pointer, GTK_SELECTION_NONE)
    gtk_flow_box_set_max_children_per_line(flow.pointer, 12)
    gtk_flow_box_set_row_spacing(flow.pointer, 6)
    gtk_flow_box_set_column_spacing(flow.pointer, 6)
    flow.accessibleName(L("Photos that were sent"))
    let filler = Filler(entry)
    row.on("notify::expanded") { _ in filler.fill(flow) }  // the row holds what lies inside it: no circle
    let line = Widget(gtk_list_box_row_new())
    gtk_list_box_row_set_child(line.cast(), flow.widget)
    gtk_list_box_row_set_activatable(line.cast(), 0)
    return line
  }

  /// Makes the pictures of one request, once.
  @MainActor private final class Filler {
    private var entry: LedgerEntry?

    init(_ entry: LedgerEntry) { self.entry = entry }

    func fill(_ flow: Widget) {
      guard let entry else { return }
      self.entry = nil
      let shown = entry.photos.prefix(LedgerRow.mostPictures)
      for photo in shown { append(photo, to: flow) }
      let further = entry.photoCount - shown.count
      if further > 0 {
        let words = Widget.label(LN("and {count} more", "and {count} more", further), wraps: false)
        gtk_flow_box_append(flow.pointer, words.style("dim-label").widget)
      }
    }

    private func append(_ photo: LedgerEntry.Photo, to flow: Widget) {
      let picture = Widget(gtk_image_new())
      gtk_image_set_pixel_size(picture.pointer, LedgerRow.side)
      gtk_widget_set_overflow(picture.widget, GTK_OVERFLOW_HIDDEN)
      let name = photo.name ?? L("Attached picture")
      picture.style("photo-cell").align(horizontally: GTK_ALIGN_CENTER, vertically: GTK_ALIGN_CENTER)
      picture.accessibleName(name).tooltip(name)
      gtk_flow_box_append(flow.pointer, picture.widget)
      guard let bytes = photo.thumbnail else { return }
      Task {
        let texture = await Task.detached(priority: .userInitiated) { Texture.decode(bytes) }.value
        if let texture { gtk_image_set_from_paintable(picture.pointer, texture.pointer) }
      }
    }
  }
}
