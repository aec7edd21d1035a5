// The photos of one category as a GTK list model with a multi-selection. Main thread.
// Each item is a box around a PhotoItem; the model owns the boxes.

import CGtk
import CGtkShim
import DuetEngine

/// A photo inside a list model.
private final class PhotoItem: Sendable {
  let photo: Photo
  init(_ photo: Photo) { self.photo = photo }
}

@MainActor final class PhotoList {
  /// A GtkMultiSelection around the photos, for a grid view.
  let selection: GObjectRef
  private let store: GObjectRef
  private(set) var photos: [Photo] = []

  init() {
    store = GObjectRef(adopting: g_list_store_new(cgtk_box_get_type()))
    g_object_ref(store.raw)  // the selection takes over a reference
    selection = GObjectRef(adopting: gtk_multi_selection_new(store.pointer))
  }

  /// Makes the list show `photos`; photos that stay keep their place in the selection.
  func show(_ photos: [Photo]) {
    guard photos.map(\.id) != self.photos.map(\.id) else {
      self.photos = photos
      return
    }
    let old = self.photos
    self.photos = photos
    let start = zip(old, photos).prefix { $0.id == $1.id }.count
    let shorter = min(old.count, photos.count) - start
    let end = zip(old.reversed(), photos.reversed()).prefix(shorter).prefix { $0.id == $1.id }.count
    if old.count - end == start || photos.count - end == start {
      replace(start..<(old.count - end), by: photos[start..<(photos.count - end)])
    } else {
      for change in photos.map(\.id).difference(from: old.map(\.id)) {
        switch change {
        case .remove(let offset, _, _): replace(offset..<(offset + 1), by: [])
        case .insert(let offset, _, _): replace(offset..<offset, by: photos[offset...offset])
        }
      }
    }
  }

  private func replace(_ range: Range<Int>, by photos: ArraySlice<Photo>) {
    var boxes: [gpointer?] = photos.map { photo in
      gpointer(cgtk_box_new(Unmanaged.passRetained(PhotoItem(photo)).toOpaque()) { payload in
        if let payload { Unmanaged<PhotoItem>.fromOpaque(payload).release() }
      })
    }
    g_list_store_splice(store.pointer, guint(range.lowerBound), guint(range.count), &boxes, guint(boxes.count))
    for box in boxes { g_object_unref(box) }
  }

  /// The photo behind an item of the model. Borrowed.
  static func photo(ofItem item: UnsafeMutableRawPointer?) -> Photo? {
    cgtk_box_payload(item).map { Unmanaged<PhotoItem>.fromOpaque($0).takeUnretainedValue().photo }
  }

  /// What the grid really shows: the photos of the GTK model, in its order.
  var shown: [PhotoID] {
    (0..<g_list_model_get_n_items(store.pointer)).compactMap { index in
      let item = g_list_model_get_item(store.pointer, index)
      defer { g_object_unref(item) }
      return Self.photo(ofItem: item)?.id
    }
  }

  // -- Selection

  var selected: [PhotoID] {
    guard let set = gtk_selection_model_get_selection(selection.pointer) else { return [] }
    defer { gtk_bitset_unref(set) }
    return (0..<guint(gtk_bitset_get_size(set))).compactMap { index in
      let position = Int(gtk_bitset_get_nth(set, index))
      return photos.indices.contains(position) ? photos[position].id : nil
    }
  }

  func isSelected(_ photo: PhotoID) -> Bool {
    position(of: photo).map { gtk_selection_model_is_selected(selection.pointer, $0) != 0 } ?? false
  }

  /// - Parameter extend: whether the photos selected before stay selected.
  func select(_ photo: PhotoID, extend: Bool = false) {
    if let position = position(of: photo) {
      gtk_selection_model_select_item(selection.pointer, position, extend ? 0 : 1)
    }
  }

  func selectAll() { gtk_selection_model_select_all(selection.pointer) }
  func unselectAll() { gtk_selection_model_unselect_all(selection.pointer) }

  private func position(of photo: PhotoID) -> guint? {
    photos.firstIndex { $0.id == photo }.map { guint($0) }
  }
}
