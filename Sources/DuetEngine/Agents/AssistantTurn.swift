// One moment in which an assistant may speak: who, why, and what the project looked like. A value; any thread.

import Foundation

/// What an assistant is asked. Everything that decides about its answer is in here.
public struct AssistantTurn: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The user's words in the chat entry.
    case chat(String)
    case askCategory(CategoryID)
    case askResult
    /// Nobody asked: the active assistant's look.
    case look
  }

  /// A photo that was in the test area since the app was opened, with its answer.
  public struct Tested: Sendable, Equatable {
    public var name: String
    public var contentHash: String
    public var prediction: Prediction

    public init(name: String, contentHash: String, prediction: Prediction) {
      self.name = name
      self.contentHash = contentHash
      self.prediction = prediction
    }
  }

  public let kind: Kind
  public let project: ProjectSnapshot
  /// Oldest first; given by the present model.
  public let recentTests: [Tested]
  /// "en", "ja", ...
  public let language: String
  /// The language is the person's choice, whatever language they write in.
  public var languageIsChosen = false
  /// Pictures that the user attached to the question.
  public var attached: [AttachedPicture] = []
  /// The message that holds the question, where it is in the conversation.
  public var question: ChatMessage.ID?
  /// A teacher's policy asks for hints instead of answers.
  public let hintsOnly: Bool
  /// What was checked about the project; nil where nobody looked.
  public var facts: ProjectFacts?

  public init(
    kind: Kind, project: ProjectSnapshot, recentTests: [Tested] = [], language: String, hintsOnly: Bool = false,
    facts: ProjectFacts? = nil
  ) {
    self.kind = kind
    self.project = project
    self.recentTests = recentTests
    self.language = language
    self.hintsOnly = hintsOnly
    self.facts = facts
  }

  public var author: ChatMessage.Author { kind == .look ? .active : .passive }

  public var purpose: ChatMessage.Purpose {
    switch kind {
    case .chat: .chat
    case .askCategory: .askCategory
    case .askResult: .askResult
    case .look: .advice
    }
  }

  public var hasTrainingData: Bool { project.photoCount > 0 }

  /// The prompt of this turn; the active assistant's stands alone, the others follow the system prompt.
  public var prompt: PromptName {
    switch kind {
    case .chat: hasTrainingData ? .chatWithData : .chatBeforeData
    case .askCategory: .askCategory
    case .askResult: .askResult
    case .look: hasTrainingData ? .activeWithData : .activeBeforeData
    }
  }

  /// The categories whose contact sheets go along: the asked one, or all that have photos.
  public var sheetCategories: [Category] {
    switch kind {
    case .askResult: []
    case .askCategory(let id): project.categories.filter { $0.id == id && !$0.photos.isEmpty }
    case .chat, .look: project.categories.filter { !$0.photos.isEmpty }
    }
  }

  /// True when a request for this turn carries photos, if their owner lets it.
  public var showsPhotos: Bool { !sheetCategories.isEmpty || (kind == .askResult && project.test != nil) }
}
