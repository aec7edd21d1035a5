// A long conversation is cut by one rule, and the goal stays.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct DialogueWindowTests {
  private func talk(_ texts: [String]) -> [ChatMessage] {
    texts.enumerated().map { ChatMessage(author: $0 % 2 == 0 ? .user : .passive, purpose: .chat, text: $1) }
  }

  @Test func whatFitsIsWhole() {
    let messages = talk(["goal", "a", "b"])
    #expect(DialogueWindow.kept(messages, goal: "goal", limit: 6) == messages)
  }

  @Test func theNewestStayAndTheGoalStandsFirst() {
    let messages = talk(["goal", "aaaa", "bbbb", "cccc", "dd"])
    #expect(DialogueWindow.kept(messages, goal: "goal", limit: 10).map(\.text) == ["goal", "cccc", "dd"])
    #expect(DialogueWindow.kept(messages, goal: "goal", limit: 9).map(\.text) == ["goal", "dd"], "no gap")
    #expect(DialogueWindow.kept(messages, goal: "goal", limit: 1).map(\.text) == ["goal"], "never without the goal")
    #expect(DialogueWindow.kept(messages, goal: nil, limit: 6).map(\.text) == ["cccc", "dd"])
  }

  @Test func aGoalThatIsNotInTheConversationIsSaid() {
    let kept = DialogueWindow.kept(talk(["x", "aaaa", "bb"]), goal: "goal", limit: 6)
    #expect(kept.map(\.text) == ["goal", "bb"] && kept.first?.author == .user)
  }

  @Test func aGoalAmongTheNewestIsNotSaidTwice() {
    let kept = DialogueWindow.kept(talk(["aaaa", "bbbb", "goal", "c"]), goal: "goal", limit: 9)
    #expect(kept.map(\.text) == ["goal", "c"])
  }

  @Test func theRequestOfALongTalkHasTheGoal() throws {
    let chatter = (0..<60).map { "\($0) " + String(repeating: "la ", count: 200) }
    let project = ProjectSnapshot.made(messages: talk(["My own goal"] + chatter), goal: "My own goal")
    let request = try ChatRequestBuilder.request(
      for: .made(.chat("And now?"), project), pictures: .init(allowed: true), model: nil)
    let said = request.messages.flatMap(\.parts)
    #expect(said.contains(.text("My own goal")))
    #expect(request.messages.count < 30)
  }
}
