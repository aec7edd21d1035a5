// Signals to Swift closures, all signatures through one trampoline. Main thread: GTK emits there.
// The GClosure owns a SignalBox, which owns the Swift closure; the finalize notifier frees both.

import CGtk

typealias SignalHandler = @MainActor (SignalArguments) -> Void

/// Arguments of one emission. Valid only inside the handler. Index 0 is the emitting object.
struct SignalArguments {
  fileprivate let result: UnsafeMutablePointer<GValue>?
  fileprivate let values: UnsafePointer<GValue>
  let count: Int

  /// Borrowed.
  func object(_ index: Int) -> OpaquePointer? { g_value_get_object(values + index).map { OpaquePointer($0) } }
  func int(_ index: Int) -> Int { Int(g_value_get_int(values + index)) }
  func uint(_ index: Int) -> UInt32 { g_value_get_uint(values + index) }
  func double(_ index: Int) -> Double { g_value_get_double(values + index) }
  func string(_ index: Int) -> String? { g_value_get_string(values + index).map { String(cString: $0) } }
  func flags(_ index: Int) -> UInt32 { g_value_get_flags(values + index) }
  /// Of an argument that itself is a GValue, as in "drop". Borrowed.
  func value(_ index: Int) -> UnsafePointer<GValue>? {
    g_value_get_boxed(values + index).map { UnsafePointer($0.assumingMemoryBound(to: GValue.self)) }
  }
  /// Of a boxed argument other than a GValue. Borrowed.
  func boxed(_ index: Int) -> OpaquePointer? { g_value_get_boxed(values + index).map { OpaquePointer($0) } }
  /// Of a GVariant argument, such as an action's parameter, which must hold a 64-bit integer.
  func int64(_ index: Int) -> Int64? {
    guard let variant = g_value_get_variant(values + index) else { return nil }
    return g_variant_classify(variant) == G_VARIANT_CLASS_INT64 ? Int64(g_variant_get_int64(variant)) : nil
  }

  /// The handler's answer, for signals that want a boolean.
  func answer(_ yes: Bool) { if let result { g_value_set_boolean(result, yes ? 1 : 0) } }
  /// The handler's answer, for signals that want flags, such as a drag action.
  func answer(flags: UInt32) { if let result { g_value_set_flags(result, flags) } }
  /// The handler's answer, for signals that want a new object; takes over the caller's reference.
  func answer(adopting object: OpaquePointer?) {
    if let result { g_value_take_object(result, object.map { UnsafeMutableRawPointer($0) }) }
  }
}

/// Owns one handler. `live` counts those not freed yet, so that tests can see a leak.
@MainActor final class SignalBox {
  static private(set) var live = 0
  fileprivate let handler: SignalHandler

  fileprivate init(_ handler: @escaping SignalHandler) {
    self.handler = handler
    SignalBox.live += 1
  }
  isolated deinit { SignalBox.live -= 1 }
}

/// Connects `handler` to `signal` of a borrowed GObject. Returns the handler's id.
@MainActor @discardableResult
func connectSignal(
  of object: UnsafeMutableRawPointer, _ signal: String, after: Bool = false, _ handler: @escaping SignalHandler
) -> UInt {
  let box = Unmanaged.passRetained(SignalBox(handler)).toOpaque()
  guard let closure = g_closure_new_simple(UInt32(MemoryLayout<GClosure>.size), box) else {
    preconditionFailure("GLib has no memory for a closure")
  }
  g_closure_add_finalize_notifier(closure, box, releaseSignalBox)
  g_closure_set_marshal(closure, callSignalBox)
  return g_signal_connect_closure(object, signal, closure, after ? 1 : 0)
}

private let releaseSignalBox: GClosureNotify = { box, _ in
  if let box { Unmanaged<SignalBox>.fromOpaque(box).release() }
}

private let callSignalBox: GClosureMarshal = { closure, result, count, values, _, _ in
  guard let box = closure?.pointee.data, let values else { return }
  let wanted = result.flatMap { $0.pointee.g_type == 0 ? nil : $0 }
  // Safe: GTK emits on the main thread only (assumeIsolated checks it), and nothing outlives this call.
  nonisolated(unsafe) let arguments = SignalArguments(result: wanted, values: values, count: Int(count))
  // Safe for the same reason.
  nonisolated(unsafe) let payload = box
  MainActor.assumeIsolated {
    Unmanaged<SignalBox>.fromOpaque(payload).takeUnretainedValue().handler(arguments)
  }
}
