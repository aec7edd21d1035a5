// Ownership of GObjects from Swift. Main thread: GTK is not thread-safe, so the last unref must happen there
// too; `isolated deinit` sees to that even when a background task held the last Swift reference.
// One GObjectRef owns exactly one GObject reference.

import CGtk

/// Owns one reference to a GObject.
@MainActor class GObjectRef {
  /// The object, borrowed: valid as long as this reference lives.
  let pointer: OpaquePointer

  /// Takes over a reference that the caller owns ("transfer full", not floating).
  init(adopting object: OpaquePointer!) {
    guard let object else { preconditionFailure("GTK returned no object to own") }
    pointer = object
  }

  /// Adds a reference of its own ("transfer none"), or takes a floating one.
  init(retaining object: OpaquePointer!) {
    guard let object else { preconditionFailure("GTK returned no object to refer to") }
    pointer = object
    g_object_ref_sink(UnsafeMutableRawPointer(object))
  }

  /// For types whose C struct is public, such as GtkWidget.
  convenience init<Object>(adopting object: UnsafeMutablePointer<Object>!) {
    self.init(adopting: OpaquePointer(object))
  }
  /// For types whose C struct is public, such as GtkWidget.
  convenience init<Object>(retaining object: UnsafeMutablePointer<Object>!) {
    self.init(retaining: OpaquePointer(object))
  }

  isolated deinit { g_object_unref(UnsafeMutableRawPointer(pointer)) }

  /// For functions that take a `gpointer`.
  var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(pointer) }

  /// For functions that take a pointer to a public struct, such as `GtkBox`. The caller knows the type.
  func cast<Object>() -> UnsafeMutablePointer<Object> { UnsafeMutablePointer(pointer) }

  /// Calls `handler` at every emission of `signal`, until the object is finalised.
  ///
  /// The object owns the handler: capture owners weakly, and never this reference itself, or both leak.
  @discardableResult
  func on(_ signal: String, after: Bool = false, _ handler: @escaping SignalHandler) -> UInt {
    connectSignal(of: raw, signal, after: after, handler)
  }
}
