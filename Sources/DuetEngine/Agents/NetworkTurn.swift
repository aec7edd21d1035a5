// One question to the assistant over the network: pictures, prompt, ledger, then the first byte; asked again where the
// server was busy, or without what the server turned out to lack. Every attempt is a line in the ledger.
// Main actor between the steps; drawing, encoding and waiting happen elsewhere.

import Foundation

/// What a server turned out to lack, kept for the next turn, so that nothing is refused (or sent) twice.
@MainActor final class ServerAbilities {
  var lacking: Set<ServerFeature> = []
  /// The most pictures in one request; nil: not known.
  var pictureLimit: Int?
  nonisolated init() {}
}

@MainActor struct NetworkTurn {
  let project: any AssistedProject
  let assistant: any NetworkAssistant
  let model: String?
  let abilities: ServerAbilities
  let policy: RetryPolicy
  /// Whether photos may go along, asked right before they would.
  let mayShowPhotos: @MainActor () -> Bool
  /// Draws and encodes; the network has its own queue.
  private static let queue = DispatchQueue(label: "duetml.assistant.pictures", qos: .utility)

  init(
    project: any AssistedProject, assistant: any NetworkAssistant, model: String?,
    abilities: ServerAbilities = ServerAbilities(), retrying policy: RetryPolicy = RetryPolicy(),
    mayShowPhotos: @escaping @MainActor () -> Bool
  ) {
    self.project = project
    self.assistant = assistant
    self.model = model
    self.abilities = abilities
    self.policy = policy
    self.mayShowPhotos = mayShowPhotos
  }

  /// - Parameter onText: gets each piece of the words as it arrives, on any thread.
  func reply(
    to turn: AssistantTurn, onText: @escaping @Sendable (String) -> Void
  ) async throws(ReplyError) -> NetworkReply {
    var retries = policy.retries()
    let pictures = await pictures(for: turn)
    let words = WordsShown()
    while true {
      let without = abilities.lacking
      let shown = abilities.pictureLimit.map { pictures.first($0) } ?? pictures
      let attempt = try await Self.attempt(turn, shown, model: model, without: without)
      guard !Task.isCancelled else { throw .cancelled }
      try await record(attempt, turn)
      do {
        var reply = try await assistant.reply(to: attempt.body) { piece in
          words.note()
          onText(piece)
        }
        reply.notes += attempt.notes
        return reply
      } catch {
        // Once words were shown, another attempt would say them twice.
        guard !words.wereShown else { throw error }
        if case .tooManyPictures(let limit) = error, limit < shown.all.count {
          abilities.pictureLimit = limit
        } else if let feature = attempt.features.blamed(for: error) {
          abilities.lacking.formUnion(feature)
        } else if let pause = retries.pause(after: error) {
          try await policy.wait(pause)
        } else {
          throw error
        }
      }
    }
  }

  private func record(_ attempt: Attempt, _ turn: AssistantTurn) async throws(ReplyError) {
    do {
      try await project.record(
        OutgoingRequest(
          host: assistant.host, isThisComputer: assistant.isThisComputer, bytes: attempt.body.count,
          photos: attempt.photos, purpose: turn.purpose.rawValue))
    } catch {
      throw .notRecorded
    }
  }

  /// One request as it goes out.
  struct Attempt: Sendable {
    var body: Data
    /// Single photos in it.
    var photos: [SentPhoto]
    /// What it asks the server for.
    var features: Set<ServerFeature>
    var notes: [ReplyNote]
  }

  private static func attempt(
    _ turn: AssistantTurn, _ pictures: TurnPictures, model: String?, without lacking: Set<ServerFeature>
  ) async throws(ReplyError) -> Attempt {
    try await offMain {
      Result<Attempt, ReplyError> { () throws(ReplyError) -> Attempt in
        do {
          let shown = lacking.contains(.pictures) ? pictures.unseen : pictures
          let request = try ChatRequestBuilder.request(for: turn, pictures: shown, model: model, without: lacking)
          return Attempt(
            body: try request.encoded(), photos: shown.photos, features: request.features, notes: shown.notes)
        } catch let error as PromptError {
          throw .prompt(error)
        } catch {
          throw .requestNotAccepted(status: 0)
        }
      }
    }.get()
  }

  private func pictures(for turn: AssistantTurn) async -> TurnPictures {
    guard mayShowPhotos() else {
      var pictures = TurnPictures(allowed: false)
      if !turn.attached.isEmpty { pictures.notes = [.attachedPictureKept] }
      return pictures
    }
    var pictures = TurnPictures(allowed: true)
    if turn.kind == .askResult, let test = turn.project.test, let copy = await project.copy(test.photo) {
      pictures.all.append(.init(jpeg: copy, photos: [SentPhoto(contentHash: test.contentHash)]))
    }
    var orders: [ContactSheetOrder] = []
    var hashes: [[String]] = []
    for category in turn.sheetCategories where !Task.isCancelled {
      var thumbnails: [(hash: String, number: Int64, jpeg: Data)] = []
      for photo in ContactSheetChoice.photos(of: category, seed: turn.project.sheetSeed) {
        guard let thumbnail = await project.thumbnail(photo.id) else { continue }
        thumbnails.append((photo.contentHash, photo.id.rawValue, thumbnail))
      }
      orders.append(
        ContactSheetOrder(
          heading: category.name, thumbnails: thumbnails.map(\.jpeg),
          numbers: turn.hintsOnly ? [] : thumbnails.map(\.number)))
      hashes.append(thumbnails.map(\.hash))
    }
    let ordered = orders
    for (sheet, own) in zip(await Self.offMain({ ContactSheet.draw(ordered) }), hashes) {
      guard let sheet else { continue }
      pictures.all.append(.init(jpeg: sheet.jpeg, photos: sheet.shown.map { SentPhoto(contentHash: own[$0]) }))
    }
    for picture in turn.attached {
      pictures.all.append(
        .init(
          jpeg: picture.jpeg,
          photos: [SentPhoto(contentHash: PhotoImporter.contentHash(picture.jpeg), thumbnail: picture.thumbnail)]))
    }
    let drawn = pictures
    return await Self.offMain { drawn.fitted() }
  }

  private static func offMain<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }
}
