// A network assistant for tests that never opens anything: it answers by a script and keeps what it was sent.

import Foundation
import Synchronization

@testable import DuetEngine

final class ScriptedAssistant: NetworkAssistant {
  let host: String
  let isThisComputer: Bool
  private let script: @Sendable (Int) -> Result<String, ReplyError>
  private let bodies = Mutex<[Data]>([])
  /// Answers wait here until `release`, if the assistant was made to hold them.
  private let gate: Gate?
  private let arrival = Gate()

  init(
    host: String = "assistant.example", isThisComputer: Bool = false, holds: Bool = false,
    script: @escaping @Sendable (Int) -> Result<String, ReplyError>
  ) {
    self.host = host
    self.isThisComputer = isThisComputer
    self.script = script
    gate = holds ? Gate() : nil
  }

  var requests: [ChatRequest] {
    bodies.withLock { $0 }.compactMap { try? JSONDecoder().decode(ChatRequest.self, from: $0) }
  }

  func reply(
    to body: Data, onText: @escaping @Sendable (String) -> Void
  ) async throws(ReplyError) -> NetworkReply {
    let number = bodies.withLock { bodies in
      bodies.append(body)
      return bodies.count
    }
    arrival.open()
    await gate?.wait()
    if Task.isCancelled { throw .cancelled }
    let text = try script(number).get()
    onText(text)
    return NetworkReply(text: text, bytesReceived: text.utf8.count)
  }

  func release() { gate?.open() }

  /// Returns once the first request is there.
  func firstRequest() async { await arrival.wait() }
}

/// Holds everyone who waits until it is opened.
private final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }
  private let state = Mutex(State())

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    waiting.forEach { $0.resume() }
  }
}
