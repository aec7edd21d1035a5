// The desktop's own file dialog (a portal in a sandbox), as one async call. Main thread.
// The dialog owns itself while it is open; the awaiting task is resumed once, when it closes.

import CGtk
import DuetEngine
import Foundation

@MainActor enum FileChooser {
  /// What may be picked.
  struct Filter {
    let name: String
    let mimeTypes: [String]
    var patterns: [String] = []

    static var photos: Filter { Filter(name: L("Photos"), mimeTypes: ["image/*"]) }
  }

  /// Shows the dialog over the window that `widget` is in. Empty if the person closed it.
  /// - Parameter suggestedName: the file name to begin with, when saving.
  static func choose(
    _ title: String, action: GtkFileChooserAction = GTK_FILE_CHOOSER_ACTION_OPEN, accept: String? = nil,
    multiple: Bool = false, filters: [Filter] = [], suggestedName: String? = nil, over widget: Widget
  ) async -> [URL] {
    let root = gtk_widget_get_root(widget.widget).map { UnsafeMutablePointer<GtkWindow>($0) }
    let dialog = GObjectRef(adopting: gtk_file_chooser_native_new(title, root, action, accept, nil))
    gtk_file_chooser_set_select_multiple(dialog.pointer, multiple ? 1 : 0)
    if let suggestedName { gtk_file_chooser_set_current_name(dialog.pointer, suggestedName) }
    for filter in filters { add(filter, to: dialog) }
    gtk_native_dialog_set_modal(dialog.cast(), 1)

    return await withCheckedContinuation { continuation in
      let closed = CloseOnce(dialog, continuation)
      dialog.on("response") { closed.finish(accepted: $0.int(1) == Int(GTK_RESPONSE_ACCEPT.rawValue)) }
      gtk_native_dialog_show(dialog.cast())
    }
  }

  private static func add(_ filter: Filter, to dialog: GObjectRef) {
    let rule = GObjectRef(retaining: gtk_file_filter_new())
    gtk_file_filter_set_name(rule.pointer, filter.name)
    for type in filter.mimeTypes { gtk_file_filter_add_mime_type(rule.pointer, type) }
    for pattern in filter.patterns { gtk_file_filter_add_pattern(rule.pointer, pattern) }
    gtk_file_chooser_add_filter(dialog.pointer, rule.pointer)
  }
}

/// Keeps the dialog alive while it is open, and lets go of it with the answer.
@MainActor private final class CloseOnce {
  private var dialog: GObjectRef?
  private let continuation: CheckedContinuation<[URL], Never>

  init(_ dialog: GObjectRef, _ continuation: CheckedContinuation<[URL], Never>) {
    self.dialog = dialog
    self.continuation = continuation
  }

  func finish(accepted: Bool) {
    guard let dialog else { return }
    self.dialog = nil
    continuation.resume(returning: accepted ? Files.urls(inChooser: dialog.pointer) : [])
    gtk_native_dialog_destroy(dialog.cast())
  }
}
