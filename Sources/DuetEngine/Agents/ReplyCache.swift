// Replies that came over the network, kept for the next time the same is asked without one.
// One small JSON file a reply, named by its meaning's key, below $XDG_CACHE_HOME/duetml/replies; at most so many and
// so large that a classroom's year fits, the oldest go first. Which reply is found: see `ReplyMeaning`.
// Any thread but the main one: it reads and writes files. A damaged file is no reply.

import Foundation

public struct ReplyCache: Sendable {
  /// The most replies that are kept, and the most bytes they may have together.
  public static let countLimit = 500
  public static let byteLimit = 16 << 20
  /// The largest file that is read, in bytes.
  private static let fileLimit = 256 << 10

  let folder: URL
  let now: @Sendable () -> Date

  public init(folder: URL? = nil, now: @escaping @Sendable () -> Date = { Date() }) {
    self.folder =
      folder
      ?? Folders.base("XDG_CACHE_HOME", otherwise: ".cache", environment: ProcessInfo.processInfo.environment)
      .appendingPathComponent("duetml/replies")
    self.now = now
  }

  /// The saved reply for the same situation, nil if there is none.
  /// - Parameter said: replies that must not be given again.
  public func reply(for meaning: ReplyMeaning, except said: Set<String> = []) -> String? {
    if let exact = read(file(for: meaning.key)), exact.meaning == meaning, !said.contains(exact.reply) {
      return exact.reply
    }
    // Oldest first, and the rest by key: of equally near ones the latest stays.
    var best: (difference: Int, reply: String)?
    for saved in all() where !said.contains(saved.reply) {
      guard let difference = saved.meaning.difference(from: meaning), difference <= best?.difference ?? .max
      else { continue }
      best = (difference, saved.reply)
    }
    return best?.reply
  }

  /// Keeps a reply and prunes. A cache that cannot be written is only a slower one, so this reports nothing.
  public func store(_ reply: String, for meaning: ReplyMeaning, model: String? = nil) {
    let saved = SavedReply(meaning: meaning, reply: reply, model: model, date: now())
    guard (try? write(saved)) != nil else { return }
    prune()
  }

  /// Everything that is kept, oldest first; damaged files are left out.
  public func all() -> [SavedReply] {
    files().compactMap { read($0.url) }
      .sorted { ($0.date, $0.meaning.key) < ($1.date, $1.meaning.key) }
  }

  /// - Throws: whatever the file system says.
  func write(_ saved: SavedReply) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // What was asked about someone's photos is nobody else's business.
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = file(for: saved.meaning.key)
    try encoder.encode(saved).write(to: file, options: .atomic)
    // The file's date is the reply's, so that pruning need not open anything.
    try FileManager.default.setAttributes([.modificationDate: saved.date], ofItemAtPath: file.path)
  }

  func existing(_ meaning: ReplyMeaning) -> SavedReply? { read(file(for: meaning.key)) }

  /// Removes the oldest replies until count and bytes are within their limits.
  func prune(count: Int = countLimit, bytes: Int = byteLimit) {
    var kept = files()
    var size = kept.reduce(0) { $0 + $1.bytes }
    kept.sort { ($0.date, $0.url.lastPathComponent) > ($1.date, $1.url.lastPathComponent) }
    while let oldest = kept.last, kept.count > count || size > bytes {
      try? FileManager.default.removeItem(at: oldest.url)
      size -= oldest.bytes
      kept.removeLast()
    }
  }

  private struct File {
    let url: URL
    let date: Date
    let bytes: Int
  }

  private func files() -> [File] {
    let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey, .isRegularFileKey]
    let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))
    return (found ?? []).filter { $0.pathExtension == "json" }.compactMap { url in
      guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true else { return nil }
      return File(url: url, date: values.contentModificationDate ?? .distantPast, bytes: values.fileSize ?? 0)
    }
  }

  private func read(_ file: URL) -> SavedReply? {
    guard let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize, size <= Self.fileLimit,
      let data = try? Data(contentsOf: file), let saved = try? JSONDecoder().decode(SavedReply.self, from: data),
      // A file is never taken for another question's reply.
      file.lastPathComponent == "\(saved.meaning.key).json"
    else { return nil }
    return try? saved.checked()
  }

  private func file(for key: String) -> URL { folder.appendingPathComponent("\(key).json") }
}
