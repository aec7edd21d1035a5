// What can arrive by drag and drop or by paste: photos of this project, files, or a picture without a file.
// Main thread. Reading GValues copies what is needed; nothing here touches the disk.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

/// Photos on their way from one category to another, or to the test area.
final class PhotoDrag: Sendable {
  let photos: [PhotoID]
  /// Ids mean something only in the workspace they come from.
  private let origin: ObjectIdentifier

  init(_ photos: [PhotoID], of workspace: Workspace) {
    self.photos = photos
    origin = ObjectIdentifier(workspace)
  }

  func isFrom(_ workspace: Workspace) -> Bool { origin == ObjectIdentifier(workspace) }

  /// For a drag source. The caller owns the provider.
  @MainActor func contentProvider() -> OpaquePointer? {
    let box = GObjectRef(
      adopting: cgtk_box_new(Unmanaged.passRetained(self).toOpaque()) { payload in
        if let payload { Unmanaged<PhotoDrag>.fromOpaque(payload).release() }
      })
    var value = GValue()
    g_value_init(&value, cgtk_box_get_type())
    defer { g_value_unset(&value) }
    g_value_set_object(&value, box.raw)
    return gdk_content_provider_new_for_value(&value).map { OpaquePointer($0) }
  }
}

enum PhotoOffer {
  case photos(PhotoDrag)
  case files([URL])
  /// From a browser or an image editor.
  case picture(Texture)
  /// Files that are not on this computer, such as a link out of a browser.
  case unreachable

  /// In order of preference: our own photos, then pixels, then files. Browsers offer the pixels of an
  /// image together with its web address; the pixels are the ones that need no network.
  @MainActor static var types: [GType] { [cgtk_box_get_type(), cgtk_type_texture(), cgtk_type_file_list()] }

  /// Copies what `value`, one of ``types``, holds; nil for anything else.
  @MainActor init?(_ value: UnsafePointer<GValue>) {
    if cgtk_value_holds(value, cgtk_type_file_list()) != 0 {
      guard let list = g_value_get_boxed(value) else { return nil }
      let urls = Files.urls(inList: OpaquePointer(list))
      self = urls.isEmpty ? .unreachable : .files(urls)
    } else if cgtk_value_holds(value, cgtk_type_texture()) != 0 {
      guard let texture = g_value_get_object(value) else { return nil }
      self = .picture(Texture(retaining: OpaquePointer(texture)))
    } else if cgtk_value_holds(value, cgtk_box_get_type()) != 0 {
      guard let payload = cgtk_box_payload(g_value_get_object(value)) else { return nil }
      self = .photos(Unmanaged<PhotoDrag>.fromOpaque(payload).takeUnretainedValue())
    } else {
      return nil
    }
  }
}

extension Files {
  /// A drag of files, for a drag source. The caller owns the provider.
  @MainActor static func contentProvider(_ urls: [URL]) -> OpaquePointer? {
    let files = urls.map { g_file_new_for_path($0.path) }
    defer { for file in files { g_object_unref(file.map { UnsafeMutableRawPointer($0) }) } }
    var list: UnsafeMutablePointer<GSList>?
    for file in files.reversed() { list = g_slist_prepend(list, file.map { UnsafeMutableRawPointer($0) }) }
    defer { g_slist_free(list) }
    var value = GValue()
    g_value_init(&value, cgtk_type_file_list())
    defer { g_value_unset(&value) }
    g_value_take_boxed(&value, gdk_file_list_new_from_list(list).map { UnsafeMutableRawPointer($0) })
    return gdk_content_provider_new_for_value(&value).map { OpaquePointer($0) }
  }
}
