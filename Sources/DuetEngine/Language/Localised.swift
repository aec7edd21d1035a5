// Every sentence a person reads comes through `L`, from its first day.
// Any thread: gettext's look-up is thread-safe once the domain is bound at start-up.
// Values go in by name, `{count}`, so that a translation may move them.

import CIntl

/// Placeholder values by name. Numbers are written as they are; give text already in its final form.
public typealias LocalisedValues = [String: any CustomStringConvertible & Sendable]

/// The translation of `key` into the desktop's language, with `{name}` placeholders filled in.
///
/// Names are replaced once, left to right; text inside a value is never looked at again, so a
/// category called `{count}` stays what it is.
public func L(_ key: String, _ values: LocalisedValues = [:]) -> String {
  guard !key.isEmpty else { return "" }  // gettext answers the empty key with its catalogue header
  // Without a translation gettext answers with the very pointer it was given, so the key must still be alive.
  let text = key.withCString { String(cString: dgettext(TextDomain.name, $0)) }
  return fill(text, values)
}

/// As ``L(_:_:)`` with a form for one and a form for many. `{count}` is filled in with `count`.
public func LN(_ one: String, _ many: String, _ count: Int, _ values: LocalisedValues = [:]) -> String {
  let text = one.withCString { one in
    many.withCString { many in String(cString: dngettext(TextDomain.name, one, many, UInt(max(0, count)))) }
  }
  return fill(text, values.merging(["count": count]) { own, _ in own })
}

/// The catalogue of translations of this app.
public enum TextDomain {
  public static let name = "duetml"

  /// Takes the user's locale and binds the catalogues below `directory` (`<lang>/LC_MESSAGES/duetml.mo`).
  /// Call once, on the main thread, before any other thread starts.
  public static func bind(directory: String) {
    setlocale(LC_ALL, "")
    setlocale(LC_NUMERIC, "C")  // JSON and SQLite write numbers through the C library
    bindtextdomain(name, directory)
    bind_textdomain_codeset(name, "UTF-8")
  }
}

private func fill(_ template: String, _ values: LocalisedValues) -> String {
  guard !values.isEmpty, template.contains("{") else { return template }
  var result = ""
  var rest = template[...]
  while let open = rest.firstIndex(of: "{") {
    result += rest[..<open]
    let tail = rest[open...]
    guard let close = tail.firstIndex(of: "}") else { return result + tail }
    let name = String(tail[tail.index(after: open)..<close])
    result += values[name]?.description ?? String(tail[...close])
    rest = tail[tail.index(after: close)...]
  }
  return result + rest
}
