// The entry of the composer: several lines that grow up to six, then scroll. Main thread.
// Enter sends and Shift+Enter starts a new line, but an input method that is composing comes first: its Enter,
// arrows and Escape are its own. Up in the first line and Down in the last one walk through earlier messages.

import CGtk
import CGtkShim
import DuetEngine
import Foundation

@MainActor final class ComposerEntry {
  /// The frame with everything inside.
  let root: Widget
  /// The GtkTextView.
  let view: Widget
  /// Keys that reach the entry before the text does; tests emit keys on it.
  let keys = GObjectRef(adopting: gtk_event_controller_key_new())
  var history = ComposerHistory()

  /// Enter was pressed. Capture owners weakly; the same holds for the next three.
  var onSubmit: @MainActor () -> Void = {}
  /// The text is another one now.
  var onChange: @MainActor () -> Void = {}
  /// The person typed.
  var onTyping: @MainActor () -> Void = {}
  /// Something that is no text is about to be pasted; true if it was taken.
  var onPaste: @MainActor () -> Bool = { false }

  /// Longer than anything one types, in characters; keeps a pasted book out of the conversation.
  static let longest = 4_000
  private static let mostLines: Int32 = 6
  /// Pixels between the frame and the text.
  private static let inset: Int32 = 9, insetTop: Int32 = 7

  private let placeholder = Widget.label(wraps: false)
  private let scroller: Widget
  private var isComposing = false
  private var isBeingSet = false

  init() {
    view = Widget(gtk_text_view_new()).accessibleName(L("Message"))
    scroller = Widget.scroller(view).expand(horizontally: true)
    root = Widget(gtk_overlay_new()).style("composer-entry").expand(horizontally: true)
    build()
    listen()
  }

  private func build() {
    let text: UnsafeMutablePointer<GtkTextView> = view.cast()
    gtk_text_view_set_wrap_mode(text, GTK_WRAP_WORD_CHAR)
    gtk_text_view_set_accepts_tab(text, 0)  // Tab leads on to the next widget, as in every entry
    gtk_text_view_set_left_margin(text, Self.inset)
    gtk_text_view_set_right_margin(text, Self.inset)
    gtk_text_view_set_top_margin(text, Self.insetTop)
    gtk_text_view_set_bottom_margin(text, Self.insetTop)
    gtk_scrolled_window_set_propagate_natural_height(scroller.pointer, 1)

    placeholder.text = L("Write to the assistant")
    gtk_label_set_ellipsize(placeholder.pointer, PANGO_ELLIPSIZE_END)
    placeholder.style("dim-label").align(vertically: GTK_ALIGN_START)
    placeholder.margin(horizontally: Self.inset, vertically: Self.insetTop)
    gtk_widget_set_can_target(placeholder.widget, 0)
    gtk_overlay_set_child(root.pointer, scroller.widget)
    gtk_overlay_add_overlay(root.pointer, placeholder.widget)
    gtk_widget_set_overflow(root.widget, GTK_OVERFLOW_HIDDEN)
    view.accessibleDescription(L("Enter sends, Shift+Enter starts a new line"))
  }

  private func listen() {
    let buffer = GObjectRef(retaining: OpaquePointer(gtk_text_view_get_buffer(view.cast())))
    buffer.on("changed") { [weak self] _ in self?.changed() }
    view.on("preedit-changed") { [weak self] in self?.compose($0.string(1) ?? "") }
    view.on("map") { [weak self] _ in self?.limitHeight() }
    view.on("paste-clipboard") { [weak self] _ in
      guard let self, self.onPaste() else { return }
      g_signal_stop_emission_by_name(self.view.raw, "paste-clipboard")
    }
    gtk_event_controller_set_propagation_phase(keys.pointer, GTK_PHASE_CAPTURE)
    keys.on("key-pressed") { [weak self] arguments in
      let key = (arguments.uint(1), arguments.flags(3))
      arguments.answer(self?.take(key: key.0, modifiers: key.1) ?? false)
    }
    view.addController(keys)
  }

  // -- The text

  /// All that is in the entry, as it is.
  var text: String {
    get {
      let (buffer, start, end) = bounds
      var (from, to) = (start, end)
      guard let text = gtk_text_buffer_get_text(buffer, &from, &to, 0) else { return "" }
      defer { g_free(text) }
      return String(cString: text)
    }
    set {
      isBeingSet = true
      gtk_text_buffer_set_text(buffer, newValue, Int32(newValue.utf8.count))
      isBeingSet = false
    }
  }

