// Thumbnails as cairo pictures for the map. Main thread; decoding is the texture loader's business and happens
// elsewhere. Kept up to a limit; those that came first leave first.

import CGtk
import DuetEngine

@MainActor final class MapThumbnails {
  /// Owns one cairo surface.
  @MainActor final class Picture {
    let surface: OpaquePointer
    let width: Int
    let height: Int

    /// Nil if there is no memory for it.
    init?(_ texture: Texture) {
      guard let made = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, Int32(texture.width), Int32(texture.height))
      else { return nil }
      surface = made
      width = texture.width
      height = texture.height
      guard let pixels = cairo_image_surface_get_data(made) else { return }
      gdk_texture_download(texture.pointer, pixels, gsize(cairo_image_surface_get_stride(made)))
      cairo_surface_mark_dirty(made)
    }

    isolated deinit { cairo_surface_destroy(surface) }
  }

  /// Some 30 MB.
  private static let limit = 500

  var onReady: (@MainActor () -> Void)?
  private let textures: TextureLoader
  private var pictures: [PhotoID: Picture] = [:]
  private var order: [PhotoID] = []
  private var pending: Set<PhotoID> = []

  init(textures: TextureLoader) { self.textures = textures }

  /// Nil while it is being decoded; `onReady` is called once it is there.
  func picture(_ photo: PhotoID) -> Picture? {
    if let ready = pictures[photo] { return ready }
    guard pending.insert(photo).inserted else { return nil }
    Task { [weak self, textures] in
      let texture = await textures.thumbnail(photo)
      self?.keep(texture.flatMap { Picture($0) }, for: photo)
    }
    return nil
  }

  private func keep(_ picture: Picture?, for photo: PhotoID) {
    // A photo without a picture stays pending, so that it is not asked for with every frame.
    guard let picture else { return }
    pending.remove(photo)
    pictures[photo] = picture
    order.append(photo)
    if order.count > Self.limit { pictures[order.removeFirst()] = nil }
    onReady?()
  }
}
