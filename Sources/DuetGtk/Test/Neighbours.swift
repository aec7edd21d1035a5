// The training photos that the test photo looks most like: the reason for the answer, as pictures.
// Main thread.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class Neighbours {
  /// Side of a thumbnail, in pixels.
  private static let side: Int32 = 64

  let root = Widget.column(spacing: 6)
  private let pictures = Widget.column(spacing: 6)
  private let textures: TextureLoader
  private var shown: [Shown] = []

  /// How many photos are shown.
  var count: Int { shown.count }

  private struct Shown: Equatable {
    let photo: PhotoID
    let text: String
  }

  init(textures: TextureLoader) {
    self.textures = textures
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
    for neighbour in new { pictures.append(makePicture(neighbour)) }
  }

  private func makePicture(_ neighbour: Shown) -> Widget {
    let picture = Widget(gtk_image_new())
    gtk_image_set_pixel_size(picture.pointer, Self.side)
    gtk_widget_set_overflow(picture.widget, GTK_OVERFLOW_HIDDEN)
    picture.style("photo-cell").align(horizontally: GTK_ALIGN_START)
    picture.accessibleName(neighbour.text).tooltip(neighbour.text)
    Task { [textures] in
      if let texture = await textures.thumbnail(neighbour.photo) {
        gtk_image_set_from_paintable(picture.pointer, texture.pointer)
      }
    }
    return picture
  }
}
