// Style sheet and icons of the app. Main thread, once, after GTK has a display.
// Both are files beside the app; without them it looks plainer and works the same.

import CGtk
import DuetEngine

@MainActor enum Appearance {
  static func load() {
    gtk_window_set_default_icon_name(DuetMLApp.identifier)
    if let display = gdk_display_get_default(), let icons = DataFiles.url("data/icons") {
      gtk_icon_theme_add_search_path(gtk_icon_theme_get_for_display(display), icons.path)
    }
    StyleSheet.install()
  }
}
