// The app's own CSS on top of libadwaita's: data/style.css. Main thread, once, after GTK has started.
// The display owns the provider. Without the file the app works, with plainer cards.

import CGtk
import DuetEngine

@MainActor enum StyleSheet {
  private static var isInstalled = false

  /// Calling it again does nothing.
  static func install() {
    guard !isInstalled, let display = gdk_display_get_default(), let file = DataFiles.url("data/style.css") else {
      return
    }
    isInstalled = true
    let provider = GObjectRef(adopting: gtk_css_provider_new())
    gtk_css_provider_load_from_path(provider.cast(), file.path)
    gtk_style_context_add_provider_for_display(
      display, provider.pointer, guint(GTK_STYLE_PROVIDER_PRIORITY_APPLICATION))
  }
}
