// The one window of the app: a frame that shows a page (start, opening, project) and toasts over it.
// Main thread. The application owns it; GTK owns the widget until it is destroyed. Closing the window is a
// question to the application, which first closes the project.

import CGtk
import DuetEngine

/// What the window can show. A page owns its widgets and its observations; dropping it ends them.
@MainActor protocol WindowPage: AnyObject {
  var root: Widget { get }
}

@MainActor final class MainWindow {
  /// Pixels at first start, and the least that the panes need.
  private static let defaultSize: (width: Int32, height: Int32) = (1280, 800)
  private static let smallest: (width: Int32, height: Int32) = (780, 520)

  let window: Widget
  private(set) var page: (any WindowPage)?
  private let toasts = Widget(adw_toast_overlay_new())
  private let actions: [String: GObjectRef]

  /// - Parameters:
  ///   - application: nil in tests.
  ///   - onClose: the person closes the window; it stays until `destroy`. Capture owners weakly.
  ///   - onSaveAs: the person wants a file name for the project.
  init(
    application: GObjectRef? = nil, onClose: @escaping @MainActor () -> Void = {},
    onSaveAs: @escaping @MainActor () -> Void = {}
  ) {
    window = Widget(adw_application_window_new(application?.cast()))
    gtk_window_set_title(window.cast(), "DuetML")
    gtk_window_set_default_size(window.cast(), Self.defaultSize.width, Self.defaultSize.height)
    window.size(width: Self.smallest.width, height: Self.smallest.height)
    adw_application_window_set_content(window.cast(), toasts.widget)

    let add = Actions(of: window)
    let route = PageRoute()
    actions = [
      "undo": add.add("undo") { route.project?.undo() },
      "redo": add.add("redo") { route.project?.redo() },
      "train": add.add("train") { route.project?.train() },
      "insight": add.add("insight") { route.project?.showInsight(.score) },
      "save-as": add.add("save-as", onSaveAs),
      "focus-message": add.add("focus-message") { route.project?.focusMessage() },
      "teach": add.add("teach") { route.project?.show(.teach) },
      "boundary": add.add("boundary") { route.project?.show(.boundary) },
      "show-chat": add.add("show-chat") { route.project?.toggleChat() },
    ]
    self.route = route
    addHistoryShortcuts()
    window.on("close-request") {
      $0.answer(true)
      onClose()
    }
  }

  private let route: PageRoute

  var project: ProjectPage? { page as? ProjectPage }

  func show(_ newPage: any WindowPage) {
    gtk_window_set_title(window.cast(), "DuetML")
    adw_toast_overlay_set_child(toasts.pointer, newPage.root.widget)
    page = newPage
    route.project = newPage as? ProjectPage
    let hasAssistants = project?.chat != nil
    for (name, action) in actions {
      action.setEnabled(project != nil && (hasAssistants || !["focus-message", "show-chat"].contains(name)))
    }
  }

  func present() { gtk_window_present(window.cast()) }
  func hide() { window.isVisible = false }

  /// Ends the window; with the last one the application ends too.
  func destroy() {
    page = nil
    // GTK may keep a destroyed window until the next one appears; what the actions lead to must not wait for that.
    for name in actions.keys { g_action_map_remove_action(window.pointer, name) }
    gtk_window_destroy(window.cast())
  }

  /// Shows a sentence for a few seconds, with a button if there is more to say.
  func toast(_ text: String, button: String? = nil, onButton: @escaping @MainActor () -> Void = {}) {
    let toast = GObjectRef(adopting: adw_toast_new(plain(text)))
    if let button {
      adw_toast_set_button_label(toast.pointer, button)
      toast.on("button-clicked") { _ in onButton() }
    }
    g_object_ref(toast.raw)  // the overlay takes over a reference
    adw_toast_overlay_add_toast(toasts.pointer, toast.pointer)
  }

  /// Shows a notice of the project; refused photos are behind a button.
  func toast(_ notice: Notice) {
    guard !notice.details.isEmpty else { return toast(notice.text) }
    toast(notice.text, button: L("Details")) { [weak self] in
      if let self { RefusedPhotosDialog.show(notice, over: self.window) }
    }
  }

  /// Undo and redo come after the focused widget's own shortcuts, so Ctrl+Z in an entry undoes typing.
  private func addHistoryShortcuts() {
    let controller = GObjectRef(adopting: gtk_shortcut_controller_new())
    for (action, keys) in Accelerators.history {
      gtk_shortcut_controller_add_shortcut(
        controller.pointer, gtk_shortcut_new(gtk_shortcut_trigger_parse_string(keys), gtk_named_action_new(action)))
    }
    window.addController(controller)
  }
}

/// Where the window's actions go; apart from the window so that an action never keeps it alive.
@MainActor private final class PageRoute {
  weak var project: ProjectPage?
}

/// `text` for a widget that reads markup: shown as it is.
func plain(_ text: String) -> String {
  guard let escaped = g_markup_escape_text(text, -1) else { return "" }
  defer { g_free(escaped) }
  return String(cString: escaped)
}
