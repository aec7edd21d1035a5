// Replies that came over the network, kept for the next time the same is asked without one.
// One small JSON file a reply, named by its meaning's key, below $XDG_CACHE_HOME/duetml/replies.
// Any thread but the main one: it reads and writes files. A damaged file is no reply.

import Foundation

public struct ReplyCache: Sendable {
  private struct Entry: Codable {
    /// The whole meaning, compared on reading: a file is never taken for another question's reply.
    var meaning: ReplyMeaning
    var reply: String
  }

  /// The largest file that is read, in bytes.
  private static let fileLimit = 1 << 20

  let folder: URL

  public init(folder: URL? = nil) {
    self.folder =
      folder
      ?? Folders.base("XDG_CACHE_HOME", otherwise: ".cache", environment: ProcessInfo.processInfo.environment)
      .appendingPathComponent("duetml/replies")
  }

  public func reply(for meaning: ReplyMeaning) -> String? {
    let file = file(for: meaning)
    guard let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize, size <= Self.fileLimit,
      let data = try? Data(contentsOf: file), let entry = try? JSONDecoder().decode(Entry.self, from: data),
      entry.meaning == meaning
    else { return nil }
    let text = ReplyText.cleaned(entry.reply)
    return text.isEmpty ? nil : text
  }

  /// A cache that cannot be written is only a slower one, so this reports nothing.
  public func store(_ reply: String, for meaning: ReplyMeaning) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let data = try? encoder.encode(Entry(meaning: meaning, reply: reply)) else { return }
    // What was asked about someone's photos is nobody else's business.
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? data.write(to: file(for: meaning), options: .atomic)
  }

  private func file(for meaning: ReplyMeaning) -> URL { folder.appendingPathComponent("\(meaning.key).json") }
}
