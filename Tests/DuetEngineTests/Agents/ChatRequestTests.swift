// What exactly is sent: the JSON of a request, and which words and pictures belong to which turn.

import Foundation
import Testing

@testable import DuetEngine

@Suite struct ChatRequestTests {
  @Test func theBodyIsWhatServersRead() throws {
    let request = ChatRequest(
      model: "tiny",
      messages: [
        .init(.system, text: "Be kind."), .init(.assistant, text: "What would you like?"),
        .init(.user, [.text("Look:"), .picture(Data([0xFF, 0xD8, 0xFF]))]),
      ])
    let body = try request.encoded()
    #expect(
      String(decoding: body, as: UTF8.self) == #"""
        {"messages":[{"content":"Be kind.","role":"system"},{"content":"What would you like?","role":"assistant"},\#
        {"content":[{"text":"Look:","type":"text"},{"image_url":{"url":"data:image/jpeg;base64,/9j/"},\#
        "type":"image_url"}],"role":"user"}],"model":"tiny"}
        """#)
    #expect(try JSONDecoder().decode(ChatRequest.self, from: body) == request)
  }

  @Test func withoutAModelTheFieldIsLeftOut() throws {
    let body = try ChatRequest(model: nil, messages: []).encoded()
    #expect(String(decoding: body, as: UTF8.self) == #"{"messages":[]}"#)
  }

  private func request(_ turn: AssistantTurn, _ pictures: TurnPictures = .init(allowed: true)) throws -> ChatRequest {
    try ChatRequestBuilder.request(for: turn, pictures: pictures, model: "tiny")
  }

  private func text(_ request: ChatRequest) -> String {
    guard case .text(let text)? = request.messages.last?.parts.first else { return "" }
    return text
  }

  private let sheet = TurnPictures.Picture(jpeg: Data([1]), photos: [])

  @Test func aChatCarriesSystemDialogueAndTheUsersWords() throws {
    let messages = [
      ChatMessage(author: .passive, purpose: .opening, text: "What kind?", source: .app),
      ChatMessage(author: .user, purpose: .chat, text: "{categories}!"),
      ChatMessage(author: .passive, purpose: .chat, text: "network is down", source: .app),
      ChatMessage(author: .active, purpose: .advice, text: "And lions?", source: .network),
      ChatMessage(author: .user, purpose: .chat, text: "Good point {message}"),
    ]
    let request = try request(.made(.chat("Good point {message}"), .made(messages: messages)))
    #expect(request.messages.map(\.role) == [.system, .assistant, .user, .assistant, .user])
    #expect(request.messages[2].parts == [.text("{categories}!")])
    #expect(request.messages[3].parts == [.text("And lions?")])
    #expect(text(request).contains("Good point {message}"))
    #expect(text(request).contains("no training photos yet"))
  }

  @Test func withDataTheSheetsGoAlong() throws {
    let project = ProjectSnapshot.made([("Cats", 3), ("Dogs", 1), ("Empty", 0)])
    let turn = AssistantTurn.made(.chat("Hi"), project)
    #expect(turn.sheetCategories.map(\.name) == ["Cats", "Dogs"])
    let request = try request(turn, .init([sheet, sheet], allowed: true))
    #expect(request.messages.last?.parts.count == 3)
    #expect(text(request).contains("Cats (3 photos), Dogs (1 photo), Empty (0 photos)"))
    #expect(!text(request).contains("No pictures are attached"))
  }

  @Test func withoutConsentItSaysThatThereAreNoPictures() throws {
    let turn = AssistantTurn.made(.chat("Hi"), .made([("Cats", 3)]))
    let request = try request(turn, .init(allowed: false))
    #expect(request.messages.last?.parts.count == 1)
    #expect(text(request).contains("No pictures are attached"))
  }

  @Test func askingAboutACategoryShowsThatOneAlone() throws {
    let turn = AssistantTurn.made(.askCategory(CategoryID(2)), .made([("Cats", 3), ("Dogs", 1)]))
    #expect(turn.sheetCategories.map(\.name) == ["Dogs"])
    #expect(try text(request(turn, .init([sheet], allowed: true))).contains("Name of the category: Dogs"))
  }

  @Test func aResultIsJSONInPercent() throws {
    let project = ProjectSnapshot.made(
      [("Cats \"big\"", 3), ("Dogs", 1)], trained: true, test: .made("lion.png", [0.7554, 0.2446]))
    let turn = AssistantTurn.made(.askResult, project)
    let request = try request(turn, .init([sheet], allowed: true))
    #expect(text(request).contains(#"{"Cats \"big\"":75.5,"Dogs":24.5}"#))
    #expect(text(request).contains("lion.png"))
    #expect(request.messages.last?.parts.last == .picture(Data([1])))
  }

  @Test func theActiveAssistantSeesTheWholeLog() throws {
    let messages = [
      ChatMessage(author: .passive, purpose: .opening, text: "What kind?", source: .app),
      ChatMessage(author: .user, purpose: .chat, text: "Plants"),
      ChatMessage(author: .active, purpose: .advice, text: "Which ones?", source: .network),
    ]
    let request = try request(.made(.look, .made(messages: messages, goal: "Plants"), language: "ja"))
    #expect(request.messages.map(\.role) == [.user])
    #expect(text(request).contains("Assistant: What kind?\nUser: Plants\nYou: Which ones?"))
    #expect(text(request).contains("\"ja\""))
  }

  @Test func aPolicyOfHintsChangesThePrompts() throws {
    let asking = AssistantTurn(kind: .chat("Hi"), project: .made(), language: "en", hintsOnly: true)
    let looking = AssistantTurn(kind: .look, project: .made(), language: "en", hintsOnly: true)
    let hint = "Do not tell the user what to do"
    guard case .text(let system) = try request(asking).messages[0].parts[0] else { throw CocoaError(.coderInvalidValue) }
    #expect(system.contains(hint))
    #expect(text(try request(looking)).contains(hint))
    guard case .text(let free) = try request(.made(.chat("Hi"), .made())).messages[0].parts[0] else {
      throw CocoaError(.coderInvalidValue)
    }
    #expect(!free.contains(hint))
  }
}
