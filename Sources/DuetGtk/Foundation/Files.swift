// GFiles as URLs. Main thread; no function here touches the disk.

import CGtk
import Foundation

enum Files {
  /// The local path of a borrowed GFile as a URL; nil for a file that is not on this computer.
  static func url(_ file: OpaquePointer) -> URL? {
    guard let path = g_file_get_path(file) else { return nil }
    defer { g_free(path) }
    return URL(fileURLWithPath: String(cString: path))
  }

  /// Local files of a borrowed GdkFileList, in its order.
  static func urls(inList list: OpaquePointer) -> [URL] {
    let files = gdk_file_list_get_files(list)
    defer { g_slist_free(files) }  // the list is ours, the files belong to the GdkFileList
    var urls: [URL] = []
    var node = files
    while let current = node?.pointee {
      if let file = current.data, let url = url(OpaquePointer(file)) { urls.append(url) }
      node = current.next
    }
    return urls
  }

  /// What was picked in a GtkFileChooser.
  static func urls(inChooser chooser: OpaquePointer) -> [URL] {
    guard let model = gtk_file_chooser_get_files(chooser) else { return [] }
    defer { g_object_unref(UnsafeMutableRawPointer(model)) }
    return (0..<g_list_model_get_n_items(model)).compactMap { index in
      guard let file = g_list_model_get_item(model, index) else { return nil }
      defer { g_object_unref(file) }
      return url(OpaquePointer(file))
    }
  }
}
