// placeholder
import Foundation
public struct SavedReplies: Sendable {
  public static func load(language: String) throws -> SavedReplies { SavedReplies() }
  public func reply(to turn: AssistantTurn) -> String? { nil }
}
