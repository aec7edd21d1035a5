// From a turn to the request for a language model: fills the prompts in and attaches the pictures.
// Any thread but the main one, for the pictures were drawn before and only their bytes are put in place.

import Foundation

public enum ChatRequestBuilder {
  public static func request(
    for turn: AssistantTurn, pictures: TurnPictures, model: String?, without lacking: Set<ServerFeature> = [],
    find: (String) -> URL? = { DataFiles.url($0) }
  ) throws(PromptError) -> ChatRequest {
    var text = try PromptTemplate.load(turn.prompt, find: find).filled(with: values(for: turn))
    if turn.showsPhotos || !turn.attached.isEmpty, pictures.all.isEmpty {
      let note = pictures.isUnseen ? PromptName.unseenPictures : .noPictures
      text += "\n\n" + (try PromptTemplate.load(note, find: find).filled(with: [:]))
    }
    var hints = turn.hintsOnly ? "\n\n" + (try PromptTemplate.load(.hintsOnly, find: find).filled(with: [:])) : ""
    if turn.languageIsChosen {
      hints += "\n\n" + (try PromptTemplate.load(.chosenLanguage, find: find).filled(with: ["language": turn.language]))
    }
    if turn.kind == .look { text += hints }
    if !turn.hintsOnly {
      // Photos are listed by name and number only where they may be shown as well.
      let photos = pictures.allowed ? PhotoNumbers.list(for: turn) : ""
      text += "\n\n" + (try PromptTemplate.load(.proposals, find: find).filled(
        with: ["form": ProposalText.form, "photos": photos.isEmpty ? "(none are shown)" : photos]))
    }
    let parts = [ChatRequest.Part.text(text)] + pictures.all.map { .picture($0.jpeg) }
    var messages = [ChatRequest.Message(.user, parts)]
    // The active assistant's prompt holds the whole conversation, seen from outside.
    if turn.kind != .look {
      let system = try PromptTemplate.load(.system, find: find).filled(with: ["language": turn.language]) + hints
      messages = [.init(.system, text: system)] + dialogue(of: turn) + messages
    }
    var request = ChatRequest(model: model, messages: messages)
    request.stream = lacking.contains(.streaming) ? nil : true
    request.tools = turn.hintsOnly || lacking.contains(.tools) ? [] : ProposalTools.all
    request.countsTokens = request.stream == true && !lacking.contains(.usage)
    return request
  }

  private static func values(for turn: AssistantTurn) -> [String: String] {
    let project = turn.project
    let categories = categoryList(project)
    switch turn.kind {
    case .chat(let message):
      return ["message": message, "categories": categories]
    case .askCategory(let id):
      return ["category": name(project.category(id)), "categories": categories]
    case .askResult:
      return ["photo": project.test?.name ?? "none", "result": resultJSON(project)]
    case .look:
      var values = [
        "goal": project.goal ?? "not said yet", "categories": categories, "chat_log": chatLog(project),
        "said": said(project), "language": turn.language,
      ]
      if turn.prompt == .activeWithData {
        values["test"] = project.test.map { "\($0.name): \(resultJSON(project))" } ?? "none yet"
      }
      return values
    }
  }

  private static func name(_ category: Category?) -> String {
    guard let category, !category.name.isEmpty else { return "(no name yet)" }
    return category.name
  }

  private static func categoryList(_ project: ProjectSnapshot) -> String {
    guard !project.categories.isEmpty else { return "none" }
    return project.categories.map { category in
      "\(name(category)) (\(category.photos.count) \(category.photos.count == 1 ? "photo" : "photos"))"
    }.joined(separator: ", ")
  }

  /// `{"cat":97.1,"dog":2.9}` in the model's order of categories, by JSON's own rules for the names.
  static func resultJSON(_ project: ProjectSnapshot) -> String {
    guard let prediction = project.test?.prediction else { return "{}" }
    let entries = prediction.bars.map { bar in
      let percent = (bar.probability * 1000).rounded() / 10
      return "\(quoted(name(project.category(bar.category)))):\(percent)"
    }
    return "{\(entries.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).flatMap { String(data: $0, encoding: .utf8) } ?? "\"\""
  }

  /// What was said before this turn, as the language model's own form of a dialogue.
  private static func dialogue(of turn: AssistantTurn) -> [ChatRequest.Message] {
    DialogueWindow.kept(before(turn), goal: turn.project.goal).map { message in
      .init(message.author == .user ? .user : .assistant, text: message.text)
    }
  }

  private static func chatLog(_ project: ProjectSnapshot) -> String {
    let said = project.messages.filter { $0.source != .app || $0.purpose == .opening }
    let lines = DialogueWindow.kept(said, goal: project.goal).map { message in
      let speaker = switch message.author {
      case .user: "User"
      case .passive: "Assistant"
      case .active: "You"
      }
      return "\(speaker): \(message.text)"
    }
    return lines.isEmpty ? "(nothing yet)" : lines.joined(separator: "\n")
  }

  /// The advice that was given already, as a list; the latest pieces of it.
  private static func said(_ project: ProjectSnapshot) -> String {
    let said = ActiveRules.said(in: project).suffix(ActiveRules.mostSaid)
    return said.isEmpty ? "(nothing yet)" : said.map { "- " + $0.replacing("\n", with: " ") }.joined(separator: "\n")
  }

  /// The conversation without the app's own notes and without the message that this turn answers.
  private static func before(_ turn: AssistantTurn) -> [ChatMessage] {
    let all = turn.project.messages
    // What was said after the question does not answer it: a reply can be asked for again later.
    let place = turn.question.flatMap { id in all.firstIndex { $0.id == id } }
    var messages = all[..<(place ?? all.endIndex)].filter { $0.source != .app || $0.purpose == .opening }
    if place != nil { return messages }
    let isAsked = { (message: ChatMessage) in
      guard message.author == .user, message.purpose == turn.purpose else { return false }
      if case .chat(let text) = turn.kind { return message.text == text }
      return true
    }
    if let asked = messages.lastIndex(where: isAsked) { messages.remove(at: asked) }
    return messages
  }
}
