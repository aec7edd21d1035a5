// What a person does that changes nothing in the project and that a study still counts. A value; any thread.
// Operations log themselves; these are noted with `Workspace.note`, in the same log with the same clock.

import Foundation

/// Something to count.
public enum StudyEvent: Sendable, Equatable {
  /// The project was opened; `baseline`: without the assistants.
  case sessionStarted(baseline: Bool)
  case sessionEnded
  /// "Ask the assistant about NAME" was pressed.
  case askedAboutCategory(CategoryID)
  /// "Ask the assistant about this result" was pressed.
  case askedAboutResult
  /// A line of the active assistant came on screen.
  case adviceShown(ChatMessage.ID)
  case adviceDismissed(ChatMessage.ID)
  /// "Show me" beside a claim was pressed.
  case showMe(ChatMessage.ID)
  case replyStopped
  case replyRegenerated(ChatMessage.ID)
  case messageResent(ChatMessage.ID)

  /// The word in the log.
  var kind: String {
    switch self {
    case .sessionStarted: "session start"
    case .sessionEnded: "session end"
    case .askedAboutCategory: "ask category"
    case .askedAboutResult: "ask result"
    case .adviceShown: "advice shown"
    case .adviceDismissed: "advice dismissed"
    case .showMe: "show me"
    case .replyStopped: "reply stopped"
    case .replyRegenerated: "reply regenerated"
    case .messageResent: "message resent"
    }
  }

  var detail: [String: String] {
    switch self {
    case .sessionStarted(let baseline): ["baseline": String(baseline)]
    case .askedAboutCategory(let id): ["category": "\(id.rawValue)"]
    case .adviceShown(let id), .adviceDismissed(let id), .showMe(let id), .replyRegenerated(let id),
      .messageResent(let id):
      ["message": id.uuidString]
    case .sessionEnded, .askedAboutResult, .replyStopped: [:]
    }
  }
}
