// What a project without categories shows: one large drop area and two ways to begin. Main thread.

import CGtk
import DuetEngine
import Foundation

@MainActor final class EmptyProject {
  let root = Widget(adw_status_page_new())
  private let intake: Intake

  /// - Parameter onAdd: the person wants a category. Capture owners weakly.
  init(workspace: Workspace, onAdd: @escaping @MainActor () -> Void) {
    intake = Intake(workspace: workspace)
    let page = root.pointer
    adw_status_page_set_icon_name(page, "folder-pictures-symbolic")
    adw_status_page_set_title(page, L("Drop a folder of folders here"))
    adw_status_page_set_description(
      page, L("Each folder becomes a category with its photos. Or start with one category and fill it by hand."))
    let add = Widget.button(L("Add category"), onClick: onAdd)
    add.style("pill", "suggested-action")
    let choose = Widget.button(L("Choose folders…")) { [weak self] in self?.chooseFolders() }
    choose.style("pill")
    let buttons = Widget.row(spacing: 12, choose, add).align(horizontally: GTK_ALIGN_CENTER)
    gtk_box_set_homogeneous(buttons.cast(), 1)
    adw_status_page_set_child(page, buttons.widget)
    root.style("empty-project").expand(horizontally: true, vertically: true)
  }

  private func chooseFolders() {
    Task { [weak self, root] in
      let urls = await FileChooser.choose(
        L("Choose folders of photos"), action: GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, multiple: true, over: root)
      if !urls.isEmpty { self?.intake.take(.files(urls)) }
    }
  }
}
