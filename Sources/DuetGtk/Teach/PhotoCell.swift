// One photo in a grid: a rounded tile that can be dragged. Main thread.
// The grid's factory makes a cell once and shows ever other photos in it while the person scrolls.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class PhotoCell {
  /// Height and least width, in pixels.
  static let side: Int32 = 96

  let root = Widget(gtk_picture_new())
  private(set) var photo: PhotoID?
  private(set) var isMarked = false
  private var name = ""
  private let textures: TextureLoader

  init(textures: TextureLoader) {
    self.textures = textures
    gtk_picture_set_content_fit(root.pointer, GTK_CONTENT_FIT_COVER)
    gtk_widget_set_overflow(root.widget, GTK_OVERFLOW_HIDDEN)
    root.style("photo-cell").size(width: Self.side, height: Self.side)
    root.align(vertically: GTK_ALIGN_CENTER)  // wider than a square where the columns are
  }

  func show(_ photo: Photo) {
    self.photo = photo.id
    name = photo.name
    root.accessibleName(photo.name).tooltip(photo.name)
    if let ready = textures.readyThumbnail(photo.id) { return paint(ready) }
    paint(nil)
    Task { [weak self, textures] in
      let texture = await textures.thumbnail(photo.id)
      // The cell may have moved on to another photo while this one was decoded.
      if let self, self.photo == photo.id { self.paint(texture) }
    }
  }

  /// A ring around the photo that an assistant speaks of.
  func mark(_ isMarked: Bool) {
    self.isMarked = isMarked
    root.toggleStyle("marked", isMarked)
  }

  /// A dashed rim, and a word for those who do not see it, where the photo is one of `photos`.
  func markCounterfactual(_ photos: Set<PhotoID>) {
    let isChanged = photo.map(photos.contains) ?? false
    root.toggleStyle("has-counterfactual", isChanged)
    let text = isChanged ? L("{name}, with a “what if?”", ["name": name]) : name
    root.accessibleName(text).tooltip(text)
  }

  func clear() {
    photo = nil
    paint(nil)
  }

  private func paint(_ texture: Texture?) { gtk_picture_set_paintable(root.pointer, texture?.pointer) }
}
