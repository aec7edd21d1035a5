// An assistant whose words and silences a test decides, and what tests do with a composer. No clocks: a reply is
// under way until the test ends it, or the app hangs up.

import CGtk
import CGtkShim
import DuetEngine
import Foundation
import Synchronization

@testable import DuetGtk

final class ScriptedAssistant: NetworkAssistant {
  typealias Outcome = Result<NetworkReply, ReplyError>
  let host: String
  let isThisComputer: Bool

  private struct State {
    var onText: (@Sendable (String) -> Void)?
    var waiting: CheckedContinuation<Outcome, Never>?
    var requests = 0
    var isHungUp = false
  }
  private let state = Mutex(State())

  init(host: String = "localhost", isThisComputer: Bool = true) {
    self.host = host
    self.isThisComputer = isThisComputer
  }

  /// How often it was asked.
  var requests: Int { state.withLock { $0.requests } }
  /// A request is waiting for its reply.
  var isAsked: Bool { state.withLock { $0.waiting != nil } }

  func reply(to body: Data, onText: @escaping @Sendable (String) -> Void) async throws(ReplyError) -> NetworkReply {
    state.withLock { $0.isHungUp = false }
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isTooLate = state.withLock { state in
          state.requests += 1
          if state.isHungUp { return true }
          (state.onText, state.waiting) = (onText, continuation)
          return false
        }
        if isTooLate { continuation.resume(returning: Outcome.failure(.cancelled)) }
      }
    } onCancel: {
      state.withLock { $0.isHungUp = true }
      end(.failure(.cancelled))
    }
    return try outcome.get()
  }

  /// Streams a few more words.
  func say(_ words: String) { state.withLock { $0.onText }?(words) }

  func finish(_ text: String) { end(.success(NetworkReply(text: text))) }

  func end(_ outcome: Outcome) {
    let waiting = state.withLock { state in
      defer { (state.onText, state.waiting) = (nil, nil) }
      return state.waiting
    }
    waiting?.resume(returning: outcome)
  }
}

extension MessageComposer {
  /// Presses a key in the entry. False: the entry's own keys did not want it.
  @discardableResult
  func press(_ key: Int32, _ modifiers: UInt32 = 0) -> Bool {
    cgtk_emit_key(entry.keys.raw, guint(key), GdkModifierType(modifiers)) != 0
  }
}
