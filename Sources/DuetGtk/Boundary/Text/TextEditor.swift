// Where the person rewrites a review: a text view of several lines. Main thread. Ctrl+Enter keeps the edit, Tab leaves.

import CGtk
import DuetEngine

@MainActor final class TextEditor {
  let root: Widget
  /// The GtkTextView.
  let view: Widget
  private let buffer: GObjectRef
  private var isShowing = false
  /// The person changed the text. Capture owners weakly.
  var onChange: @MainActor (String) -> Void = { _ in }
  /// The person pressed Ctrl+Enter. Capture owners weakly.
  var onKeep: @MainActor () -> Void = {}

  private static let leastHeight: Int32 = 96
  private static let mostHeight: Int32 = 260
  private static let padding: Int32 = 9

  init() {
    view = Widget(gtk_text_view_new()).accessibleName(L("Edited text"))
    buffer = GObjectRef(retaining: gtk_text_view_get_buffer(view.cast()))
    gtk_text_view_set_wrap_mode(view.cast(), GTK_WRAP_WORD_CHAR)
    gtk_text_view_set_accepts_tab(view.cast(), 0)
    gtk_text_buffer_set_enable_undo(buffer.cast(), 1)
    gtk_text_view_set_left_margin(view.cast(), Self.padding)
    gtk_text_view_set_right_margin(view.cast(), Self.padding)
    gtk_text_view_set_top_margin(view.cast(), Self.padding)
    gtk_text_view_set_bottom_margin(view.cast(), Self.padding)
    root = .scroller(view)
    root.style("card", "text-editor")
    gtk_scrolled_window_set_min_content_height(root.pointer, Self.leastHeight)
    gtk_scrolled_window_set_max_content_height(root.pointer, Self.mostHeight)
    gtk_scrolled_window_set_propagate_natural_height(root.pointer, 1)
    buffer.on("changed") { [weak self] _ in
      guard let self, !self.isShowing else { return }
      self.onChange(self.text)
    }
    let keys = view.onKey { [weak self] key, modifiers in
      let isEnter = [GDK_KEY_Return, GDK_KEY_KP_Enter].contains(Int32(bitPattern: key))
      guard isEnter, modifiers & GDK_CONTROL_MASK.rawValue != 0 else { return false }
      self?.onKeep()
      return true
    }
    gtk_event_controller_set_propagation_phase(keys.pointer, GTK_PHASE_CAPTURE)
  }

  var text: String {
    var (start, end) = (GtkTextIter(), GtkTextIter())
    gtk_text_buffer_get_bounds(buffer.cast(), &start, &end)
    guard let copy = gtk_text_buffer_get_text(buffer.cast(), &start, &end, 1) else { return "" }
    defer { g_free(copy) }
    return String(cString: copy)
  }

  /// Shows a text that did not come from the keyboard; the cursor stays where it is if the text is there already.
  func show(_ text: String) {
    guard text != self.text else { return }
    isShowing = true
    gtk_text_buffer_begin_irreversible_action(buffer.cast())
    gtk_text_buffer_set_text(buffer.cast(), text, -1)
    gtk_text_buffer_end_irreversible_action(buffer.cast())
    isShowing = false
  }

  /// As if the person had typed it, for tests.
  func type(_ text: String) { gtk_text_buffer_set_text(buffer.cast(), text, -1) }
}
