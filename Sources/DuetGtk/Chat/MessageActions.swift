// What the person can do about a message, and what its row needs to show itself. Main thread.
// Plain closures, so that a row knows neither the workspace nor the assistants.

import CGtk
import DuetEngine
import Foundation

/// Capture owners weakly: rows keep these.
@MainActor struct MessageActions {
  /// Ask again for this reply.
  var regenerate: @MainActor (ChatMessage.ID) -> Void
  /// Put the person's own message back into the entry.
  var edit: @MainActor (ChatMessage) -> Void
  /// Send the message again that this note is about.
  var sendAgain: @MainActor (ChatMessage.ID) -> Void
  /// The advice was not wanted.
  var dismissAdvice: @MainActor (ChatMessage.ID) -> Void
  /// Apply or dismiss a proposal.
  var apply: @MainActor (UUID) -> Void
  var dismiss: @MainActor (UUID) -> Void
  /// Show in the project what this claim of the message speaks of.
  var show: @MainActor (_ claim: Int, _ message: ChatMessage.ID) -> Void
  /// A picture of a photo of the project, with this side in pixels and this name.
  var thumbnail: @MainActor (PhotoID, Int32, String) -> Widget
}
