// Style sheet and icons of the app. Main thread, once, after GTK has a display.
// Both are files beside the app; without them it looks plainer and works the same.

import CGtk
import DuetEngine
import Foundation

@MainActor enum Appearance {
  static func load() {
    guard let display = gdk_display_get_default() else { return }
    gtk_window_set_default_icon_name(DuetMLApp.identifier)
    if let icons = DataFiles.url("data/icons") {
      gtk_icon_theme_add_search_path(gtk_icon_theme_get_for_display(display), icons.path)
    }
    if let sheet = DataFiles.url("data/style.css") {
      let provider = GObjectRef(adopting: OpaquePointer(gtk_css_provider_new()))
      gtk_css_provider_load_from_path(provider.cast(), sheet.path)
      gtk_style_context_add_provider_for_display(
        display, provider.pointer, guint(GTK_STYLE_PROVIDER_PRIORITY_APPLICATION))
    }
  }
}
