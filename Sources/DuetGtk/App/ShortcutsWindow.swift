// The window that lists all keyboard shortcuts (F1). Main thread; GTK owns it until it is closed.
// GtkShortcutsWindow can only be put together by GtkBuilder in GTK 4.8, so its description is made here as XML
// from the same table that installs the shortcuts; texts are escaped because translations are not XML.

import CGtk
import DuetEngine

@MainActor enum ShortcutsWindow {
  /// - Parameter hasAssistants: false in the baseline system, which has no message entry to go to.
  static func show(over parent: Widget, hasAssistants: Bool) {
    let xml = description(hasAssistants: hasAssistants)
    let builder = GObjectRef(adopting: gtk_builder_new_from_string(xml, -1))
    guard let object = gtk_builder_get_object(builder.pointer, "shortcuts") else { return }
    let window = Widget(retaining: OpaquePointer(object))
    gtk_window_set_transient_for(window.cast(), parent.cast())
    gtk_window_set_modal(window.cast(), 1)
    gtk_window_present(window.cast())
  }

  static func description(hasAssistants: Bool) -> String {
    let project = [
      (L("New project"), "<Control>n"), (L("Open a project"), "<Control>o"), (L("Save as"), "<Control>s"),
      (L("Undo"), "<Control>z"), (L("Redo"), "<Control><Shift>z"),
    ]
    let work = [
      (L("Train"), "<Control>t"), (L("How good is it?"), "<Control>i"),
      (L("Paste photos"), "<Control>v"), (L("Remove the chosen photos"), "Delete"),
    ]
    let pages = [
      (ProjectPart.teach.title, "<Alt>1"), (ProjectPart.boundary.title, "<Alt>2"),
      (L("Play or pause (Boundary)"), "<Control>t"), (L("Begin or keep an arrow"), "Return"),
      (L("Discard an arrow"), "Escape"),
    ]
    let assistants = [(L("Write a message"), "<Control>l"), (L("Show or hide the assistants"), "F9")]
    let app =
      (hasAssistants ? [(L("Preferences"), "<Control>comma")] : [])
      + [(L("Keyboard shortcuts"), "F1"), (L("Quit"), "<Control>q")]
    let groups =
      [(L("Project"), project), (L("Photos and model"), work), (L("Pages"), pages)]
      + (hasAssistants ? [(L("Assistants"), assistants)] : [])
      + [(L("App"), app)]
    let inside = groups.map { title, entries in
      let rows = entries.map { text, keys in
        """
        <child><object class="GtkShortcutsShortcut">
        <property name="title">\(plain(text))</property>
        <property name="accelerator">\(plain(keys))</property>
        </object></child>
        """
      }
      return """
        <child><object class="GtkShortcutsGroup"><property name="title">\(plain(title))</property>
        \(rows.joined(separator: "\n"))
        </object></child>
        """
    }
    return """
      <interface><object class="GtkShortcutsWindow" id="shortcuts">
      <child><object class="GtkShortcutsSection"><property name="section-name">all</property>
      \(inside.joined(separator: "\n"))
      </object></child>
      </object></interface>
      """
  }
}
