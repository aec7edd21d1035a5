// What a person can do with a single photo, wherever it is shown. Main thread. It sends operations to the workspace;
// each is one step for Undo.

import CGtk
import DuetEngine

@MainActor struct PhotoActions {
  let workspace: Workspace
  let textures: TextureLoader
  /// Leads to the photo among the categories. Capture owners weakly.
  let go: @MainActor (PhotoID) -> Void

  func move(_ photos: [PhotoID], to category: CategoryID) {
    Intake(workspace: workspace).move(photos, to: category)
  }

  func remove(_ photos: [PhotoID]) {
    guard let test = workspace.snapshot.test, photos.contains(test.photo) else {
      return workspace.do(.removePhotos(photos))
    }
    workspace.do(.clearTest)
    let others = photos.filter { $0 != test.photo }
    if !others.isEmpty { workspace.do(.removePhotos(others)) }
  }

  /// The person has looked: these are right where they are.
  func confirm(_ photos: [PhotoID]) { workspace.do(.confirmPhotos(photos)) }

  func keep(_ pairs: [PhotoPair]) { workspace.do(.keepCopies(pairs)) }

  /// A square picture of a photo that fills itself once the thumbnail is decoded.
  func thumbnail(_ photo: PhotoID, side: Int32, name: String) -> Widget {
    let picture = Widget(gtk_image_new())
    gtk_image_set_pixel_size(picture.pointer, side)
    gtk_widget_set_overflow(picture.widget, GTK_OVERFLOW_HIDDEN)
    picture.style("photo-cell").align(horizontally: GTK_ALIGN_CENTER, vertically: GTK_ALIGN_CENTER)
    picture.accessibleName(name).tooltip(name)
    if let ready = textures.readyThumbnail(photo) {
      gtk_image_set_from_paintable(picture.pointer, ready.pointer)
      return picture
    }
    // The picture itself, not weakly: whoever asked for it keeps the GTK widget, and often not this reference.
    Task { [picture, textures] in
      if let texture = await textures.thumbnail(photo) {
        gtk_image_set_from_paintable(picture.pointer, texture.pointer)
      }
    }
    return picture
  }
}
