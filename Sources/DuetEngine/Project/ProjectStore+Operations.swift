// How each operation becomes rows: the change, its log entry and its way back, in one transaction.
// Runs on the store's actor.

import Foundation

extension ProjectStore {
  /// Makes `operation` durable and returns the project after it.
  public func perform(_ operation: Operation, group: UndoGroup = UndoGroup()) throws -> VersionedSnapshot {
    try change {
      for entry in try apply(operation) { try push(entry, group: group) }
    }
  }

  /// Applies the operation and logs it; returns the way back where there is one, step by step.
  func apply(_ operation: Operation) throws -> [UndoEntry] {
    switch operation {
    case .applyProposal(let id): try applyProposal(id)
    case .dismissProposal(let id): try dismissProposal(id)
    default: try applyOne(operation).map { [$0] } ?? []
    }
  }

  private func applyOne(_ operation: Operation) throws -> UndoEntry? {
    switch operation {
    case .addCategory(let name): return try addCategory(name)
    case .renameCategory(let id, let name): return try renameCategory(id, to: name)
    case .removeCategory(let id): return try setCategory(id, removed: true)
    case .restoreCategory(let id): return try setCategory(id, removed: false)
    case .addPhotos(let photos, let category): return try addPhotos(photos, to: category)
    case .removePhotos(let photos): return try setPhotos(photos, removed: true)
    case .restorePhotos(let photos): return try setPhotos(photos, removed: false)
    case .movePhotos(let photos, let category):
      return try place(photos.map { .init(photo: $0, category: category) })
    case .placePhotos(let places):
      return try place(places.sorted { $0.key < $1.key }.map { .init(photo: $0.key, category: $0.value) })
    case .storeModel(let model, let seconds, let trainedOn):
      try storeModel(model, seconds: seconds, trainedOn: trainedOn)
    case .setTest(let photo, let features, let prediction):
      try setTest(photo, features: features, prediction: prediction)
    case .updatePrediction(let prediction): try updatePrediction(prediction)
    case .clearTest:
      try database.run("UPDATE test SET cleared = 1 WHERE id = (SELECT max(id) FROM test)")
      try log("clear test")
    case .setGoal(let goal):
      try setSetting("goal", goal)
      try log("set goal", ["goal": goal], isActivity: false)
    case .say(let message): try say(message)
    case .revise(let old, let message, let inPlace, let changes):
      try revise(old, by: message, inPlace: inPlace)
      try keep(changes, of: message)
    case .propose(let changes, let message): try propose(changes, with: message)
    case .dismissAdvice(let id): try dismissAdvice(id)
    case .applyProposal, .dismissProposal: break  // several steps each: `apply`
    case .setActiveAssistant(let on):
      try setSetting("active assistant", on ? "on" : "off")
      try log("active assistant", ["on": String(on)], isActivity: false)
    case .setUnknownDetection(let on):
      try setSetting("unknown detection", on ? "on" : "off")
      try log("unknown detection", ["on": String(on)], isActivity: false)
    case .grantConsent(let consent, let host):
      try setSetting(Self.consentPrefix + host, consent.rawValue)
      try log("consent", ["host": host, "to": consent.rawValue], isActivity: false)
    case .markAsDemo: try setSetting("demo", "yes")
    case .keepCopies(let pairs): return try keepCopies(pairs)
    case .confirmPhotos(let photos): return try confirmPhotos(photos)
    case .setKeepUpToDate(let on): try setSwitch(.keepUpToDate, on)
    case .setBalance(let on): try setSwitch(.balance, on)
    case .addCounterfactual(let new): return try addCounterfactual(new)
    case .removeCounterfactuals(let ids): return try changeCounterfactuals(ids, hidden: true)
    case .restoreCounterfactuals(let ids): return try changeCounterfactuals(ids, hidden: false)
    }
    return nil
  }

  // MARK: Categories

  private func addCategory(_ name: String) throws -> UndoEntry {
    let count = try database.value("SELECT count(*) FROM category WHERE removed = 0").integer ?? 0
    guard count < Category.limit else { throw ProjectError.tooManyCategories }
    let name = Self.tidied(name)
    try database.run(
      "INSERT INTO category (name, position) VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM category))",
      [.text(name)])
    let id = CategoryID(database.lastInsertedRow)
    try log("add category", ["category": "\(id.rawValue)", "name": name])
    return UndoEntry(title: .addCategory(name: name), forward: .showCategory(id), backward: .hideCategory(id))
  }

  private func renameCategory(_ id: CategoryID, to name: String) throws -> UndoEntry? {
    let old = try categoryName(id)
    let name = Self.tidied(name)
    guard name != old else { return nil }
    try take(.renameCategory(id, to: name))
    try log("rename category", ["category": "\(id.rawValue)", "from": old, "to": name])
    return UndoEntry(
      title: .renameCategory(name: name), forward: .renameCategory(id, to: name),
      backward: .renameCategory(id, to: old))
  }

