// The whole project as a value: every table but pixels and features becomes a `ProjectSnapshot`.
// Runs on the store's actor. Rows of a stranger's file are checked before they are believed.

import Foundation

extension ProjectStore {
  func readSnapshot() throws -> ProjectSnapshot {
    let settings = try readSettings()
    let detectsUnknown = settings["unknown detection"] != "off"
    let titles = try undoTitles()
    let categories = try readCategories()
    let isBalanced = try isOn(.balance)
    let counterfactuals = try readCounterfactuals()
    let fingerprint = Fingerprint(
      categories: categories, extractor: try extractor(), isBalanced: isBalanced, counterfactuals: counterfactuals)
    let model = try readModelState(fingerprint: fingerprint)
    var snapshot = ProjectSnapshot(
      activity: Int(try database.value("SELECT count(*) FROM log WHERE is_activity = 1").integer ?? 0),
      goal: settings["goal"],
      categories: categories,
      model: model,
      test: try readTest(detectsUnknown: detectsUnknown),
      messages: try readMessages(),
      activeAssistantIsOn: settings["active assistant"] != "off",
      detectsUnknown: detectsUnknown,
      undoTitle: titles.undo,
      redoTitle: titles.redo,
      sheetSeed: UInt64(settings["sheet seed"] ?? "") ?? 0,
      isDemo: settings["demo"] == "yes",
      photosSent: Int(try database.value("SELECT coalesce(sum(photos), 0) FROM request WHERE is_this_computer = 0").integer ?? 0),
      consents: consents(in: settings),
      keptCopies: try readKeptCopies().union(counterfactuals.compactMap(\.pair)),
      confirmedPhotos: try readConfirmedPhotos(),
      keepsUpToDate: try isOn(.keepUpToDate),
      isBalanced: isBalanced,
      counterfactuals: counterfactuals,
      fingerprint: fingerprint.digest)
    snapshot.dismissedAdvice = try readDismissedAdvice()
    snapshot.proposals = try readProposals(for: snapshot)
    return snapshot
  }

  private func consents(in settings: [String: String]) -> [String: Consent] {
    var consents: [String: Consent] = [:]
    for (key, value) in settings where key.hasPrefix(Self.consentPrefix) {
      consents[String(key.dropFirst(Self.consentPrefix.count))] = Consent(rawValue: value)
    }
    return consents
  }

  private func readSettings() throws -> [String: String] {
    if try database.value("SELECT 1 FROM setting WHERE key = 'sheet seed'") == .null {
      try setSetting("sheet seed", String(UInt64.random(in: 1 ... UInt64.max)))
    }
    var settings: [String: String] = [:]
    try database.rows("SELECT key, value FROM setting") { settings[$0.text(0)] = $0.text(1) }
    return settings
  }

  func readCategories() throws -> [Category] {
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

  /// The file keeps the answer as it was given; with the detection off it is shown as known, at once.
  private func readTest(detectsUnknown: Bool) throws -> TestState? {
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
        photo: PhotoID(row.integer(0)), name: row.text(1), contentHash: row.text(2),
        prediction: detectsUnknown ? prediction : prediction?.takenAsKnown,
        isCurrent: row.value(4) == newest)
    }
    return state
  }
}
