// What comes out of the project file: the snapshot, pictures, features, the training set, the model.
// Runs on the store's actor. Rows of a stranger's file are checked before they are believed.

import CGdkPixbuf
import Foundation

extension ProjectStore {
  func readSnapshot() throws -> ProjectSnapshot {
    let settings = try readSettings()
    let titles = try undoTitles()
    let categories = try readCategories()
    let model = try readModelState(fingerprint: Fingerprint(categories: categories, extractor: try extractor()))
    return ProjectSnapshot(
      activity: Int(try database.value("SELECT count(*) FROM log WHERE is_activity = 1").integer ?? 0),
      goal: settings["goal"],
      categories: categories,
      model: model,
      test: try readTest(),
      messages: try readMessages(),
      activeAssistantIsOn: settings["active assistant"] != "off",
      undoTitle: titles.undo,
      redoTitle: titles.redo,
      sheetSeed: UInt64(settings["sheet seed"] ?? "") ?? 0,
      isDemo: settings["demo"] == "yes",
      photosSent: Int(try database.value("SELECT coalesce(sum(photos), 0) FROM request").integer ?? 0),
      consentedHosts: Set(settings.keys.filter { $0.hasPrefix("consent ") }.map { String($0.dropFirst(8)) }))
  }

  private func readSettings() throws -> [String: String] {
    if try database.value("SELECT 1 FROM setting WHERE key = 'sheet seed'") == .null {
      try setSetting("sheet seed", String(UInt64.random(in: 1 ... UInt64.max)))
    }
    var settings: [String: String] = [:]
    try database.rows("SELECT key, value FROM setting") { settings[$0.text(0)] = $0.text(1) }
    return settings
  }

  private func readCategories() throws -> [Category] {
    var photos: [CategoryID: [Photo]] = [:]
    try database.rows(
      """
      SELECT photo.category_id, photo.id, photo.name, photo.content_hash, feature.content_hash IS NOT NULL
      FROM photo LEFT JOIN feature ON feature.content_hash = photo.content_hash AND feature.extractor = ?
      WHERE photo.removed = 0 AND photo.category_id IS NOT NULL ORDER BY photo.id
      """, [.text(try extractor().rawValue)]
    ) { row in
      let photo = Photo(
        id: PhotoID(row.integer(1)), name: row.text(2), contentHash: row.text(3), hasFeatures: row.integer(4) == 1)
      photos[CategoryID(row.integer(0)), default: []].append(photo)
    }
    var categories: [Category] = []
    try database.rows("SELECT id, name FROM category WHERE removed = 0 ORDER BY position, id") { row in
      let id = CategoryID(row.integer(0))
      categories.append(Category(id: id, name: row.text(1), photos: photos[id] ?? []))
    }
    return categories
  }

  private func readModelState(fingerprint: Fingerprint) throws -> ModelState? {
    var state: ModelState?
    try database.rows(
      "SELECT trained_at, seconds, photo_count, fingerprint, categories FROM model ORDER BY id DESC LIMIT 1"
    ) { row in
      guard let categories = try? Self.decoded([CategoryID].self, row.text(4)) else { return }
      state = ModelState(
        trainedAt: Date(timeIntervalSince1970: row.real(0)), seconds: row.real(1), photoCount: Int(row.integer(2)),
        categories: categories, matchesPhotos: row.text(3) == fingerprint.digest)
    }
    return state
  }

  private func readTest() throws -> TestState? {
    var state: TestState?
    let newest = try database.value("SELECT max(id) FROM model")
    try database.rows(
      """
      SELECT photo.id, photo.name, photo.content_hash, test.prediction, test.model_id, test.cleared
      FROM test JOIN photo ON photo.id = test.photo_id ORDER BY test.id DESC LIMIT 1
      """
    ) { row in
      guard row.integer(5) == 0 else { return }
      let prediction = row.isNull(3) ? nil : try? Self.decoded(Prediction.self, row.text(3))
      state = TestState(
        photo: PhotoID(row.integer(0)), name: row.text(1), contentHash: row.text(2), prediction: prediction,
        isCurrent: row.value(4) == newest)
    }
    return state
  }

  private func readMessages() throws -> [ChatMessage] {
    var messages: [ChatMessage] = []
    try database.rows("SELECT id, author, purpose, text, source, at FROM message ORDER BY sequence") { row in
      guard let id = UUID(uuidString: row.text(0)), let author = ChatMessage.Author(rawValue: row.text(1)),
        let purpose = ChatMessage.Purpose(rawValue: row.text(2))
      else { return }
      messages.append(
        ChatMessage(
          id: id, author: author, purpose: purpose, text: row.text(3),
          source: ChatMessage.Source(rawValue: row.text(4)), date: Date(timeIntervalSince1970: row.real(5))))
    }
    return messages
  }

  // MARK: Pictures, features, model

  public func thumbnail(_ photo: PhotoID) throws -> Data? { try picture(photo, column: "thumbnail") }
  public func copy(_ photo: PhotoID) throws -> Data? { try picture(photo, column: "copy") }

  private func picture(_ photo: PhotoID, column: String) throws -> Data? {
    try translatingErrors {
      try database.value(
        "SELECT \(column) FROM picture JOIN photo USING (content_hash) WHERE photo.id = ?",
        [.integer(photo.rawValue)]
      ).blob
    }
  }

  /// The network that this project's features come from.
  func extractor() throws -> ExtractorID {
    try database.value("SELECT value FROM setting WHERE key = 'extractor'").text
      .flatMap(ExtractorID.init(rawValue:)) ?? .standard
  }

