// The menu behind the button at the end of the header bar. Main thread; the button owns the menu.

import CGtk
import DuetEngine

@MainActor enum PrimaryMenu {
  typealias Entry = (label: String, action: String)

  static func project(isDemo: Bool, hasAssistants: Bool) -> [[Entry]] {
    let demo: Entry = isDemo
      ? (L("Start the _demo again"), "app.demo-again") : (L("Edible-plants _demo"), "app.demo")
    return [
      [(L("_New project"), "app.new"), (L("_Open…"), "app.open"), (L("_Save as…"), "win.save-as")],
      [(L("_How good is it?"), "win.insight")] + ProjectSettings.entries,
      [demo, (L("S_tart page"), "app.start-page")],
      closing(hasAssistants: hasAssistants),
    ]
  }

  static func start(hasAssistants: Bool) -> [[Entry]] { [closing(hasAssistants: hasAssistants)] }

  private static func closing(hasAssistants: Bool) -> [Entry] {
    (hasAssistants ? [(L("_Preferences"), "app.preferences")] : [])
      + [(L("_Keyboard shortcuts"), "app.shortcuts"), (L("_About DuetML"), "app.about")]
  }

  static func button(_ sections: [[Entry]]) -> Widget {
    let menu = GObjectRef(adopting: g_menu_new())
    for entries in sections {
      let section = GObjectRef(adopting: g_menu_new())
      for (label, action) in entries { g_menu_append(section.pointer, label, action) }
      g_menu_append_section(menu.pointer, nil, section.cast())
    }
    let button = Widget(gtk_menu_button_new())
    gtk_menu_button_set_icon_name(button.pointer, "open-menu-symbolic")
    gtk_menu_button_set_menu_model(button.pointer, menu.cast())
    gtk_menu_button_set_primary(button.pointer, 1)
    return button.tooltip(L("Main menu")).accessibleName(L("Main menu"))
  }
}
