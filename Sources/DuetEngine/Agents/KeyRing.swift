// The assistant's key in the desktop keyring, through libsecret. Its calls wait for D-Bus and perhaps for
// the person to unlock the keyring, so they run on a Dispatch queue, never on the main thread or on the
// threads that Swift's tasks share. Every C object made here is released here.

import CSecret
import Foundation

enum KeyRing {
  /// The key saved for an address, nil if there is none. Throws `SettingsError.keyringUnavailable`.
  static func key(for address: String) async throws -> String? {
    try await call(address) { entry, error in
      guard let secret = secret_password_lookupv_sync(entry.schema, entry.attributes, entry.patience, &error)
      else { return nil }
      defer { secret_password_free(secret) }
      return String(cString: secret)
    }
  }

  static func store(_ key: String, for address: String) async throws {
    let label = L("Key of the assistant at {address} (DuetML)", ["address": address])
    let stored = try await call(address) { entry, error in
      secret_password_storev_sync(
        entry.schema, entry.attributes, SECRET_COLLECTION_DEFAULT, label, key, entry.patience, &error) != 0
    }
    guard stored else { throw SettingsError.keyringUnavailable }
  }

  /// Removing a key that is not there is no error.
  static func forget(_ address: String) async throws {
    _ = try await call(address) { entry, error in
      secret_password_clearv_sync(entry.schema, entry.attributes, entry.patience, &error) != 0
    }
  }

  private static let queue = DispatchQueue(label: "duetml.keyring", qos: .userInitiated)
  /// Seconds after which a keyring that does not answer counts as absent.
  private static let limit = 25.0

  /// What libsecret calls one entry: the kind of thing, which one, and the means to give up waiting.
  private struct Entry {
    let schema: UnsafeMutablePointer<SecretSchema>
    let attributes: OpaquePointer
    let patience: UnsafeMutablePointer<GCancellable>
  }

  private static func call<Value: Sendable>(
    _ address: String,
    _ work: @escaping @Sendable (Entry, inout UnsafeMutablePointer<GError>?) -> Value
  ) async throws -> Value {
    let result: Result<Value, SettingsError> = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: onQueue(address, work)) }
    }
    return try result.get()
  }

  private static func onQueue<Value: Sendable>(
    _ address: String, _ work: (Entry, inout UnsafeMutablePointer<GError>?) -> Value
  ) -> Result<Value, SettingsError> {
    let names = table()
    defer { g_hash_table_unref(names) }
    // In libsecret the type of an attribute is the table's value itself; a string is 0, a null pointer.
    g_hash_table_insert(names, g_strdup("address"), nil)
    let attributes = table()
    defer { g_hash_table_unref(attributes) }
    g_hash_table_insert(attributes, g_strdup("address"), g_strdup(address))
    guard let schema = secret_schema_newv("org.duetml.AssistantKey", SECRET_SCHEMA_NONE, names),
      let attributes, let patience = g_cancellable_new()
    else { return .failure(.keyringUnavailable) }
    defer { secret_schema_unref(schema) }

    let alarm = Alarm(patience)
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
    timer.schedule(deadline: .now() + limit)
    timer.setEventHandler { alarm.ring() }
    timer.activate()
    defer { timer.cancel() }

    var error: UnsafeMutablePointer<GError>?
    let value = work(Entry(schema: schema, attributes: attributes, patience: patience), &error)
    if let error {
      g_error_free(error)
      return .failure(.keyringUnavailable)
    }
    return .success(value)
  }

  /// A table that frees its own strings.
  private static func table() -> OpaquePointer? {
    g_hash_table_new_full(g_str_hash, g_str_equal, { g_free($0) }, { g_free($0) })
  }

  /// Owns one reference to a GCancellable and may cancel it.
  // Safe to send: GCancellable is documented as thread-safe, and the reference is dropped once, in deinit.
  private final class Alarm: @unchecked Sendable {
    private let cancellable: UnsafeMutablePointer<GCancellable>
    init(_ cancellable: UnsafeMutablePointer<GCancellable>) { self.cancellable = cancellable }
    func ring() { g_cancellable_cancel(cancellable) }
    deinit { g_object_unref(cancellable) }
  }
}