  func focus() { gtk_widget_grab_focus(view.widget) }

  /// - Parameter reason: why nothing can be written; nil: something can.
  func lock(_ reason: String?) {
    gtk_text_view_set_editable(view.cast(), reason == nil ? 1 : 0)
    root.isSensitive = reason == nil
    placeholder.text = reason ?? L("Write to the assistant")
    root.tooltip(reason ?? "")
    view.accessibleDescription(reason ?? L("Enter sends, Shift+Enter starts a new line"))
  }

  private var buffer: UnsafeMutablePointer<GtkTextBuffer>? { gtk_text_view_get_buffer(view.cast()) }

  private var bounds: (UnsafeMutablePointer<GtkTextBuffer>?, GtkTextIter, GtkTextIter) {
    var (start, end) = (GtkTextIter(), GtkTextIter())
    gtk_text_buffer_get_bounds(buffer, &start, &end)
    return (buffer, start, end)
  }

  private func changed() {
    showPlaceholder()
    if !isBeingSet {
      history.end()
      onTyping()
    }
    if gtk_text_buffer_get_char_count(buffer) > Self.longest { Task { [weak self] in self?.cut() } }
    onChange()
  }

  /// Not while the text is being inserted: its position would become invalid.
  private func cut() {
    var (from, end) = (GtkTextIter(), GtkTextIter())
    gtk_text_buffer_get_iter_at_offset(buffer, &from, Int32(Self.longest))
    gtk_text_buffer_get_end_iter(buffer, &end)
    gtk_text_buffer_delete(buffer, &from, &end)
  }

  private func compose(_ preedit: String) {
    isComposing = !preedit.isEmpty
    showPlaceholder()
    if isComposing { onTyping() }
  }

  private func showPlaceholder() {
    placeholder.isVisible = !isComposing && gtk_text_buffer_get_char_count(buffer) == 0
  }

  /// Six lines in the present font.
  private func limitHeight() {
    let layout = GObjectRef(adopting: gtk_widget_create_pango_layout(view.widget, "X"))
    var height: Int32 = 0
    pango_layout_get_pixel_size(layout.pointer, nil, &height)
    gtk_scrolled_window_set_max_content_height(scroller.pointer, height * Self.mostLines + 2 * Self.insetTop)
  }

  // -- Keys

  private func take(key: UInt32, modifiers: UInt32) -> Bool {
    guard !isComposing else { return false }
    let plain = modifiers & (GDK_SHIFT_MASK.rawValue | GDK_CONTROL_MASK.rawValue | GDK_ALT_MASK.rawValue) == 0
    switch Int32(bitPattern: key) {
    case GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter:
      guard modifiers & GDK_SHIFT_MASK.rawValue == 0 else { return false }
      if !inputMethodTakesKey() { onSubmit() }
      return true
    case GDK_KEY_Up where plain && cursorIsInLine(of: bounds.1):
      return inputMethodTakesKey() || recall { $0.older(than: text) }
    case GDK_KEY_Down where plain && cursorIsInLine(of: bounds.2):
      return inputMethodTakesKey() || recall { $0.newer() }
    default: return false
    }
  }

  /// Input methods with a window of their own want keys even while nothing is being composed in the text.
  private func inputMethodTakesKey() -> Bool {
    guard let event = gtk_event_controller_get_current_event(keys.pointer) else { return false }
    return gtk_text_view_im_context_filter_keypress(view.cast(), event) != 0
  }

  /// Whether the cursor is in the same line on the screen as `place`.
  private func cursorIsInLine(of place: GtkTextIter) -> Bool {
    var cursor = GtkTextIter()
    gtk_text_buffer_get_iter_at_mark(buffer, &cursor, gtk_text_buffer_get_insert(buffer))
    return y(of: cursor) == y(of: place)
  }

  private func y(of place: GtkTextIter) -> Int32 {
    var (place, box) = (place, GdkRectangle())
    gtk_text_view_get_iter_location(view.cast(), &place, &box)
    return box.y
  }

  private func recall(_ step: (inout ComposerHistory) -> String?) -> Bool {
    guard let found = step(&history) else { return false }
    text = found
    return true
  }
}
