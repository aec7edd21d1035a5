// Runs and the session on disk, as JSON files below `$XDG_DATA_HOME/duetml/boundary`. An actor: one file operation at a
// time, none on the main thread. A file is written beside its place and moved there, so a torn one is never read.

import Foundation

public actor BoundaryRunStore {
  private static let mostBytes = 64 * 1024 * 1024

  private let folder: URL

  public init(folder: URL = ProjectLocation.dataFolder.appendingPathComponent("boundary")) {
    self.folder = folder
  }

  private var runsFolder: URL { folder.appendingPathComponent("runs") }
  private var sessionFile: URL { folder.appendingPathComponent("session.json") }
  private func file(_ id: BoundaryRun.ID) -> URL { runsFolder.appendingPathComponent("\(id.uuidString).json") }

  // MARK: The session

  /// The state at the end of the last session; nil where there was none. One that cannot be read is moved aside and
  /// not overwritten.
  public func session() -> BoundaryState? {
    guard FileManager.default.fileExists(atPath: sessionFile.path) else { return nil }
    if let run = try? read(sessionFile, name: "session") { return run.state }
    let aside = folder.appendingPathComponent("session-damaged-\(UUID().uuidString).json")
    try? FileManager.default.moveItem(at: sessionFile, to: aside)
    return nil
  }

  public func keep(_ state: BoundaryState) throws(BoundaryError) {
    let run = BoundaryRun(name: "session", date: Date(timeIntervalSince1970: 0), state: state)
    try write(run, to: sessionFile)
  }

  // MARK: Runs

  /// All runs that can be read, the newest first, and the names of files that cannot.
  public func runs() -> (summaries: [BoundaryRun.Summary], damaged: [String]) {
    let files = (try? FileManager.default.contentsOfDirectory(at: runsFolder, includingPropertiesForKeys: nil)) ?? []
    var summaries: [BoundaryRun.Summary] = []
    var damaged: [String] = []
    for file in files where file.pathExtension == "json" {
      if let run = try? read(file, name: file.lastPathComponent) {
        summaries.append(run.summary)
      } else {
        damaged.append(file.lastPathComponent)
      }
    }
    summaries.sort { ($0.date, $0.id.uuidString) > ($1.date, $1.id.uuidString) }
    return (summaries, damaged.sorted())
  }

  public func save(_ run: BoundaryRun) throws(BoundaryError) { try write(run, to: file(run.id)) }

  public func load(_ id: BoundaryRun.ID) throws(BoundaryError) -> BoundaryRun {
    guard FileManager.default.fileExists(atPath: file(id).path) else { throw .noSuchRun(name: id.uuidString) }
    return try read(file(id), name: id.uuidString)
  }

  public func rename(_ id: BoundaryRun.ID, to name: String) throws(BoundaryError) {
    var run = try load(id)
    run.name = name
    try write(run, to: file(id))
  }

  public func delete(_ id: BoundaryRun.ID) throws(BoundaryError) {
    do {
      try FileManager.default.removeItem(at: file(id))
    } catch {
      throw .noSuchRun(name: id.uuidString)
    }
  }

  /// Writes the run, data, arrows, curves and times included, to `url`.
  public func export(_ id: BoundaryRun.ID, to url: URL) throws(BoundaryError) {
    try write(try load(id), to: url, readable: true)
  }

  // MARK: Files

  private func read(_ url: URL, name: String) throws(BoundaryError) -> BoundaryRun {
    let size = (try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int) ?? 0
    guard size <= Self.mostBytes, let data = try? Data(contentsOf: url),
      let run = try? BoundaryJSON.decoder.decode(BoundaryRun.self, from: data), run.isSound
    else { throw .damagedRun(name: name) }
    return run
  }

  private func write(_ run: BoundaryRun, to url: URL, readable: Bool = false) throws(BoundaryError) {
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try BoundaryJSON.encoder(readable: readable).encode(run).write(to: url, options: .atomic)
    } catch {
      throw .notWritten(name: url.lastPathComponent)
    }
  }
}

/// Doubles are written so that reading gives the same bits; dates are seconds since 1970, UTC.
enum BoundaryJSON {
  static func encoder(readable: Bool) -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .secondsSince1970
    encoder.outputFormatting = readable ? [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes] : [.sortedKeys]
    return encoder
  }

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .secondsSince1970
    return decoder
  }
}
