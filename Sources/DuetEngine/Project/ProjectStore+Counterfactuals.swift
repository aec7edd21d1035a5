// "What if ...?" about photos, as rows: adding them, hiding and showing them, and what training reads of them.
// Runs on the store's actor. Rows of a stranger's file are checked before they are believed.

import Foundation

extension ProjectStore {
  func addCounterfactual(_ new: NewCounterfactual) throws -> UndoEntry {
    let hash = try database.value(
      "SELECT content_hash FROM photo WHERE id = ? AND removed = 0 AND category_id IS NOT NULL",
      [.integer(new.photo.rawValue)])
    guard let hash = hash.text else { throw CounterfactualError.photoGone }
    if let same = new.pictures.first(where: { $0.contentHash == hash }) {
      throw CounterfactualError.samePicture(name: same.name)
    }
    let count = try database.value(
      "SELECT count(*) FROM counterfactual WHERE photo_id = ? AND removed = 0", [.integer(new.photo.rawValue)])
    guard count.integer ?? 0 < CounterfactualPictures.mostOfAPhoto else { throw CounterfactualError.tooMany }
    var labelled: PhotoID?
    if case .category(let category) = new.answer {
      let isThere = try database.value(
        "SELECT 1 FROM category WHERE id = ? AND removed = 0", [.integer(category.rawValue)])
      guard isThere.integer == 1 else { throw CounterfactualError.categoryGone }
      labelled = try new.pictures.first.map { try insert($0, category: category) }
    }
    try database.run(
      "INSERT INTO counterfactual (photo_id, change, labelled_photo_id, region) VALUES (?, ?, ?, ?)",
      [
        .integer(new.photo.rawValue), .text(new.change.rawValue),
        labelled.map { .integer($0.rawValue) } ?? .null, new.region.map { .blob($0.encoded) } ?? .null,
      ])
    let id = CounterfactualID(database.lastInsertedRow)
    if labelled == nil {
      for (position, picture) in new.pictures.enumerated() {
        try insertPicture(picture)
        try database.run(
          "INSERT INTO counterfactual_picture (counterfactual_id, position, content_hash) VALUES (?, ?, ?)",
          [.integer(id.rawValue), .integer(Int64(position)), .text(picture.contentHash)])
      }
    }
    try log("add counterfactual", [
      "counterfactual": "\(id.rawValue)", "photo": "\(new.photo.rawValue)", "change": new.change.rawValue,
      "labelled": labelled.map { "\($0.rawValue)" } ?? "",
      "share": new.region.map { String(format: "%.3f", $0.share) } ?? "",
    ])
    return UndoEntry(
      title: .addCounterfactual, forward: .showCounterfactuals([id]), backward: .hideCounterfactuals([id]))
  }

  func changeCounterfactuals(_ ids: [CounterfactualID], hidden: Bool) throws -> UndoEntry? {
    guard !ids.isEmpty else { return nil }
    let (hide, show) = (ReversibleStep.hideCounterfactuals(ids), ReversibleStep.showCounterfactuals(ids))
    try take(hidden ? hide : show)
    try log(
      hidden ? "remove counterfactuals" : "restore counterfactuals",
      ["counterfactuals": ids.map { "\($0.rawValue)" }.joined(separator: " ")])
    return UndoEntry(
      title: hidden ? .removeCounterfactuals(count: ids.count) : .restoreCounterfactuals(count: ids.count),
      forward: hidden ? hide : show, backward: hidden ? show : hide)
  }

  /// The labelled end comes and goes with its counterfactual.
  func setCounterfactuals(_ ids: [CounterfactualID], hidden: Bool) throws {
    for id in ids {
      try database.run(
        "UPDATE counterfactual SET removed = ? WHERE id = ?", [.flag(hidden), .integer(id.rawValue)])
      try database.run(
        "UPDATE photo SET removed = ? WHERE id = (SELECT labelled_photo_id FROM counterfactual WHERE id = ?)",
        [.flag(hidden), .integer(id.rawValue)])
    }
  }

  // MARK: Reading

