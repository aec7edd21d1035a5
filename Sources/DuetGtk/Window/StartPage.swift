// The page of the first start, and of the menu's "Start page": three ways to begin, and the projects of
// late. Main thread; the window owns it. It knows nothing of files: choices go to the application.

import CGtk
import DuetEngine
import Foundation

@MainActor final class StartPage: WindowPage {
  enum Choice: Equatable {
    case new, open, demo
    case recent(URL)
  }

  let root: Widget

  /// - Parameters:
  ///   - recent: newest first.
  ///   - onChoice: capture owners weakly.
  init(recent: [(url: URL, title: String)], hasAssistants: Bool, onChoice: @escaping @MainActor (Choice) -> Void) {
    let new = Widget.button(L("New project")) { onChoice(.new) }.style("pill", "suggested-action")
    let open = Widget.button(L("Open…")) { onChoice(.open) }.style("pill")
    let demo = Widget.button(L("Edible-plants demo")) { onChoice(.demo) }.style("pill")
    let choices = Widget.column(spacing: 12, new, demo, open).align(horizontally: GTK_ALIGN_CENTER)
    let content = Widget.column(spacing: 36, choices)
    if !recent.isEmpty { content.append(Self.list(of: recent, onChoice)) }

    let status = Widget(adw_status_page_new())
    adw_status_page_set_icon_name(status.pointer, DuetMLApp.identifier)
    adw_status_page_set_title(status.pointer, L("Teach your computer to see"))
    adw_status_page_set_description(
      status.pointer,
      plain(
        hasAssistants
          ? L("Show it photos, sort them into categories, and try it out. Two assistants help you on the way. "
            + "Your photos stay on this computer.")
          : L("Show it photos, sort them into categories, and try it out. Your photos stay on this computer.")))
    adw_status_page_set_child(status.pointer, content.widget)
    status.expand(vertically: true)

    let header = Widget(adw_header_bar_new()).style("flat")
    adw_header_bar_set_title_widget(header.pointer, adw_window_title_new("DuetML", ""))
    header.packEnd(PrimaryMenu.button(PrimaryMenu.start(hasAssistants: hasAssistants)))
    root = Widget.column(spacing: 0, header, status)
  }

  private static func list(
    of recent: [(url: URL, title: String)], _ onChoice: @escaping @MainActor (Choice) -> Void
  ) -> Widget {
    let group = Widget(adw_preferences_group_new())
    adw_preferences_group_set_title(group.cast(), plain(L("Recent projects")))
    for (url, title) in recent {
      let row = Widget(adw_action_row_new())
      adw_preferences_row_set_use_markup(row.cast(), 0)
      adw_preferences_row_set_title(row.cast(), title)
      adw_action_row_set_subtitle(row.cast(), plain(place(of: url)))
      adw_action_row_add_suffix(row.cast(), gtk_image_new_from_icon_name("go-next-symbolic"))
      gtk_list_box_row_set_activatable(row.cast(), 1)
      row.on("activated") { _ in onChoice(.recent(url)) }
      adw_preferences_group_add(group.cast(), row.widget)
    }
    let clamp = Widget(adw_clamp_new())
    adw_clamp_set_maximum_size(clamp.pointer, 480)
    adw_clamp_set_child(clamp.pointer, group.widget)
    return clamp
  }

  /// The folder as people write it, with the home folder as `~`.
  static func place(of url: URL) -> String {
    let folder = url.deletingLastPathComponent().path
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    return folder == home ? "~" : folder.hasPrefix(home + "/") ? "~" + folder.dropFirst(home.count) : folder
  }
}

/// The page while a project is being opened or built.
@MainActor final class WaitingPage: WindowPage {
  let root: Widget

  /// - Parameter sentence: what takes time; empty for what is over in a blink.
  init(_ sentence: String = "") {
    let header = Widget(adw_header_bar_new()).style("flat")
    adw_header_bar_set_title_widget(header.pointer, adw_window_title_new("DuetML", ""))
    root = Widget.column(spacing: 0, header)
    guard !sentence.isEmpty else { return }
    let spinner = Widget(gtk_spinner_new()).size(width: 48, height: 48)
    gtk_spinner_start(spinner.pointer)
    let center = Widget.column(spacing: 18, spinner, Widget.label(sentence).style("title-4"))
    center.align(horizontally: GTK_ALIGN_CENTER, vertically: GTK_ALIGN_CENTER).expand(vertically: true)
    root.append(center)
  }
}
