// Which part of a long conversation goes along with a question. A pure function of the messages; any thread.
//
// The rule: the newest lines without a gap, as many as have `limit` characters together with the goal. Where older ones
// are left out, the message with the goal still stands first, so that no assistant ever forgets what is to be made.

import Foundation

enum DialogueWindow {
  /// Characters; some 3,000 tokens of English, so that small models on a pupil's computer have room left for the sheets.
  static let limit = 12_000

  /// - Parameters:
  ///   - messages: what was said, oldest first.
  ///   - goal: what the user wants to create, if that was said already.
  static func kept(_ messages: [ChatMessage], goal: String?, limit: Int = limit) -> [ChatMessage] {
    guard messages.reduce(0, { $0 + $1.text.count }) > limit else { return messages }
    var room = limit - (goal?.count ?? 0)
    let newest = messages.reversed().prefix { message in
      room -= message.text.count
      return room >= 0
    }
    let kept = Array(newest.reversed())
    guard let goal, !kept.contains(where: { $0.author == .user && $0.text == goal }) else { return kept }
    let said = messages.first { $0.author == .user && $0.text == goal }
    return [said ?? ChatMessage(author: .user, purpose: .chat, text: goal)] + kept
  }
}
