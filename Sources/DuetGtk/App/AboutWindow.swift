// The About window. Main thread; GTK owns the window until it is closed.

import CGtk
import DuetEngine

@MainActor enum AboutWindow {
  static func show(over parent: Widget) {
    let about = Widget(adw_about_window_new())
    let pointer = about.pointer
    adw_about_window_set_application_name(pointer, "DuetML")
    adw_about_window_set_application_icon(pointer, DuetMLApp.identifier)
    adw_about_window_set_version(pointer, DuetMLApp.version)
    adw_about_window_set_developer_name(pointer, L("The DuetML contributors"))
    adw_about_window_set_comments(
      pointer,
      L(
        "Build an image classifier from your own photos, with two assistants beside you. "
          + "Everything is computed on this computer; nothing leaves it unless you say so."))
    withCStrings(["Kawabe & Sugano: DuetML", "Erskine, Clifford, Hepburn & Santos-Rodriguez"]) { names in
      // GTK copies the names; the parameter is not const in its header.
      adw_about_window_add_acknowledgement_section(
        pointer, L("After the research of"), UnsafeMutablePointer(mutating: names))
    }
    gtk_window_set_transient_for(about.cast(), parent.cast())
    gtk_window_set_modal(about.cast(), 1)
    gtk_window_present(about.cast())
  }
}
