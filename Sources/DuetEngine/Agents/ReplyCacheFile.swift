// Saved replies in one file, so that a lesson that was recorded with a network can be given without one.
// JSON, so that a teacher can read what is in it: questions, names of categories, replies; of photos only the
// beginnings of content hashes. Any thread but the main one. A file from elsewhere is a stranger's: every reply in
// it is checked by itself, and what does not pass is named and left out.

import Foundation

public enum ReplyCacheFile {
  /// The first words of the file, which no other program writes.
  private static let format = "duetml saved replies"
  private static let version = 1
  private static let byteLimit = 64 << 20

  private struct Head: Decodable {
    let format: String
    let version: Int
  }
  private struct Body: Encodable {
    let format: String
    let version: Int
    let replies: [SavedReply]
  }
  /// One reply that may be anything.
  private struct Stranger: Decodable {
    let saved: SavedReply?
    init(from decoder: any Decoder) throws { saved = try? SavedReply(from: decoder) }
  }
  private struct Strangers: Decodable { let replies: [Stranger] }

  /// What an import did.
  public struct Outcome: Sendable, Equatable {
    public struct Refused: Sendable, Equatable {
      /// Its place in the file, from 1.
      public let number: Int
      public let reason: ReplyTransferError
    }
    public var added = 0
    /// An older reply to the same was there.
    public var replaced = 0
    /// The same reply, or a newer one, was there.
    public var kept = 0
    public var refused: [Refused] = []
  }

  /// Writes every saved reply, oldest first, and says how many.
  ///
  /// - Throws: ``ReplyTransferError``.
  public static func write(_ cache: ReplyCache, to url: URL) throws(ReplyTransferError) -> Int {
    let replies = cache.all()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .secondsSince1970
    do {
      try encoder.encode(Body(format: format, version: version, replies: replies)).write(to: url, options: .atomic)
    } catch {
      throw .notWritten(url.path)
    }
    return replies.count
  }

  /// Puts the replies of a file among those of `cache`; of two to the same the newer one stays.
  ///
  /// - Throws: ``ReplyTransferError`` where nothing of the file can be used.
  public static func read(_ url: URL, into cache: ReplyCache) throws(ReplyTransferError) -> Outcome {
    let values = try? url.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
    guard let values, values.isRegularFile == true else { throw .notRead(url.path) }
    guard (values.fileSize ?? 0) <= byteLimit else { throw .tooLarge(url.path) }
    guard let data = try? Data(contentsOf: url) else { throw .notRead(url.path) }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .secondsSince1970
    guard let head = try? decoder.decode(Head.self, from: data), head.format == format else {
      throw .notReplies(url.path)
    }
    guard head.version <= version else { throw .newerVersion(url.path) }
    guard let strangers = try? decoder.decode(Strangers.self, from: data).replies else { throw .notReplies(url.path) }
    var outcome = Outcome()
    let now = cache.now()
    for (index, stranger) in strangers.enumerated() {
      do throws(ReplyTransferError) {
        guard let raw = stranger.saved else { throw .notPlausible("json") }
        try add(try raw.checked(), to: cache, now: now, &outcome)
      } catch {
        if case .notWritten = error { throw error }
        outcome.refused.append(.init(number: index + 1, reason: error))
      }
    }
    cache.prune()
    return outcome
  }

  private static func add(
    _ saved: SavedReply, to cache: ReplyCache, now: Date, _ outcome: inout Outcome
  ) throws(ReplyTransferError) {
    // A date in the future would make a reply the one that is never replaced and never pruned.
    let saved = SavedReply(
      meaning: saved.meaning, reply: saved.reply, model: saved.model, date: min(saved.date, now))
    let old = cache.existing(saved.meaning)
    if let old, old.date >= saved.date {
      outcome.kept += 1
      return
    }
    do { try cache.write(saved) } catch { throw .notWritten(cache.folder.path) }
    if old == nil { outcome.added += 1 } else { outcome.replaced += 1 }
  }
}

/// Why saved replies were not moved.
public enum ReplyTransferError: Error, Sendable, Equatable {
  case notRead(String)
  case tooLarge(String)
  case notReplies(String)
  case newerVersion(String)
  case notWritten(String)
  /// The part of a reply that this app would not have written so.
  case notPlausible(String)

  /// One sentence with the next step.
  public var message: String {
    switch self {
    case .notRead(let path):
      L("{path} cannot be read. Check that it is there and that it is a file.", ["path": path])
    case .tooLarge(let path):
      L("{path} is too large for a file of saved replies. Check that it is the right one.", ["path": path])
    case .notReplies(let path):
      L("{path} holds no saved replies. Make such a file with: duet cache export FILE", ["path": path])
    case .newerVersion(let path):
      L("{path} was made by a newer DuetML. Update the app to use it.", ["path": path])
    case .notWritten(let path):
      L("{path} could not be written. Check that the folder is yours and that the disk is not full.", ["path": path])
    case .notPlausible(let part):
      L("A reply was left out, because its part “{part}” is damaged. Export it again where it was made.",
        ["part": part])
    }
  }
}
