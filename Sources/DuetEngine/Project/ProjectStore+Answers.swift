// The machine's side of a project: models, answers about test photos, and the conversation.
// Runs on the store's actor, inside the transaction of `perform`.

import Foundation

extension ProjectStore {
  func storeModel(_ model: TrainedModel, seconds: Double, trainedOn: String?) throws {
    let set = try fingerprint()
    try database.run(
      """
      INSERT INTO model (trained_at, seconds, photo_count, fingerprint, extractor, categories, data)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .real(now().timeIntervalSince1970), .real(seconds), .integer(Int64(set.photoCount)), .text(trainedOn ?? set.digest),
        .text(try extractor().rawValue), .text(try Self.encoded(model.categories)), .blob(try model.encoded()),
      ])
    try log("train", ["seconds": "\(seconds)", "photos": "\(set.photoCount)"])
  }

  func setTest(_ photo: ImportedPhoto, features: [Float], prediction: Prediction?) throws {
    let id = try insert(photo, category: nil)
    if !features.isEmpty { try insert([photo.contentHash: features], extractor: try extractor()) }
    try insertTest(of: id, prediction: prediction)
    try log("test", ["photo": "\(id.rawValue)", "name": photo.name])
  }

  func updatePrediction(_ prediction: Prediction) throws {
    guard let photo = try database.value(
      "SELECT photo_id FROM test WHERE cleared = 0 ORDER BY id DESC LIMIT 1").integer else { return }
    try insertTest(of: PhotoID(photo), prediction: prediction)
  }

  private func insertTest(of photo: PhotoID, prediction: Prediction?) throws {
    let json = try prediction.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
    try database.run(
      "INSERT INTO test (photo_id, model_id, prediction) VALUES (?, ?, ?)",
      [
        .integer(photo.rawValue),
        prediction == nil ? .null : try database.value("SELECT max(id) FROM model"), .optional(json),
      ])
  }
}