  private func setCategory(_ id: CategoryID, removed: Bool) throws -> UndoEntry {
    let name = try categoryName(id)
    let hide = ReversibleStep.hideCategory(id)
    let show = ReversibleStep.showCategory(id)
    try take(removed ? hide : show)
    try log(removed ? "remove category" : "restore category", ["category": "\(id.rawValue)", "name": name])
    return UndoEntry(
      title: removed ? .removeCategory(name: name) : .restoreCategory(name: name),
      forward: removed ? hide : show, backward: removed ? show : hide)
  }

  private func categoryName(_ id: CategoryID) throws -> String {
    guard let name = try database.value("SELECT name FROM category WHERE id = ?", [.integer(id.rawValue)]).text
    else { throw ProjectError.categoryGone }
    return name
  }

  /// One line, without control characters, at most ``Category/nameLimit`` characters: names come from
  /// keyboards, folder names and models alike.
  static func tidied(_ name: String) -> String {
    let line = name.unicodeScalars.map { CharacterSet.controlCharacters.contains($0) ? " " : Character($0) }
    let words = String(line).split(separator: " ").joined(separator: " ")
    var result = ""
    // SQL counts code points, people count characters: stay within both.
    for character in words.prefix(Category.nameLimit) {
      guard result.unicodeScalars.count + character.unicodeScalars.count <= Category.nameLimit else { break }
      result.append(character)
    }
    return result
  }

  // MARK: Photos

  private func addPhotos(_ photos: [ImportedPhoto], to category: CategoryID) throws -> UndoEntry? {
    guard !photos.isEmpty else { return nil }
    let isThere = try database.value(
      "SELECT 1 FROM category WHERE id = ? AND removed = 0", [.integer(category.rawValue)])
    guard isThere.integer == 1 else { throw ProjectError.categoryGone }
    let ids = try photos.map { try insert($0, category: category) }
    try log("add photos", ["category": "\(category.rawValue)", "photos": Self.list(ids)])
    return UndoEntry(
      title: .addPhotos(count: ids.count), forward: .showPhotos(ids), backward: .hidePhotos(ids))
  }

  /// - Parameter category: nil for a test photo.
  func insert(_ photo: ImportedPhoto, category: CategoryID?) throws -> PhotoID {
    try insertPicture(photo)
    try database.run(
      "INSERT INTO photo (category_id, content_hash, name) VALUES (?, ?, ?)",
      [
        category.map { .integer($0.rawValue) } ?? .null, .text(photo.contentHash),
        .text(String(photo.name.prefix(255))),
      ])
    return PhotoID(database.lastInsertedRow)
  }

  /// The pixels alone.
  func insertPicture(_ photo: ImportedPhoto) throws {
    try database.run(
      "INSERT OR IGNORE INTO picture (content_hash, width, height, copy, thumbnail) VALUES (?, ?, ?, ?, ?)",
      [
        .text(photo.contentHash), .integer(Int64(photo.width)), .integer(Int64(photo.height)),
        .blob(photo.copy), .blob(photo.thumbnail),
      ])
  }

  private func setPhotos(_ photos: [PhotoID], removed: Bool) throws -> UndoEntry? {
    guard !photos.isEmpty else { return nil }
    let hide = ReversibleStep.hidePhotos(photos)
    let show = ReversibleStep.showPhotos(photos)
    try take(removed ? hide : show)
    try log(removed ? "remove photos" : "restore photos", ["photos": Self.list(photos)])
    return UndoEntry(
      title: removed ? .removePhotos(count: photos.count) : .restorePhotos(count: photos.count),
      forward: removed ? hide : show, backward: removed ? show : hide)
  }

  private func place(_ places: [ReversibleStep.Placement]) throws -> UndoEntry? {
    var back: [ReversibleStep.Placement] = []
    var moving: [ReversibleStep.Placement] = []
    for place in places {
      let origin = try database.value(
        "SELECT category_id FROM photo WHERE id = ?", [.integer(place.photo.rawValue)])
      guard let origin = origin.integer, origin != place.category.rawValue else { continue }
      moving.append(place)
      back.append(.init(photo: place.photo, category: CategoryID(origin)))
    }
    guard !moving.isEmpty else { return nil }
    try take(.placePhotos(moving))
    try log("move photos", [
      "photos": Self.list(moving.map(\.photo)), "categories": Self.list(moving.map(\.category)),
    ])
    return UndoEntry(
      title: .movePhotos(count: moving.count), forward: .placePhotos(moving), backward: .placePhotos(back))
  }
}
