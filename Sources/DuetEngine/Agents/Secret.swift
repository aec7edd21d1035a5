// The assistant's key on its way to a request: a value that no description, dump or crash message shows. Any thread.

/// Text that is used and never shown.
struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let value: String
  var description: String { "(secret)" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension AssistantSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Everything but the key.
  public var description: String {
    "\(baseURL ?? "offline"), model \(model ?? "any"), \(apiKey == nil ? "no key" : "with a key"), \(language)"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["settings": description]) }
}