  /// Those whose photo, and whose labelled end, are both there.
  func readCounterfactuals() throws -> [Counterfactual] {
    var pictures: [Int64: (hashes: [String], lacks: Bool)] = [:]
    try database.rows(
      """
      SELECT counterfactual_id, picture.content_hash, feature.content_hash IS NULL
      FROM counterfactual_picture AS picture
      LEFT JOIN feature ON feature.content_hash = picture.content_hash AND feature.extractor = ?
      ORDER BY counterfactual_id, position
      """, [.text(try extractor().rawValue)]
    ) { row in
      var own = pictures[row.integer(0)] ?? ([], false)
      own.hashes.append(row.text(1))
      own.lacks = own.lacks || row.integer(2) == 1
      pictures[row.integer(0)] = own
    }
    var found: [Counterfactual] = []
    try database.rows(
      """
      SELECT counterfactual.id, counterfactual.photo_id, counterfactual.change, counterfactual.labelled_photo_id
      FROM counterfactual
      JOIN photo ON photo.id = counterfactual.photo_id AND photo.removed = 0
      JOIN category ON category.id = photo.category_id AND category.removed = 0
      LEFT JOIN photo AS labelled ON labelled.id = counterfactual.labelled_photo_id
      LEFT JOIN category AS other ON other.id = labelled.category_id
      WHERE counterfactual.removed = 0
        AND (counterfactual.labelled_photo_id IS NULL OR (labelled.removed = 0 AND other.removed = 0))
      ORDER BY counterfactual.id
      """
    ) { row in
      guard let change = CounterfactualChange(rawValue: row.text(2)) else { return }
      let own = pictures[row.integer(0)] ?? ([], false)
      found.append(
        Counterfactual(
          id: CounterfactualID(row.integer(0)), photo: PhotoID(row.integer(1)), change: change,
          labelled: row.isNull(3) ? nil : PhotoID(row.integer(3)), pictures: own.hashes, hasFeatures: !own.lacks))
    }
    return found
  }

  /// What training adds for `photos`; pictures that have not been looked at are left out.
  func readCounterfactualRows(of photos: Set<PhotoID>) throws -> [CounterfactualRow] {
    var rows: [CounterfactualRow] = []
    for one in try readCounterfactuals() where photos.contains(one.photo) {
      if let labelled = one.labelled {
        rows.append(CounterfactualRow(photo: one.photo, meaning: .labelled(labelled), features: []))
      }
      for hash in one.pictures {
        try database.rows(
          "SELECT vector FROM feature WHERE content_hash = ? AND extractor = ?",
          [.text(hash), .text(try extractor().rawValue)]
        ) { row in
          let features = row.floats(0)
          guard features.count == ExtractorID.dimension else { return }
          rows.append(
            one.change == .ignore
              ? CounterfactualRow(
                photo: one.photo, meaning: .same, features: features, weight: 1 / Float(one.pictures.count))
              : CounterfactualRow(
                photo: one.photo, meaning: .less, features: features, weight: CounterfactualRow.weightOfLess))
        }
      }
    }
    return rows
  }

  /// What was painted for a counterfactual; nil for a scene, or where the bytes are no region.
  public func region(_ id: CounterfactualID) throws -> RegionMask? {
    try translatingErrors {
      try database.value("SELECT region FROM counterfactual WHERE id = ?", [.integer(id.rawValue)]).blob
        .flatMap { RegionMask(decoding: $0) }
    }
  }

  /// JPEG bytes of a counterfactual's other end; of the first one where it has several.
  public func copy(ofCounterfactual id: CounterfactualID) throws -> Data? {
    try translatingErrors {
      try database.value(
        """
        SELECT picture.copy FROM counterfactual
        LEFT JOIN counterfactual_picture AS own ON own.counterfactual_id = counterfactual.id AND own.position = 0
        LEFT JOIN photo ON photo.id = counterfactual.labelled_photo_id
        JOIN picture ON picture.content_hash = coalesce(own.content_hash, photo.content_hash)
        WHERE counterfactual.id = ?
        """, [.integer(id.rawValue)]
      ).blob
    }
  }
}
