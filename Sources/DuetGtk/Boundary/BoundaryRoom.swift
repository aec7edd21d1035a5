// The sessions behind the page about boundaries, read from disk when they are first wanted. Main actor. The application
// owns it: what is taught there does not depend on the project of photos that is open.

import DuetEngine

@MainActor final class BoundaryRoom {
  private let openPoints: @MainActor () async -> BoundarySession
  private let openTexts: @MainActor () async -> TextSession
  private var openedPoints: Task<BoundarySession, Never>?
  private var openedTexts: Task<TextSession, Never>?

  init(store: BoundaryRunStore = BoundaryRunStore(), texts: TextStore = TextStore()) {
    openPoints = { await BoundarySession.open(store: store) }
    openTexts = {
      let session = TextSession(store: texts)
      await session.open()
      return session
    }
  }

  func points() async -> BoundarySession {
    let task = openedPoints ?? Task { [openPoints] in await openPoints() }
    openedPoints = task
    return await task.value
  }

  func texts() async -> TextSession {
    let task = openedTexts ?? Task { [openTexts] in await openTexts() }
    openedTexts = task
    return await task.value
  }

  /// Ends what trains, and returns once everything is on disk.
  func close() async {
    if let session = await openedPoints?.value {
      session.pause()
      await session.waitForTraining()
      await session.waitForWrites()
    }
    if let session = await openedTexts?.value { await session.settle() }
  }
}
