// What the checks need from the file and leave in it: photos with features, what the person said about findings, and
// the last score. Runs on the store's actor. Rows of a stranger's file are checked before they are believed.

import Foundation

/// A setting that is on or off.
enum ProjectSwitch: String {
  case keepUpToDate = "keep up to date"
  case balance

  var isOnAtFirst: Bool {
    switch self {
    case .keepUpToDate: true
    case .balance: false
    }
  }
}

/// A score with the photos it belongs to.
struct KeptScore: Sendable, Equatable {
  let result: ScoreResult
  /// ``ProjectSnapshot/fingerprint`` when it was made.
  let fingerprint: String
}

/// Everything that the checks compute with, from one moment.
struct CheckMaterial: Sendable {
  let snapshot: ProjectSnapshot
  let training: TrainingSet
  /// All photos in categories, then the test photo if there is one.
  let photos: [CheckedPhoto]
  /// One row each; zeros where a photo has not been looked at.
  let features: [Float]
  let score: KeptScore?
}

extension ProjectStore {
  /// What is trained on, balanced where the person chose that, and its fingerprint, from one moment.
  func trainingMaterial() throws -> (set: TrainingSet, fingerprint: String) {
    let set = try trainingSet()
    return try translatingErrors {
      (try isOn(.balance) ? Balancing.equalCounts(set) : set, try fingerprint().digest)
    }
  }

  func checkMaterial() throws -> CheckMaterial {
    let snapshot = try read().snapshot
    let training = try trainingSet()
    var photos = snapshot.categories.flatMap { category in
      category.photos.map { CheckedPhoto(id: $0.id, category: category.id, contentHash: $0.contentHash) }
    }
    let rows = Dictionary(uniqueKeysWithValues: training.photos.enumerated().map { ($1, $0) })
    let width = training.dimension
    var features = [Float](repeating: 0, count: photos.count * width)
    for (place, photo) in photos.enumerated() {
      guard let row = rows[photo.id] else { continue }
      features.replaceSubrange(
        place * width..<(place + 1) * width, with: training.features[row * width..<(row + 1) * width])
    }
    if let test = snapshot.test {
      photos.append(CheckedPhoto(id: test.photo, category: nil, contentHash: test.contentHash))
      let own = try self.features(contentHash: test.contentHash) ?? []
      features += own.count == width ? own : [Float](repeating: 0, count: width)
    }
    return CheckMaterial(
      snapshot: snapshot, training: training, photos: photos, features: features, score: try score())
  }

  /// JPEG bytes of thumbnails by content; unknown contents are left out.
  func thumbnails(_ hashes: [String]) throws -> [String: Data] {
    try translatingErrors {
      var found: [String: Data] = [:]
      for hash in hashes {
        let value = try database.value("SELECT thumbnail FROM picture WHERE content_hash = ?", [.text(hash)])
        if let data = value.blob { found[hash] = data }
      }
      return found
    }
  }

  // MARK: The score

  func keep(_ score: KeptScore) throws {
    try translatingErrors {
      try database.run(
        "INSERT OR REPLACE INTO score (id, fingerprint, result) VALUES (1, ?, ?)",
        [.text(score.fingerprint), .text(try Self.encoded(score.result))])
    }
  }

  func score() throws -> KeptScore? {
    try translatingErrors {
      var kept: KeptScore?
      try database.rows("SELECT fingerprint, result FROM score") { row in
        guard let result = try? Self.decoded(ScoreResult.self, row.text(1)) else { return }
        kept = KeptScore(result: result, fingerprint: row.text(0))
      }
      return kept
    }
  }

  // MARK: What the person said

  func keepCopies(_ pairs: [PhotoPair]) throws -> UndoEntry? {
    let known = try readKeptCopies()
    let new = pairs.filter { !known.contains($0) && $0.first != $0.second }
    guard !new.isEmpty else { return nil }
    try take(.keepCopies(new))
    try log("keep copies", ["photos": Self.list(new.flatMap { [$0.first, $0.second] })])
    return UndoEntry(title: .keepCopies(count: new.count), forward: .keepCopies(new), backward: .doubtCopies(new))
  }

  func confirmPhotos(_ photos: [PhotoID]) throws -> UndoEntry? {
    let known = try readConfirmedPhotos()
    var places: [ReversibleStep.Placement] = []
    for photo in photos where !known.contains(photo) {
      let category = try database.value("SELECT category_id FROM photo WHERE id = ?", [.integer(photo.rawValue)])
      if let category = category.integer { places.append(.init(photo: photo, category: CategoryID(category))) }
    }
    guard !places.isEmpty else { return nil }
    try take(.confirmPhotos(places))
    try log("confirm photos", ["photos": Self.list(places.map(\.photo))])
    return UndoEntry(
      title: .confirmPhotos(count: places.count), forward: .confirmPhotos(places),
      backward: .doubtPhotos(places.map(\.photo)))
  }

  func setKept(_ pairs: [PhotoPair], _ isKept: Bool) throws {
    for pair in pairs {
      try database.run(
        isKept
          ? "INSERT OR IGNORE INTO kept_copy (first_photo, second_photo) VALUES (?, ?)"
          : "DELETE FROM kept_copy WHERE first_photo = ? AND second_photo = ?",
        [.integer(pair.first.rawValue), .integer(pair.second.rawValue)])
    }
  }

  func setConfirmed(_ places: [ReversibleStep.Placement]) throws {
    for place in places {
      try database.run(
        "INSERT OR REPLACE INTO confirmed_photo (photo_id, category_id) VALUES (?, ?)",
        [.integer(place.photo.rawValue), .integer(place.category.rawValue)])
    }
  }

  func clearConfirmed(_ photos: [PhotoID]) throws {
    for photo in photos {
      try database.run("DELETE FROM confirmed_photo WHERE photo_id = ?", [.integer(photo.rawValue)])
    }
  }

  func readKeptCopies() throws -> Set<PhotoPair> {
    var pairs: Set<PhotoPair> = []
    try database.rows("SELECT first_photo, second_photo FROM kept_copy") { row in
      pairs.insert(PhotoPair(PhotoID(row.integer(0)), PhotoID(row.integer(1))))
    }
    return pairs
  }

  /// A photo that was moved since is as open to doubt as any other.
  func readConfirmedPhotos() throws -> Set<PhotoID> {
    var photos: Set<PhotoID> = []
    try database.rows(
      """
      SELECT photo.id FROM confirmed_photo JOIN photo ON photo.id = confirmed_photo.photo_id
      WHERE photo.removed = 0 AND photo.category_id = confirmed_photo.category_id
      """
    ) { photos.insert(PhotoID($0.integer(0))) }
    return photos
  }

  // MARK: Switches

  func isOn(_ key: ProjectSwitch) throws -> Bool {
    let value = try database.value("SELECT value FROM setting WHERE key = ?", [.text(key.rawValue)]).text
    return value.map { $0 == "on" } ?? key.isOnAtFirst
  }

  func setSwitch(_ key: ProjectSwitch, _ on: Bool) throws {
    try setSetting(key.rawValue, on ? "on" : "off")
    try log(key.rawValue, ["on": String(on)], isActivity: false)
  }
}
