// Replies that come with the app: the edible-plants story and the obvious side questions, written by hand,
// in data/demo/replies.LANGUAGE.json. A value; any thread.
//
// The rule of the match: a reply stands for the demo project with exactly the categories that it names,
// whichever photos its owner has in them and whichever model the preferences name; only replies marked
// "anywhere", which say nothing about anyone's photos, also stand for other projects. Every condition of a
// reply must hold. The reply with the most conditions wins, then the first in the file.

import Foundation

public struct SavedReplies: Sendable {
  struct File: Sendable, Codable {
    var language: String
    /// From the name of a question to the ways in which people put it.
    var questions: [String: [String]]
    var replies: [Entry]
  }

  enum Kind: String, Sendable, Codable {
    case chat
    case askCategory = "ask_category"
    case askResult = "ask_result"
    case look
  }

  struct Entry: Sendable, Codable {
    var kind: Kind
    /// Of `File.questions`; for `chat` alone.
    var question: String?
    var when: SavedReplyCondition?
    /// With placeholders: {edible}, {not_edible}, {not_plant}, {label}, {percent}, {photo}.
    var reply: String
  }

  let file: File
  let recipe: DemoRecipe
  private let phrasings: [String: Set<String>]

  init(file: File, recipe: DemoRecipe) {
    self.file = file
    self.recipe = recipe
    phrasings = file.questions.mapValues { Set($0.map { NormalisedText($0).essence }) }
  }

  /// Reads the file of a language, the English one where there is none.
  public static func load(language: String, find: (String) -> URL? = { DataFiles.url($0) }) throws -> SavedReplies {
    let names = ["data/demo/replies.\(language).json", "data/demo/replies.en.json"]
    guard let url = names.lazy.compactMap(find).first else { throw DemoError.missingRecipe(names[1]) }
    do {
      let file = try JSONDecoder().decode(File.self, from: try Data(contentsOf: url))
      return SavedReplies(file: file, recipe: try DemoRecipe.load(find: find))
    } catch let error as DemoError {
      throw error
    } catch {
      throw DemoError.missingRecipe("data/demo/\(url.lastPathComponent)")
    }
  }

  /// The saved reply for a turn. A look never repeats what an assistant said before.
  public func reply(to turn: AssistantTurn) -> String? {
    let state = DemoState(turn, recipe: recipe)
    let said = Set(turn.project.messages.filter { $0.author != .user }.map(\.text))
    var best: (weight: Int, text: String)?
    for entry in file.replies where asks(entry, turn) {
      guard let weight = (entry.when ?? .init()).weight(in: state), weight > best?.weight ?? -1,
        let text = filled(entry.reply, state), turn.kind != .look || !said.contains(text)
      else { continue }
      best = (weight, text)
    }
    return best?.text
  }

  private func asks(_ entry: Entry, _ turn: AssistantTurn) -> Bool {
    switch (entry.kind, turn.kind) {
    case (.chat, .chat(let text)):
      entry.question.flatMap { phrasings[$0] }?.contains(NormalisedText(text).essence) ?? false
    case (.askCategory, .askCategory), (.askResult, .askResult), (.look, .look): true
    default: false
    }
  }

  /// Nil if the state has no value for one of the placeholders.
  private func filled(_ reply: String, _ state: DemoState) -> String? {
    let template = PromptTemplate(name: "reply", text: reply)
    var values: [String: String] = [:]
    for name in template.placeholders {
      guard let value = state.value(name, language: file.language) else { return nil }
      values[name] = value
    }
    return try? template.filled(with: values)
  }
}