  public func usedExtractor() throws -> ExtractorID { try translatingErrors { try extractor() } }

  public func setExtractor(_ id: ExtractorID) throws -> VersionedSnapshot {
    try change { try setSetting("extractor", id.rawValue) }
  }

  /// Keeps feature vectors by content; vectors of a wrong length are a programmer's error.
  public func keep(_ features: [String: [Float]], extractor: ExtractorID) throws {
    try translatingErrors {
      for (hash, vector) in features.sorted(by: { $0.key < $1.key }) {
        precondition(vector.count == ExtractorID.dimension, "a feature vector has \(ExtractorID.dimension) values")
        let bytes = vector.withUnsafeBytes { Data($0) }
        try database.run(
          "INSERT OR IGNORE INTO feature (content_hash, extractor, vector) VALUES (?, ?, ?)",
          [.text(hash), .text(extractor.rawValue), .blob(bytes)])
      }
    }
  }

  public func features(contentHash: String) throws -> [Float]? {
    try translatingErrors {
      var found: [Float]?
      try database.rows(
        "SELECT vector FROM feature WHERE content_hash = ? AND extractor = ?",
        [.text(contentHash), .text(try extractor().rawValue)]
      ) { found = $0.floats(0) }
      return found
    }
  }

  /// Copies of the photos that the project's extractor has not looked at yet, at most `limit`.
  public func copiesWithoutFeatures(limit: Int) throws -> [(contentHash: String, name: String, copy: Data)] {
    try translatingErrors {
      var copies: [(String, String, Data)] = []
      try database.rows(
        """
        SELECT picture.content_hash, min(photo.name), picture.copy
        FROM photo JOIN picture USING (content_hash)
        WHERE photo.removed = 0 AND NOT EXISTS (
          SELECT 1 FROM feature WHERE feature.content_hash = picture.content_hash AND feature.extractor = ?)
        GROUP BY picture.content_hash ORDER BY picture.content_hash LIMIT ?
        """, [.text(try extractor().rawValue), .integer(Int64(limit))]
      ) { copies.append(($0.text(0), $0.text(1), $0.blob(2))) }
      return copies
    }
  }

  /// Every photo that has features, with its category's place in the user's order as label.
  public func trainingSet() throws -> TrainingSet {
    try translatingErrors {
      let categories = try readCategories().filter { !$0.photos.isEmpty }
      let labels = Dictionary(uniqueKeysWithValues: categories.enumerated().map { ($1.id.rawValue, $0) })
      var photos: [PhotoID] = []
      var rows: [Int] = []
      var features: [Float] = []
      try database.rows(
        """
        SELECT photo.id, photo.category_id, feature.vector
        FROM photo JOIN feature ON feature.content_hash = photo.content_hash AND feature.extractor = ?
        WHERE photo.removed = 0 AND photo.category_id IS NOT NULL ORDER BY photo.content_hash, photo.id
        """, [.text(try extractor().rawValue)]
      ) { row in
        guard let label = labels[row.integer(1)] else { return }
        photos.append(PhotoID(row.integer(0)))
        rows.append(label)
        features += row.floats(2)
      }
      return TrainingSet(
        categories: categories.map(\.id), photos: photos, labels: rows, features: features,
        dimension: ExtractorID.dimension)
    }
  }

  public func model() throws -> TrainedModel? {
    try translatingErrors {
      try database.value("SELECT data FROM model ORDER BY id DESC LIMIT 1").blob
        .flatMap { try? TrainedModel(decoding: $0) }
    }
  }

  func fingerprint() throws -> Fingerprint {
    Fingerprint(categories: try readCategories(), extractor: try extractor())
  }

  // MARK: The ledger

  /// Writes a request to an assistant down before its first byte is sent.
  public func recordRequest(host: String, bytes: Int, photos: Int, purpose: String) throws -> VersionedSnapshot {
    try change {
      try database.run(
        "INSERT INTO request (at, host, bytes, photos, purpose) VALUES (?, ?, ?, ?, ?)",
        [
          .real(now().timeIntervalSince1970), .text(host), .integer(Int64(bytes)), .integer(Int64(photos)),
          .text(purpose),
        ])
    }
  }

  /// A complete copy of the project in a new file at `url`, written beside it first and then renamed.
  public func writeCopy(to url: URL) throws {
    let draft = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).part")
    do {
      try? FileManager.default.removeItem(at: draft)
      try database.run("VACUUM INTO ?", [.text(draft.path)])
      if FileManager.default.fileExists(atPath: url.path) {
        _ = try FileManager.default.replaceItemAt(url, withItemAt: draft)
      } else {
        try FileManager.default.moveItem(at: draft, to: url)
      }
    } catch {
      try? FileManager.default.removeItem(at: draft)
      let reason = (error as? SQLiteFailure)?.reason ?? error.localizedDescription
      throw ProjectError.cannotWrite(name: url.lastPathComponent, reason: reason)
    }
  }
}

/// A digest of which photos are in which categories: equal digests, equal training.
struct Fingerprint: Equatable {
  let digest: String
  let photoCount: Int

  init(categories: [Category], extractor: ExtractorID) {
    var text = extractor.rawValue
    for category in categories where !category.photos.isEmpty {
      text += "\n\(category.id.rawValue)"
      for hash in category.photos.map(\.contentHash).sorted() { text += " " + hash }
    }
    digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1).map { sum in
      defer { g_free(sum) }
      return String(cString: sum)
    } ?? text
    photoCount = categories.reduce(0) { $0 + $1.photos.count }
  }
}
