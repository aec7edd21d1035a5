// Texts and what was done with them on disk, as JSON below `$XDG_DATA_HOME/duetml/boundary/texts`: a set is written
// once, under the digest of its reviews; the work on it after every change. An actor: one file operation at a time,
// none on the main thread. A file is written beside its place and moved there, so a torn one is never read.

import CGdkPixbuf
import Foundation

public actor TextStore {
  private static let mostBytes = 256 << 20

  private let folder: URL

  public init(folder: URL = ProjectLocation.dataFolder.appendingPathComponent("boundary/texts")) {
    self.folder = folder
  }

  private var currentFile: URL { folder.appendingPathComponent("current") }
  private func setFile(_ digest: String) -> URL { folder.appendingPathComponent("\(digest).set.json") }
  private func workFile(_ digest: String) -> URL { folder.appendingPathComponent("\(digest).work.json") }

  /// What a set is kept under: equal reviews, equal digest.
  nonisolated static func digest(of set: TextSet) -> String {
    let cells = set.labels + set.reviews.flatMap { ["\($0.label) \($0.isHeldOut)", $0.text, $0.edit ?? ""] }
    // Lengths keep "a", "bc" apart from "ab", "c".
    let text = cells.map { "\($0.utf8.count):\($0)" }.joined()
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, text.utf8.count).map { sum in
      defer { g_free(sum) }
      return String(cString: sum)
    } ?? "\(set.reviews.count)"
  }

  /// The set that was open last, with the work on it; nil where there was none, or it cannot be read.
  func last() -> (set: TextSet, work: TextWork, digest: String)? {
    guard let text = try? String(contentsOf: currentFile, encoding: .utf8), isDigest(text),
      let set = read(TextSet.self, from: setFile(text)), set.labels.count == 2
    else { return nil }
    return (set, work(on: set, text), text)
  }

  /// Makes this set the one that opens next time.
  /// - Returns: what was done with it before, or the edits that it came with; and what its work is kept under.
  func use(_ set: TextSet) throws(TextError) -> (work: TextWork, digest: String) {
    let digest = Self.digest(of: set)
    try write(set, to: setFile(digest))
    try write(Data(digest.utf8), to: currentFile)
    return (work(on: set, digest), digest)
  }

  private func work(on set: TextSet, _ digest: String) -> TextWork {
    let file = workFile(digest)
    guard FileManager.default.fileExists(atPath: file.path) else { return TextWork(of: set) }
    if let work = read(TextWork.self, from: file), work.fits(set) { return work }
    // Not overwritten: somebody may be able to save something from it.
    let aside = folder.appendingPathComponent("damaged-\(UUID().uuidString).json")
    try? FileManager.default.moveItem(at: file, to: aside)
    return TextWork(of: set)
  }

  func keep(_ work: TextWork, digest: String) throws(TextError) { try write(work, to: workFile(digest)) }

  private func isDigest(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy(\.isHexDigit) }

  private func read<Value: Decodable>(_ type: Value.Type, from url: URL) -> Value? {
    let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? 0
    guard size <= Self.mostBytes, let data = try? Data(contentsOf: url) else { return nil }
    return try? BoundaryJSON.decoder.decode(type, from: data)
  }

  private func write(_ value: some Encodable, to url: URL) throws(TextError) {
    do {
      try write(try BoundaryJSON.encoder(readable: false).encode(value), to: url)
    } catch let error as TextError {
      throw error
    } catch {
      throw .cannotSave(reason: "\(error)")
    }
  }

  private func write(_ data: Data, to url: URL) throws(TextError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try data.write(to: url, options: .atomic)
    } catch {
      throw .cannotSave(reason: error.localizedDescription)
    }
  }
}
