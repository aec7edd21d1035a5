// Drop areas, drag sources and pasting for photos. Main thread.
// The widget owns its controllers; while something acceptable hovers over it, GTK gives it `:drop(active)`.

import CGtk
import CGtkShim

extension Widget {
  /// Makes the widget a drop area for photos. Capture the view weakly.
  /// - Returns: the drop target, which tests emit drops on.
  @discardableResult
  func acceptPhotos(_ receive: @escaping @MainActor (PhotoOffer) -> Void) -> GObjectRef {
    let actions = GdkDragAction(GDK_ACTION_COPY.rawValue | GDK_ACTION_MOVE.rawValue)
    let target = GObjectRef(adopting: gtk_drop_target_new(GType(0), actions))
    var types = PhotoOffer.types
    gtk_drop_target_set_gtypes(target.pointer, &types, gsize(types.count))
    target.on("drop") { arguments in
      guard let offer = arguments.value(1).flatMap({ PhotoOffer($0) }) else { return arguments.answer(false) }
      arguments.answer(true)
      receive(offer)
    }
    addController(target)
    return target
  }

  /// Lets the widget be dragged. `offer` returns a content provider that the caller owns, or nil for no drag.
  /// Capture the view weakly.
  func offerDrag(
    _ action: GdkDragAction, icon: (@MainActor () -> Texture?)? = nil,
    _ offer: @escaping @MainActor () -> OpaquePointer?
  ) {
    let source = GObjectRef(adopting: gtk_drag_source_new())
    gtk_drag_source_set_actions(source.pointer, action)
    source.on("prepare") { $0.answer(adopting: offer()) }
    if let icon {
      source.on("drag-begin") { arguments in
        guard let dragSource = arguments.object(0), let texture = icon() else { return }
        gtk_drag_source_set_icon(dragSource, texture.pointer, 0, 0)
      }
    }
    addController(source)
  }

  /// Calls `receive` with the photos on the clipboard when Ctrl+V is pressed inside the widget and nothing
  /// inside took the key (a text entry does). Capture the view weakly.
  /// - Returns: the key controller, which tests emit keys on.
  @discardableResult
  func acceptPastedPhotos(_ receive: @escaping @MainActor (PhotoOffer) -> Void) -> GObjectRef {
    let keys = GObjectRef(adopting: gtk_event_controller_key_new())
    keys.on("key-pressed") { arguments in
      let isControl = arguments.flags(3) & GDK_CONTROL_MASK.rawValue != 0
      let isV = [UInt32(GDK_KEY_v), UInt32(GDK_KEY_V)].contains(arguments.uint(1))
      guard isControl, isV, let keys = arguments.object(0), let widget = gtk_event_controller_get_widget(.init(keys))
      else { return arguments.answer(false) }
      arguments.answer(readClipboard(of: widget, receive))
    }
    addController(keys)
    return keys
  }

  /// Calls `take` with every key and its modifiers that nothing inside the widget took; it says whether it took it.
  @discardableResult
  func onKey(_ take: @escaping @MainActor (UInt32, UInt32) -> Bool) -> GObjectRef {
    let keys = GObjectRef(adopting: gtk_event_controller_key_new())
    keys.on("key-pressed") { $0.answer(take($0.uint(1), $0.flags(3))) }
    addController(keys)
    return keys
  }
}

/// Whether there is something on the clipboard that may be a photo; if so it is delivered a little later.
@MainActor func readClipboard(of widget: WidgetPointer, _ receive: @escaping @MainActor (PhotoOffer) -> Void) -> Bool {
  guard let clipboard = gtk_widget_get_clipboard(widget), let offered = gdk_clipboard_get_formats(clipboard) else {
    return false
  }
  let formats = gdk_content_formats_union_deserialize_gtypes(gdk_content_formats_ref(offered))
  defer { gdk_content_formats_unref(formats) }
  guard let type = PhotoOffer.types.first(where: { gdk_content_formats_contain_gtype(formats, $0) != 0 }) else {
    return false
  }
  let waiting = Unmanaged.passRetained(ClipboardReader(receive)).toOpaque()
  gdk_clipboard_read_value_async(clipboard, type, Int32(G_PRIORITY_DEFAULT), nil, clipboardWasRead, waiting)
  return true
}

/// Waits for the clipboard's owner to send what was asked for.
@MainActor private final class ClipboardReader {
  let receive: @MainActor (PhotoOffer) -> Void
  init(_ receive: @escaping @MainActor (PhotoOffer) -> Void) { self.receive = receive }
}

private let clipboardWasRead: GAsyncReadyCallback = { clipboard, result, data in
  guard let clipboard, let data else { return }
  // Safe: GIO calls back on the main thread, where the read began (assumeIsolated checks it).
  nonisolated(unsafe) let source = OpaquePointer(clipboard), outcome = result, waiting = data
  MainActor.assumeIsolated {
    let reader = Unmanaged<ClipboardReader>.fromOpaque(waiting).takeRetainedValue()
    guard let value = gdk_clipboard_read_value_finish(source, outcome, nil) else { return }
    if let offer = PhotoOffer(value) { reader.receive(offer) }
  }
}
