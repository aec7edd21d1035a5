// One question to the assistant over the network: pictures, prompt, ledger, then the first byte.
// Main actor between the steps; drawing, encoding and waiting happen elsewhere.

import Foundation

@MainActor struct NetworkTurn {
  let project: any AssistedProject
  let assistant: any NetworkAssistant
  let model: String?
  /// Draws and encodes; the network has its own queue.
  private static let queue = DispatchQueue(label: "duetml.assistant.pictures", qos: .utility)

  func reply(to turn: AssistantTurn) async throws(ReplyError) -> String {
    let pictures = await pictures(for: turn)
    let model = model
    let body = try await Self.offMain {
      Result<Data, ReplyError> { () throws(ReplyError) -> Data in
        do {
          return try ChatRequestBuilder.request(for: turn, pictures: pictures, model: model).encoded()
        } catch let error as PromptError {
          throw .prompt(error)
        } catch {
          throw .requestNotAccepted(status: 0)
        }
      }
    }.get()
    guard !Task.isCancelled else { throw .cancelled }
    do {
      try await project.record(
        OutgoingRequest(
          host: assistant.host, isThisComputer: assistant.isThisComputer, bytes: body.count,
          photos: pictures.photos, purpose: turn.purpose.rawValue))
    } catch {
      throw .notRecorded
    }
    return try await assistant.reply(to: body)
  }

  private func pictures(for turn: AssistantTurn) async -> TurnPictures {
    guard turn.showsPhotos, assistant.consent(in: project.snapshot) == .wordsAndPhotos else {
      return TurnPictures(allowed: false)
    }
    var pictures = TurnPictures(allowed: true)
    if turn.kind == .askResult, let test = turn.project.test {
      pictures.testPhoto = await project.copy(test.photo)
      if pictures.testPhoto != nil { pictures.photos.append(SentPhoto(contentHash: test.contentHash)) }
    }
    for category in turn.sheetCategories where !Task.isCancelled {
      var thumbnails: [Data] = []
      var hashes: [String] = []
      for photo in ContactSheetChoice.photos(of: category, seed: turn.project.sheetSeed) {
        guard let thumbnail = await project.thumbnail(photo.id) else { continue }
        thumbnails.append(thumbnail)
        hashes.append(photo.contentHash)
      }
      let chosen = thumbnails
      if let sheet = await Self.offMain({ ContactSheet.draw(heading: category.name, thumbnails: chosen) }) {
        pictures.sheets.append(sheet)
        pictures.photos += sheet.shown.map { SentPhoto(contentHash: hashes[$0]) }
      }
    }
    return pictures
  }

  private static func offMain<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }
}
