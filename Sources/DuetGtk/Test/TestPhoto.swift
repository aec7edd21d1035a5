// The test photo, large, in a drop area that is also where the first one is chosen. Main thread.

import CGtk
import CGtkShim
import DuetEngine

@MainActor final class TestPhoto {
  /// Least height, in pixels; the photo takes whatever room is left over.
  private static let minimumHeight: Int32 = 168

  let root = Widget(gtk_stack_new())
  private let picture = Widget(gtk_picture_new())
  private let textures: TextureLoader
  private var shown: PhotoID?

  /// - Parameter onChoose: the person clicked into the empty area. Capture owners weakly.
  init(textures: TextureLoader, onChoose: @escaping @MainActor () -> Void) {
    self.textures = textures
    gtk_picture_set_content_fit(picture.pointer, GTK_CONTENT_FIT_CONTAIN)
    picture.size(height: Self.minimumHeight).expand(horizontally: true, vertically: true)

    let icon = Widget(gtk_image_new_from_icon_name("image-x-generic-symbolic"))
    gtk_image_set_pixel_size(icon.pointer, 48)
    let hint = Widget.label(L("Drop a photo here, paste one, or choose one"))
    gtk_label_set_justify(hint.pointer, GTK_JUSTIFY_CENTER)
    gtk_label_set_max_width_chars(hint.pointer, 24)
    let content = Widget.column(spacing: 12, icon, hint).style("dim-label")
    content.align(horizontally: GTK_ALIGN_CENTER, vertically: GTK_ALIGN_CENTER)
    let empty = Widget(gtk_button_new())
    gtk_button_set_child(empty.cast(), content.widget)
    empty.style("flat", "drop-hint").accessibleName(L("Choose a photo to test"))
    empty.size(height: Self.minimumHeight).expand(horizontally: true, vertically: true)
    empty.on("clicked") { _ in onChoose() }

    gtk_stack_add_named(root.pointer, empty.widget, "empty")
    gtk_stack_add_named(root.pointer, picture.widget, "photo")
    gtk_widget_set_overflow(root.widget, GTK_OVERFLOW_HIDDEN)
    root.style("test-photo")
  }

  func show(_ test: TestState?) {
    gtk_stack_set_visible_child_name(root.pointer, test == nil ? "empty" : "photo")
    root.toggleStyle("card", test != nil)
    picture.accessibleName(test?.name ?? "").tooltip(test?.name ?? "")
    guard shown != test?.photo else { return }
    shown = test?.photo
    guard let photo = test?.photo else { return paint(nil) }
    Task { [weak self, textures] in
      let texture = await textures.photo(photo)
      if let self, self.shown == photo { self.paint(texture) }
    }
  }

  private func paint(_ texture: Texture?) { gtk_picture_set_paintable(picture.pointer, texture?.pointer) }
}
