// What a project holds at one moment, as a value: the only form in which views, assistants and the
// command line see it. `ProjectStore` makes one after every operation; pixels and features stay in the file.

import Foundation

/// Row of a category in the project file. Never reused within a project.
public struct CategoryID: Hashable, Sendable, Codable, Comparable {
  public let rawValue: Int64
  public init(_ rawValue: Int64) { self.rawValue = rawValue }
  public static func < (a: CategoryID, b: CategoryID) -> Bool { a.rawValue < b.rawValue }
}

/// Row of a photo in the project file. Never reused within a project.
public struct PhotoID: Hashable, Sendable, Codable, Comparable {
  public let rawValue: Int64
  public init(_ rawValue: Int64) { self.rawValue = rawValue }
  public static func < (a: PhotoID, b: PhotoID) -> Bool { a.rawValue < b.rawValue }
}

public struct Photo: Identifiable, Sendable, Equatable {
  public let id: PhotoID
  public let name: String
  public let contentHash: String
  /// Whether the project's extractor has already looked at it.
  public let hasFeatures: Bool
}

public struct Category: Identifiable, Sendable, Equatable {
  public let id: CategoryID
  public let name: String
  /// In the order in which they were added.
  public let photos: [Photo]

  /// The most categories a project can have, as in the paper.
  public static let limit = 10
  /// The longest name, in characters; longer ones are cut.
  public static let nameLimit = 60
}

/// The model that is in the project.
public struct ModelState: Sendable, Equatable {
  public let trainedAt: Date
  /// Wall time of the training, in seconds.
  public let seconds: Double
  public let photoCount: Int
  /// The categories it can answer with, in the user's order at training time.
  public let categories: [CategoryID]
  /// False once a photo or a category was added, moved or removed after the training.
  public let matchesPhotos: Bool
}

/// The photo in the test area and, once there is a model, its answer.
public struct TestState: Sendable, Equatable {
  public let photo: PhotoID
  public let name: String
  public let contentHash: String
  public let prediction: Prediction?
  /// False when the answer was given by an earlier model than the present one.
  public let isCurrent: Bool
}

public struct ProjectSnapshot: Sendable, Equatable {
  /// Rises with everything the user does (not with what assistants say): "something happened since".
  public let activity: Int
  /// What the user wants to create: their first answer in the conversation.
  public let goal: String?
  public let categories: [Category]
  public let model: ModelState?
  public let test: TestState?
  public let messages: [ChatMessage]
  public let activeAssistantIsOn: Bool
  /// Whether the answer about a photo may be "not like anything you taught me"; off: every photo is known.
  public internal(set) var detectsUnknown = true
  /// What undo and redo would take back or do again, in words; nil when there is nothing.
  public let undoTitle: String?
  public let redoTitle: String?
  /// The language model's replies may be tied to this seed: it chooses the photos of contact sheets.
  public let sheetSeed: UInt64
  public let isDemo: Bool
  /// Photos that have left this computer so far, by the ledger.
  public let photosSent: Int
  /// What the project's owner allowed to be sent, by host. A host that is not here gets nothing.
  public let consents: [String: Consent]
  /// Copies that the person wants to keep.
  public var keptCopies: Set<PhotoPair> = []
  /// Photos of which the person said that they are right where they are.
  public var confirmedPhotos: Set<PhotoID> = []
  /// Whether the model is trained again by itself after every change.
  public var keepsUpToDate = true
  /// Whether training takes as many photos of each category as the smallest one has.
  public var isBalanced = false
  /// "What if ...?" about photos that are there, in the order in which they were added.
  public var counterfactuals: [Counterfactual] = []
  /// Digest of which photos are in which categories, and how they are trained on: equal digests, equal training.
  public var fingerprint = ""
  /// What the assistants suggested, in the order of the conversation.
  public var proposals: [Proposal] = []
  /// When the person put messages of the active assistant aside.
  public var dismissedAdvice: [ChatMessage.ID: Date] = [:]

  public var photoCount: Int { categories.reduce(0) { $0 + $1.photos.count } }
  /// Whether some photo was not looked at yet.
  public var lacksFeatures: Bool {
    categories.contains { $0.photos.contains { !$0.hasFeatures } } || counterfactuals.contains { !$0.hasFeatures }
  }
  public func category(_ id: CategoryID) -> Category? { categories.first { $0.id == id } }
}
