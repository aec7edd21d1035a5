// What the person sent before, to be fetched back with the arrow keys as in a terminal. A value; any thread.
// The words that were being written when the walk began wait at its end, so that nothing typed is ever lost.

/// A walk through earlier messages, from the newest backwards.
struct ComposerHistory: Equatable {
  /// Oldest first, without repetitions that follow each other.
  private(set) var entries: [String] = []
  /// Where the walk is; nil: at what is being written.
  private var position: Int?
  private var unsent = ""

  /// Earlier messages of the project, oldest first. A walk under way goes on where it is.
  mutating func learn(_ messages: [String]) {
    var kept: [String] = []
    for message in messages where message != kept.last { kept.append(message) }
    guard kept != entries else { return }
    let current = position.map { entries[$0] }
    entries = kept
    position = current.flatMap { kept.lastIndex(of: $0) }
  }

  /// One message further back; nil at the oldest.
  /// - Parameter written: what the entry holds now.
  mutating func older(than written: String) -> String? {
    let next = (position ?? entries.count) - 1
    guard entries.indices.contains(next) else { return nil }
    if position == nil { unsent = written }
    position = next
    return entries[next]
  }

  /// One message forward, at last what was being written; nil where the walk has not begun.
  mutating func newer() -> String? {
    guard let position else { return nil }
    guard position + 1 < entries.count else {
      self.position = nil
      return unsent
    }
    self.position = position + 1
    return entries[position + 1]
  }

  /// The person wrote or sent something: the walk is over.
  mutating func end() {
    position = nil
    unsent = ""
  }
}
