// A change that an assistant suggests, waiting for the person's Apply. A value; any thread.
// It names rows of the project, never instructions: what it may do is what `Change` can say, and nothing of it happens
// before the person asks for it.

import Foundation

/// One suggested change of the project, as it is kept in the file and shown as a card.
public struct Proposal: Identifiable, Sendable, Equatable, Codable {
  public enum Change: Sendable, Equatable, Hashable, Codable {
    case createCategory(name: String)
    case renameCategory(CategoryID, to: String)
    /// All photos of the first ones go to `into`; a new name is optional.
    case mergeCategories([CategoryID], into: CategoryID, name: String?)
    /// These photos of the category get a category of their own.
    case splitCategory(CategoryID, photos: [PhotoID], newName: String)
    case removeCategory(CategoryID)
    case movePhotos([PhotoID], to: CategoryID)
    case removePhotos([PhotoID])
    /// The person is asked for a test photo of this kind.
    case addTest(description: String)
  }

  public enum State: String, Sendable, Codable {
    case waiting, applied, dismissed
    /// It waits, but what it speaks of is gone or done already. Never in the file: computed for every snapshot.
    case outdated
  }

  public let id: UUID
  /// The message that it came with.
  public let message: ChatMessage.ID
  public let change: Change
  public let state: State
  /// What the categories it speaks of were called when it was made, for cards whose category is gone.
  public let names: [CategoryID: String]

  public init(
    id: UUID = UUID(), message: ChatMessage.ID, change: Change, state: State = .waiting,
    names: [CategoryID: String] = [:]
  ) {
    self.id = id
    self.message = message
    self.change = change
    self.state = state
    self.names = names
  }
}

extension Proposal.Change {
  /// Which of the eight it is; the names that logs and undo steps keep.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case createCategory, renameCategory, mergeCategories, splitCategory, removeCategory
    case movePhotos, removePhotos, addTest
  }

  public var kind: Kind {
    switch self {
    case .createCategory: .createCategory
    case .renameCategory: .renameCategory
    case .mergeCategories: .mergeCategories
    case .splitCategory: .splitCategory
    case .removeCategory: .removeCategory
    case .movePhotos: .movePhotos
    case .removePhotos: .removePhotos
    case .addTest: .addTest
    }
  }

  /// The categories that it speaks of, in its order.
  public var categories: [CategoryID] {
    switch self {
    case .createCategory, .removePhotos, .addTest: []
    case .renameCategory(let id, _), .splitCategory(let id, _, _), .removeCategory(let id), .movePhotos(_, let id): [id]
    case .mergeCategories(let ids, let into, _): ids.filter { $0 != into } + [into]
    }
  }

  /// The photos that it names one by one.
  public var photos: [PhotoID] {
    switch self {
    case .splitCategory(_, let photos, _), .movePhotos(let photos, _), .removePhotos(let photos): photos
    case .createCategory, .renameCategory, .mergeCategories, .removeCategory, .addTest: []
    }
  }
}
