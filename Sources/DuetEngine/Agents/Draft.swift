// A reply while it streams in: the words so far, cleaned for the screen, at most once a frame.
// `DraftFeed` takes pieces on any thread, cleans them on a queue of its own, and hands them to the main actor.

import Foundation
import Synchronization

/// The words of a reply that is still being written.
public struct Draft: Identifiable, Sendable, Equatable {
  /// The message will have the same id once it is complete.
  public let id: ChatMessage.ID
  /// All words so far, safe to show on a label.
  public var text: String
  /// Who writes; nil where it is not known.
  public var host: String?

  public init(id: ChatMessage.ID, text: String, host: String?) {
    self.id = id
    self.text = text
    self.host = host
  }
}

/// Gathers the pieces of one reply, and shows them in steps that a screen can follow.
final class DraftFeed: Sendable {
  /// Between two steps, in milliseconds: one frame at 60 a second.
  static let pause = 16

  private struct State {
    var raw = ""
    /// A step is under way or waiting.
    var isBusy = false
    var hasNews = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let show: @MainActor @Sendable (String) -> Void
  private static let queue = DispatchQueue(label: "duetml.assistant.draft", qos: .userInitiated)

  init(show: @escaping @MainActor @Sendable (String) -> Void) { self.show = show }

  /// Everything that came, as it came.
  var raw: String { state.withLock { $0.raw } }

  /// Any thread.
  func add(_ piece: String) {
    let isFirst = state.withLock { state in
      state.raw += piece
      state.hasNews = true
      defer { state.isBusy = true }
      return !state.isBusy
    }
    if isFirst { Self.queue.async { self.step() } }
  }

  /// Nothing is shown from now on.
  func close() { state.withLock { $0.isClosed = true } }

  private func step() {
    let raw: String? = state.withLock { state in
      guard state.hasNews, !state.isClosed else {
        state.isBusy = false
        return nil
      }
      state.hasNews = false
      return state.raw
    }
    guard let raw else { return }
    let text = ReplyText.cleaned(ProposalText.visible(raw), isComplete: false)
    Task { @MainActor in
      if !self.state.withLock({ $0.isClosed }) { self.show(text) }
      Self.queue.asyncAfter(deadline: .now() + .milliseconds(Self.pause)) { self.step() }
    }
  }
}
