// Pictures, features, the training set and the model: what is too large for a snapshot.
// Runs on the store's actor. Rows of a stranger's file are checked before they are believed.

import Foundation

extension ProjectStore {
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
      // One transaction: the disk is waited for once a batch, not once a photo.
      try database.transaction { try insert(features, extractor: extractor) }
    }
  }

  /// ``keep(_:extractor:)`` inside a transaction that is open already.
  func insert(_ features: [String: [Float]], extractor: ExtractorID) throws {
    for (hash, vector) in features.sorted(by: { $0.key < $1.key }) {
      precondition(vector.count == ExtractorID.dimension, "a feature vector has \(ExtractorID.dimension) values")
      let bytes = vector.withUnsafeBytes { Data($0) }
      try database.run(
        "INSERT OR IGNORE INTO feature (content_hash, extractor, vector) VALUES (?, ?, ?)",
        [.text(hash), .text(extractor.rawValue), .blob(bytes)])
    }
  }

  /// Content hashes of all copies that `extractor` has looked at.
  func hashesWithFeatures(from extractor: ExtractorID) throws -> Set<String> {
    try translatingErrors {
      var hashes: Set<String> = []
      try database.rows("SELECT content_hash FROM feature WHERE extractor = ?", [.text(extractor.rawValue)]) {
        hashes.insert($0.text(0))
      }
      return hashes
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
        SELECT picture.content_hash, min(wanted.name), picture.copy
        FROM (
          SELECT content_hash, name FROM photo WHERE removed = 0
          UNION ALL SELECT content_hash, change FROM counterfactual_picture
          JOIN counterfactual ON counterfactual.id = counterfactual_id WHERE removed = 0
        ) AS wanted JOIN picture USING (content_hash)
        WHERE NOT EXISTS (
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
        dimension: ExtractorID.dimension, counterfactuals: try readCounterfactualRows(of: Set(photos)))
    }
  }

  public func model() throws -> TrainedModel? {
    try translatingErrors {
      try database.value("SELECT data FROM model ORDER BY id DESC LIMIT 1").blob
        .flatMap { try? TrainedModel(decoding: $0) }
    }
  }
}
